package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderSet;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The story of a finished exchange whose bodies are in hand, in the vendor's words (recorded:
 * test-invoke.json). Everything in it is read off the exchange, so no step knows of it.
 */
public final class TestLog {

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
    if (x.hasBackendRequest() && x.method().backend().target() != null) {
      backendRequest(x.method().backend().target(), x.backendRequest());
    }
    now = end;
    if (x.hasBackendResponse() && x.method().backend().target() != null) {
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

  private void backendRequest(HttpTarget target, BackendRequest request) {
    String url = url(target) + request.uri();
    line("Endpoint request URI: " + url);
    line("Endpoint request headers: " + headers(request.headers()));
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
    line("Endpoint response headers: " + headers(response.headers()));
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
    headers.forEach(
        (name, value) ->
            shown.merge(
                name,
                SECRET.contains(name) ? ExecutionLog.masked(value) : value,
                (one, other) -> name.equals("X-Amzn-Trace-Id") ? one : one + "," + other));
    return shown;
  }

  private static String text(Body body) {
    return body instanceof Body.Bytes(byte[] bytes)
        ? new String(bytes, StandardCharsets.UTF_8)
        : "";
  }

  private static String url(HttpTarget target) {
    int usual = target.tls() ? 443 : 80;
    String host = target.host().indexOf(':') < 0 ? target.host() : "[" + target.host() + "]";
    return (target.tls() ? "https://" : "http://")
        + host
        + (target.port() == usual ? "" : ":" + target.port());
  }
}
