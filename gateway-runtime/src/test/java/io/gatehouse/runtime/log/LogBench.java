package io.gatehouse.runtime.log;

import com.sun.management.ThreadMXBean;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Exchange;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/**
 * A program, not a test: what the log costs a request of an HTTP_PROXY, by what is logged of it.
 * Counts the CPU time and the allocations of its own thread.
 */
public final class LogBench {

  private static final int REQUESTS = 20_000;
  private static final int WARM_TURNS = 10;
  private static final String BODY = "{\"name\":\"rex\",\"kind\":\"dog\",\"age\":3}";
  private static final String COMMON =
      "$context.identity.sourceIp $context.identity.caller $context.identity.user"
          + " [$context.requestTime] \"$context.httpMethod $context.resourcePath"
          + " $context.protocol\" $context.status $context.responseLength $context.requestId";

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private long bytes;

  /** Takes the number of rounds. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    LogBench bench = new LogBench();
    bench.measure("nothing (ERROR, served)", "ERROR", false, "", rounds);
    bench.measure("access log", "OFF", false, COMMON, rounds);
    bench.measure("INFO", "INFO", false, "", rounds);
    bench.measure("INFO and access log", "INFO", false, COMMON, rounds);
    bench.measure("INFO with data trace", "INFO", true, "", rounds);
  }

  private void measure(String name, String level, boolean trace, String format, int rounds)
      throws Exception {
    Exchange x = exchange(level, trace, format);
    RequestLog log =
        new RequestLog(
            record -> {
              bytes += record.json().length;
              return true;
            },
            0);
    double[] nanos = new double[rounds];
    long allocated = 0;
    for (int round = -WARM_TURNS; round < rounds; round++) {
      bytes = 0;
      long from = threads.getCurrentThreadCpuTime();
      long had = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < REQUESTS; i++) {
        // A tenth of a millisecond for each, so that no share is used up.
        log.over(x, x.timeline().start() + (round + WARM_TURNS) * 2_000_000_000L + i * 100_000L, 3);
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - had;
      if (round >= 0) {
        nanos[round] = (threads.getCurrentThreadCpuTime() - from) / (double) REQUESTS;
      }
    }
    Arrays.sort(nanos);
    System.out.printf(
        Locale.ROOT,
        "%-26s %8.0f ns  %6d bytes allocated  %6d bytes a record%n",
        name,
        nanos[rounds / 2],
        allocated / REQUESTS,
        bytes / REQUESTS);
  }

  private static Exchange exchange(String level, boolean trace, String format) throws Exception {
    String answer = "[" + BODY + "]";
    try (RawBackend backend =
            new RawBackend(
                RawBackend.answering(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                        + answer.length()
                        + "\r\nServer: some\r\nETag: \"abc\"\r\n\r\n"
                        + answer));
        Door door = new Door("127.0.0.1/32", 10)) {
      door.serve(
          SampleApi.api("log0000001", "prod")
              .proxy("ANY", "/pets/{id}", backend.url() + "/animals/{id}")
              .stage(
                  s ->
                      s.accessLogSettings(a -> a.format(format))
                          .methodSettings(
                              Map.of(
                                  "*/*",
                                  MethodSetting.builder()
                                      .loggingLevel(level)
                                      .dataTraceEnabled(trace)
                                      .build())))
              .snapshot(1));
      door.raw(
          "POST /_aws/execute-api/log0000001/prod/pets/1?a=b HTTP/1.1\r\nHost: x\r\n"
              + "Connection: close\r\nAuthorization: Bearer abcdefghijklmnopqrstuvwxyz\r\n"
              + "User-Agent: Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\r\n"
              + "Accept: application/json\r\nAccept-Language: en\r\nAccept-Encoding: gzip\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\n\r\n"
              + BODY);
      return door.exchange();
    }
  }
}
