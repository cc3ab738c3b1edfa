package io.gatehouse.runtime.observe;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Request;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The story of a finished exchange, in the vendor's words (recorded: test-invoke.json), for the log
 * of a test and for the execution log of a stage. Everything in it is read off the exchange, so no
 * step knows of it, and has no secrets in it.
 */
public final class ExecutionLines {

  /** Where lines go. */
  public interface Out {

    /**
     * @param now in epoch milliseconds
     */
    void line(long now, String text);
  }

  /**
   * How it ended.
   *
   * @param headers of the answer, as it is given
   * @param unserved why this version cannot serve the method, empty when it can
   * @param millis when, since the epoch
   */
  public record End(Headers headers, List<String> unserved, long millis) {}

  /** Characters of what a function wrote. */
  private static final int MOST_OF_A_FUNCTION = 32 << 10;

  /** More than nothing, or lines without end would cost it. */
  private static final int LINE_COSTS = 64;

  private final Exchange x;
  private final Secrets secrets;
  private final boolean data;
  private final End end;
  private final Out out;
  private final EndpointLines endpoint;
  private long now;

  private ExecutionLines(Exchange x, Secrets secrets, boolean data, End end, Out out) {
    this.x = x;
    this.secrets = secrets;
    this.data = data;
    this.end = end;
    this.out = (now, text) -> out.line(now, secrets.hiddenIn(text));
    this.endpoint = new EndpointLines(secrets, data, this.out);
    this.now = x.startMillis();
  }

  /**
   * @param data whether headers and bodies are in it
   */
  public static void write(Exchange x, Secrets secrets, boolean data, End end, Out out) {
    new ExecutionLines(x, secrets, data, end, out).write();
  }

  private void write() {
    request();
    String address = x.hasMethod() ? x.method().backend().address() : null;
    if (x.hasBackendRequest() && address != null) {
      endpoint.request(now, address, x.backendRequest());
    }
    now = end.millis();
    if (x.functionLog() != null) {
      functionLog(x.functionLog().lines());
    }
    if (x.hasBackendResponse() && address != null) {
      endpoint.response(now, x.backendResponse(), x.backendNanos() / 1_000_000);
    }
    if (x.refusal() == null) {
      response();
    } else if (end.unserved().isEmpty()) {
      FailureLines.of(x, x.refusal()).forEach(text -> line(secrets.text(text)));
    } else {
      end.unserved()
          .forEach(reason -> line("Execution failed due to configuration error: " + reason));
    }
    line("Method completed with status: " + x.status());
  }

  private void request() {
    Request request = x.request();
    line("Starting execution for request: " + x.id());
    line("HTTP Method: " + request.method() + ", Resource Path: " + x.path());
    line("Method request path: " + pathParameters());
    line("Method request query string: " + secrets.query(request.query()));
    if (data) {
      line("Method request headers: " + endpoint.headers(request.headers()));
      line("Method request body before transformations: " + secrets.body(request.body()));
    }
  }

  private void functionLog(List<String> lines) {
    int left = MOST_OF_A_FUNCTION;
    for (String written : lines) {
      left -= written.length() + LINE_COSTS;
      if (left < 0) {
        line("Function log: [TRUNCATED]");
        return;
      }
      line("Function log: " + secrets.text(written));
    }
  }

  private void response() {
    if (data) {
      line("Method response body after transformations: " + secrets.body(x.response().body()));
      line("Method response headers: " + endpoint.headers(end.headers()));
    }
    line("Successfully completed execution");
  }

  private void line(String text) {
    out.line(now, text);
  }

  private Map<String, String> pathParameters() {
    Map<String, String> found = new LinkedHashMap<>();
    if (x.hasMethod()) {
      for (String name : x.method().pathVariables()) {
        String raw = x.pathParameter(name);
        if (raw != null) {
          found.put(name, secrets.parameter(name, decoded(raw)));
        }
      }
    }
    return found;
  }

  private static String decoded(String raw) {
    try {
      return PercentCoding.decodeSegment(raw);
    } catch (ApiError malformed) {
      return raw;
    }
  }
}
