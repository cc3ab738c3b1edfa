package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.wire.PercentCoding;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The backends of the recordings, answering in their shapes: an echo of the request in JSON, one
 * that answers a status, one that gives the bare body back, and a store of objects.
 */
final class EchoBackend implements AutoCloseable {

  private static final String NO_SUCH_KEY =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>NoSuchKey</Code></Error>";

  private final HttpServer server;
  private final StoredObjects objects = new StoredObjects();

  EchoBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::echo);
    server.createContext("/anything", this::anything);
    server.createContext("/status/", this::status);
    server.createContext("/body", in -> json(in, 200, in.getRequestBody().readAllBytes()));
    server.createContext("/objects/", this::object);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** With the headers that a function behind a URL answers. */
  private void echo(HttpExchange in) throws IOException {
    Headers out = in.getResponseHeaders();
    out.set("Connection", "keep-alive");
    out.set("x-amzn-RequestId", UUID.randomUUID().toString());
    out.set("X-Amzn-Trace-Id", "Root=1-00000000-000000000000000000000001");
    JsonObjectBuilder body =
        JSON.createObjectBuilder()
            .add("args", args(in))
            .add("data", json(new String(in.getRequestBody().readAllBytes(), UTF_8)))
            .add("domain", in.getRequestHeaders().getFirst("Host"))
            .add("headers", headers(in, name -> name.toLowerCase(Locale.ROOT)))
            .add("method", in.getRequestMethod())
            .add("origin", in.getRemoteAddress().getAddress().getHostAddress())
            .add("path", in.getRequestURI().getPath());
    json(in, 200, body.build().toString().getBytes(UTF_8));
  }

  /** With the headers that the public echo service answers. */
  private void anything(HttpExchange in) throws IOException {
    Headers out = in.getResponseHeaders();
    out.set("Connection", "keep-alive");
    out.set("Server", "gunicorn/19.9.0");
    out.set("Access-Control-Allow-Origin", "*");
    out.set("Access-Control-Allow-Credentials", "true");
    JsonObjectBuilder body =
        JSON.createObjectBuilder()
            .add("data", new String(in.getRequestBody().readAllBytes(), UTF_8))
            .add("headers", headers(in, EchoBackend::titleCase));
    json(in, 200, body.build().toString().getBytes(UTF_8));
  }

  private void status(HttpExchange in) throws IOException {
    String path = in.getRequestURI().getPath();
    int status = Integer.parseInt(path.substring(path.lastIndexOf('/') + 1));
    String body = "{\"message\": \"\", \"status_code\": " + status + "}";
    json(in, status, body.getBytes(UTF_8));
  }

  private void object(HttpExchange in) throws IOException {
    String key = in.getRequestURI().getPath();
    byte[] body = in.getRequestBody().readAllBytes();
    if (in.getRequestMethod().equals("PUT")) {
      objects.put(key, body, in.getRequestHeaders().getFirst("Content-Type"));
      answer(in, 200, new byte[0]);
      return;
    }
    StoredObjects.Stored found = objects.get(key);
    if (found == null) {
      answer(in, 404, NO_SUCH_KEY.getBytes(UTF_8));
      return;
    }
    String query = in.getRequestURI().getRawQuery();
    String asked =
        query == null
            ? found.contentType()
            : PercentCoding.decodeQuery(query).get("response-content-type").getFirst();
    if (asked != null) {
      in.getResponseHeaders().set("Content-Type", asked);
    }
    in.getResponseHeaders().set("ETag", found.tag());
    answer(in, 200, found.body());
  }

  private static void json(HttpExchange in, int status, byte[] body) throws IOException {
    in.getResponseHeaders().set("Content-Type", "application/json");
    answer(in, status, body);
  }

  private static void answer(HttpExchange in, int status, byte[] body) throws IOException {
    in.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    in.getResponseBody().write(body);
    in.close();
  }

  private static JsonObjectBuilder args(HttpExchange in) {
    JsonObjectBuilder args = JSON.createObjectBuilder();
    String query = in.getRequestURI().getRawQuery();
    PercentCoding.decodeQuery(query == null ? "" : query)
        .forEach((name, values) -> args.add(name, String.join(",", values)));
    return args;
  }

  private static JsonObjectBuilder headers(HttpExchange in, UnaryOperator<String> shown) {
    JsonObjectBuilder headers = JSON.createObjectBuilder();
    in.getRequestHeaders()
        .forEach((name, values) -> headers.add(shown.apply(name), String.join(",", values)));
    return headers;
  }

  private static String titleCase(String name) {
    return Arrays.stream(name.split("-"))
        .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
        .collect(Collectors.joining("-"));
  }

  /** What is no JSON is shown as text. */
  private static JsonValue json(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return JSON.createValue(text);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
