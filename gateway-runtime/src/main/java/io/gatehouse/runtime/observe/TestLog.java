package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderSet;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The story of a finished exchange whose bodies are in hand, in the vendor's words (recorded:
 * test-invoke.json). Everything in it is read off the exchange, so no step knows of it.
 */
public final class TestLog {

  private static final String LAMBDA_TAG = "x-amzn-lambda-integration-tag";

  /** Where the line is cut already. */
  private static final List<String> AFTER_THE_TOKEN = List.of("X-Amzn-Trace-Id", "Content-Type");

  private static final int SIGNATURE = 256;
  private static final int SESSION_TOKEN = 1024;
  private static final DateTimeFormatter SIGNED_AT =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final HeaderSet SECRET = HeaderSet.of("Authorization", "x-api-key");

  private final Exchange x;
  private final Instant end;
  private final ExecutionLog log;
  private Instant now;

  private TestLog(Exchange x, long endMillis) {
    this.x = x;
    this.now = Instant.ofEpochMilli(x.startMillis());
    this.end = Instant.ofEpochMilli(endMillis);
    this.log = new ExecutionLog(x.id());
  }

  /**
   * @param headers of the answer, as it is given
   * @param unserved why this version cannot serve the method, empty when it can
   */
  public static String of(Exchange x, Headers headers, long endMillis, List<String> unserved) {
    return new TestLog(x, endMillis).whole(headers, unserved);
  }

  private String whole(Headers headers, List<String> unserved) {
    request();
    String address = x.method().backend().address();
    if (x.hasBackendRequest() && address != null) {
      backendRequest(address, x.backendRequest());
    }
    now = end;
    if (x.functionLog() != null) {
      x.functionLog().lines().forEach(written -> line("Function log: " + written));
    }
    if (x.hasBackendResponse() && address != null) {
      backendResponse(x.backendResponse());
    }
    if (x.refusal() == null) {
      response(x.response().body(), headers);
    } else if (unserved.isEmpty()) {
      FailureLines.of(x, x.refusal()).forEach(this::line);
    } else {
      unserved.forEach(reason -> line("Execution failed due to configuration error: " + reason));
    }
    return line("Method completed with status: " + x.status()).text();
  }

  private void request() {
    Request request = x.request();
    line("Starting execution for request: " + x.id());
    line("HTTP Method: " + request.method() + ", Resource Path: " + request.path());
    line("Method request path: " + pathParameters());
    line("Method request query string: " + query(request.query()));
    line("Method request headers: " + headers(request.headers()));
    line("Method request body before transformations: " + text(request.body()));
  }

  private void backendRequest(String address, BackendRequest request) {
    String url = address + request.uri();
    boolean invokes = request.headers().first(LAMBDA_TAG) != null;
    line("Endpoint request URI: " + url);
    line(
        "Endpoint request headers: "
            + (invokes ? signed(request.headers()) : headers(request.headers())));
    line("Endpoint request body after transformations: " + text(request.body()));
    line("Sending request to " + url);
  }

  private void backendResponse(BackendResponse response) {
    line(
        "Received response. Status: "
            + response.status()
            + ", Integration latency: "
            + x.backendNanos() / 1_000_000
            + " ms");
    line("Endpoint response headers: " + asSent(response.headers()));
    line("Endpoint response body before transformations: " + text(response.body()));
  }

  private void response(Body body, Headers headers) {
    line("Method response body after transformations: " + text(body));
    line("Method response headers: " + headers(headers));
    line("Successfully completed execution");
  }

  private TestLog line(String text) {
    log.line(now, text);
    return this;
  }

  private String text() {
    return log.text();
  }

  private Map<String, String> pathParameters() {
    Map<String, String> found = new LinkedHashMap<>();
    for (String name : x.method().pathVariables()) {
      String raw = x.pathParameter(name);
      if (raw != null) {
        found.put(name, PercentCoding.decodeSegment(raw));
      }
    }
    return found;
  }

  private static String query(String raw) {
    return PercentCoding.decodeQuery(raw).entrySet().stream()
        .map(e -> e.getKey() + "=" + String.join(",", e.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static Map<String, String> headers(Headers headers) {
    Map<String, String> shown = new LinkedHashMap<>();
    String trace = headers.first("X-Amzn-Trace-Id");
    if (trace != null) {
      shown.put("X-Amzn-Trace-Id", trace); // the first of all, as recorded
    }
    asSent(headers).forEach(shown::putIfAbsent);
    return shown;
  }

  private static Map<String, String> asSent(Headers headers) {
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
  private Map<String, String> signed(Headers headers) {
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

  private static String text(Body body) {
    return body instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }
}
