package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A step that sends a request to the deployed API: a verb under {@code http}, a {@code path} after
 * the {@code stage}, {@code params}, {@code headers}, and a body as {@code json}, {@code text} or
 * {@code base64}. The address is the API's host name, or a node's path where {@code by} is {@code
 * path}; {@code to: backend} asks the backend itself what it has got.
 */
record Invocation(JsonObject request) implements Scenario.Step {

  /** For each of the values of its loops once. */
  static List<Invocation> of(JsonObject step) {
    List<String> texts = List.of(step.toString());
    for (Map.Entry<String, JsonValue> loop : Scenario.object(step, "for_each").entrySet()) {
      List<String> longer = new ArrayList<>();
      for (String text : texts) {
        for (JsonValue value : loop.getValue().asJsonArray()) {
          longer.add(text.replace("<" + loop.getKey() + ">", ((JsonString) value).getString()));
        }
      }
      texts = longer;
    }
    return texts.stream().map(Invocation::parsed).map(Invocation::new).toList();
  }

  private static JsonObject parsed(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }

  /**
   * Where the answer was recorded, as {@code key} or {@code key/member}; empty where it was not.
   */
  String key() {
    JsonArray keys = request.getJsonArray("recorded_as");
    return keys == null ? "" : keys.getString(0);
  }

  /** What was not recorded, but told by the description; null where there is no such thing. */
  JsonValue expected() {
    return request.get("expect");
  }

  /** Members that are not compared, and why. */
  Map<String, JsonValue> without() {
    return Scenario.object(request, "without");
  }

  /** In which form the answer is compared. */
  JsonValue shows() {
    return request.getOrDefault("shows", JSON.createValue("json"));
  }

  String stage() {
    return request.getString("stage");
  }

  boolean toBackend() {
    return request.getString("to", "").equals("backend");
  }

  /** How a failing comparison names it. */
  String name() {
    return key().isEmpty() ? request.getString("name", request.getString("http")) : key();
  }

  Answer send(int port, String apiId, String region) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(bytes(port, apiId, region));
      socket.getOutputStream().flush();
      return Answer.read(socket.getInputStream());
    }
  }

  private byte[] bytes(int port, String apiId, String region) throws IOException {
    boolean byPath = request.getString("by", "").equals("path");
    String before = toBackend() ? "" : (byPath ? "/_aws/execute-api/" + apiId : "") + "/" + stage();
    String host =
        toBackend() || byPath
            ? "127.0.0.1:" + port
            : apiId + ".execute-api." + region + ".amazonaws.com";
    StringBuilder head = new StringBuilder();
    head.append(request.getString("http")).append(' ');
    head.append(before).append(request.getString("path")).append(query()).append(" HTTP/1.1\r\n");
    head.append("Host: ").append(host).append("\r\n");
    headers().forEach((name, value) -> head.append(name + ": " + text(value) + "\r\n"));
    if (headers().keySet().stream().noneMatch(name -> name.equalsIgnoreCase("Connection"))) {
      head.append("Connection: close\r\n");
    }
    byte[] body = body();
    head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(head.toString().getBytes(UTF_8));
    out.writeBytes(body);
    return out.toByteArray();
  }

  private Map<String, JsonValue> headers() {
    return Scenario.object(request, "headers");
  }

  private String query() {
    String query =
        Scenario.object(request, "params").entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(text(e.getValue()), UTF_8))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  private byte[] body() {
    if (request.containsKey("base64")) {
      return Base64.getDecoder().decode(request.getString("base64"));
    }
    return request.containsKey("json")
        ? request.get("json").toString().getBytes(UTF_8)
        : request.getString("text", "").getBytes(UTF_8);
  }

  private static String text(JsonValue value) {
    return ((JsonString) value).getString();
  }
}
