package io.gatehouse.runtime.observe;

import io.gatehouse.model.aws.ExecutionLog;
import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Headers;
import io.gatehouse.runtime.exchange.Request;
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
      EndpointLines.request(log, now, address, x.backendRequest());
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
    line("Method request headers: " + EndpointLines.headers(request.headers()));
    line("Method request body before transformations: " + EndpointLines.text(request.body()));
  }

  private void backendResponse(BackendResponse response) {
    line(
        "Received response. Status: "
            + response.status()
            + ", Integration latency: "
            + x.backendNanos() / 1_000_000
            + " ms");
    line("Endpoint response headers: " + EndpointLines.asSent(response.headers()));
    line("Endpoint response body before transformations: " + EndpointLines.text(response.body()));
  }

  private void response(Body body, Headers headers) {
    line("Method response body after transformations: " + EndpointLines.text(body));
    line("Method response headers: " + EndpointLines.headers(headers));
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
}
