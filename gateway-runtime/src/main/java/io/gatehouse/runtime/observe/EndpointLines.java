package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderSet;
import io.gatehouse.runtime.exchange.Headers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes over to an endpoint and comes back, as logs of tests show it. */
final class EndpointLines {

  private static final String LAMBDA_TAG = "x-amzn-lambda-integration-tag";

  /** Where the line is cut already. */
  private static final List<String> AFTER_THE_TOKEN = List.of("X-Amzn-Trace-Id", "Content-Type");

  private static final int SIGNATURE = 256;
  private static final int SESSION_TOKEN = 1024;
  private static final DateTimeFormatter SIGNED_AT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final HeaderSet SECRET = HeaderSet.of("Authorization", "x-api-key");

  private EndpointLines() {}

  static void request(ExecutionLog log, Instant now, String address, BackendRequest request) {
    String url = address + request.uri();
    boolean invokes = request.headers().first(LAMBDA_TAG) != null;
    log.line(now, "Endpoint request URI: " + url);
    log.line(
        now,
        "Endpoint request headers: "
            + (invokes ? signed(request.headers(), now) : headers(request.headers())));
    log.line(now, "Endpoint request body after transformations: " + text(request.body()));
    log.line(now, "Sending request to " + url);
  }

  static Map<String, String> headers(Headers headers) {
    Map<String, String> shown = new LinkedHashMap<>();
    String trace = headers.first("X-Amzn-Trace-Id");
    if (trace != null) {
      shown.put("X-Amzn-Trace-Id", trace); // the first of all, as recorded
    }
    asSent(headers).forEach(shown::putIfAbsent);
    return shown;
  }

  static Map<String, String> asSent(Headers headers) {
    Map<String, String> shown = new LinkedHashMap<>();
    headers.forEach(
        (name, value) ->
            shown.merge(
                name,
                SECRET.contains(name) ? ExecutionLog.masked(value) : value,
                (one, other) -> one + "," + other));
    return shown;
  }

  /**
   * Of an invocation of a Lambda function: in the recorded order, with stars in the place of what
   * signs a request.
   */
  private static Map<String, String> signed(Headers headers, Instant now) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put(LAMBDA_TAG, headers.first(LAMBDA_TAG));
    shown.put("Authorization", "*".repeat(SIGNATURE));
    shown.put("X-Amz-Date", SIGNED_AT.format(now));
    Map<String, String> others = asSent(headers);
    others.remove(LAMBDA_TAG);
    AFTER_THE_TOKEN.forEach(others::remove);
    shown.putAll(others);
    shown.put("X-Amz-Security-Token", "*".repeat(SESSION_TOKEN));
    return shown;
  }

  static String text(Body body) {
    return body instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }
}
