package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Headers;
import java.time.Instant;
import java.util.List;

/** The story of a finished exchange whose bodies are in hand, as the answer to a test has it. */
public final class TestLog {

  private TestLog() {}

  /**
   * @param headers of the answer, as it is given
   * @param unserved why this version cannot serve the method, empty when it can
   */
  public static String of(Exchange x, Headers headers, long endMillis, List<String> unserved) {
    ExecutionLog log = new ExecutionLog(x.id());
    ExecutionLines.write(
        x,
        Secrets.of(x),
        true,
        new ExecutionLines.End(headers, unserved, endMillis),
        (now, text) -> log.line(Instant.ofEpochMilli(now), text));
    return log.text();
  }
}
