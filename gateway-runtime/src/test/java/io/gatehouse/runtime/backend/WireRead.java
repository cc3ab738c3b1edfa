package io.gatehouse.runtime.backend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.wire.PercentCoding;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.json.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A request as a service reads it. */
record WireRead(
    String method,
    String path,
    Map<String, List<String>> parameters,
    String target,
    String contentType,
    Object body) {

  static final String FORM = "application/x-www-form-urlencoded";

  static WireRead of(
      String method, String path, String query, String target, String contentType, byte[] body) {
    String type = contentType == null ? "" : contentType.split(";")[0].strip();
    Map<String, List<String>> parameters = new TreeMap<>(PercentCoding.decodeQuery(query));
    String text = new String(body, UTF_8);
    Object content = text;
    if (type.equals(FORM)) {
      parameters.putAll(PercentCoding.decodeQuery(text));
      content = "";
    } else if (type.contains("json") && !text.isEmpty()) {
      content = Json.parse(text, Budget.of(1_000_000));
    }
    return new WireRead(method, path.isEmpty() ? "/" : path, parameters, target, type, content);
  }

  static WireRead of(SdkWire.Caught caught) {
    String query = caught.request().encodedQueryParameters().orElse("");
    return of(
        caught.request().method().name(),
        caught.request().encodedPath(),
        query,
        caught.header("X-Amz-Target"),
        caught.header("Content-Type"),
        caught.body());
  }

  static WireRead of(RawBackend.Received received) {
    String[] words = received.requestLine().split(" ");
    String[] target = words[1].split("\\?", 2);
    return of(
        words[0],
        target[0],
        target.length == 2 ? target[1] : "",
        header(received, "X-Amz-Target"),
        header(received, "Content-Type"),
        received.body());
  }

  private static String header(RawBackend.Received received, String name) {
    return received
        .head()
        .lines()
        .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip())
        .findFirst()
        .orElse(null);
  }
}
