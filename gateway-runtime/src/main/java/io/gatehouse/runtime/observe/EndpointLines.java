package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Headers;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What goes over to an endpoint and comes back, as logs show it. */
final class EndpointLines {

  private static final String LAMBDA_TAG = "x-amzn-lambda-integration-tag";

  /** Where the line is cut already. */
  private static final List<String> AFTER_THE_TOKEN = List.of("X-Amzn-Trace-Id", "Content-Type");

  private static final String SIGNATURE = "*".repeat(256);
  private static final String SESSION_TOKEN = "*".repeat(1024);
  private static final DateTimeFormatter SIGNED_AT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Secrets secrets;
  private final boolean data;
  private final ExecutionLines.Out out;

  /**
   * @param data whether headers and bodies are shown
   */
  EndpointLines(Secrets secrets, boolean data, ExecutionLines.Out out) {
    this.secrets = secrets;
    this.data = data;
    this.out = out;
  }

  void request(long now, String address, BackendRequest request) {
    String url = secrets.address(address + request.uri());
    out.line(now, "Endpoint request URI: " + url);
    if (data) {
      boolean invokes = request.headers().first(LAMBDA_TAG) != null;
      out.line(
          now,
          "Endpoint request headers: "
              + (invokes ? signed(request.headers(), now) : headers(request.headers())));
      out.line(now, "Endpoint request body after transformations: " + secrets.body(request.body()));
    }
    out.line(now, "Sending request to " + url);
  }

  void response(long now, BackendResponse response, long latencyMillis) {
    out.line(
        now,
        "Received response. Status: "
            + response.status()
            + ", Integration latency: "
            + latencyMillis
            + " ms");
    if (data) {
      out.line(now, "Endpoint response headers: " + asSent(response.headers()));
      out.line(
          now, "Endpoint response body before transformations: " + secrets.body(response.body()));
    }
  }

  Map<String, String> headers(Headers headers) {
    Map<String, String> shown = new LinkedHashMap<>();
    String trace = headers.first("X-Amzn-Trace-Id");
    if (trace != null) {
      shown.put("X-Amzn-Trace-Id", trace); // the first of all, as recorded
    }
    asSent(headers).forEach(shown::putIfAbsent);
    return shown;
  }

  private Map<String, String> asSent(Headers headers) {
    Map<String, String> shown = new LinkedHashMap<>();
    headers.forEach(
        (name, value) ->
            shown.merge(name, secrets.header(name, value), (one, other) -> one + "," + other));
    return shown;
  }

  /**
   * Of an invocation of a Lambda function: in the recorded order, with stars in the place of what
   * signs a request.
   */
  private Map<String, String> signed(Headers headers, long now) {
    Map<String, String> shown = new LinkedHashMap<>();
    shown.put(LAMBDA_TAG, headers.first(LAMBDA_TAG));
    shown.put("Authorization", SIGNATURE);
    shown.put("X-Amz-Date", SIGNED_AT.format(Instant.ofEpochMilli(now)));
    Map<String, String> others = asSent(headers);
    others.remove(LAMBDA_TAG);
    AFTER_THE_TOKEN.forEach(others::remove);
    shown.putAll(others);
    shown.put("X-Amz-Security-Token", SESSION_TOKEN);
    return shown;
  }
}
