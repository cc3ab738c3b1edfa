package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.xml.InvalidXml;
import io.gatehouse.runtime.xml.QueryXml;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP answer, and the forms in which the recordings show one. */
record Answer(int status, Map<String, String> headers, byte[] body) {

  /** Up to the end of the connection. */
  static Answer read(InputStream in) throws IOException {
    byte[] all = in.readAllBytes();
    String text = new String(all, ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no HTTP answer: " + text);
    }
    String[] lines = text.substring(0, end).split("\r\n");
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      headers.merge(
          lines[i].substring(0, colon),
          lines[i].substring(colon + 1).strip(),
          (one, other) -> one + ", " + other); // as the recorder's client joins them
    }
    byte[] body = text.substring(end + 4).getBytes(ISO_8859_1);
    boolean chunked =
        headers.entrySet().stream()
            .anyMatch(
                e ->
                    e.getKey().equalsIgnoreCase("Transfer-Encoding")
                        && e.getValue().equalsIgnoreCase("chunked"));
    return new Answer(
        Integer.parseInt(lines[0].split(" ")[1]), headers, chunked ? joined(body) : body);
  }

  private static byte[] joined(byte[] chunks) {
    String text = new String(chunks, ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int at = 0;
    while (true) {
      int line = text.indexOf("\r\n", at);
      int size = Integer.parseInt(text.substring(at, line).strip(), 16);
      if (size == 0) {
        return out.toByteArray();
      }
      out.write(chunks, line + 2, size);
      at = line + 2 + size + 2;
    }
  }

  /**
   * An object of forms, or one: {@code status}, {@code json} (with a pointer into it behind a
   * blank), {@code xml} as the recorder's client reads it, {@code bytes} as Python prints them,
   * {@code headers}, {@code header NAME}.
   *
   * @param recorded whose spelling names of headers get, as they have no case
   */
  JsonValue shown(JsonValue form, JsonValue recorded) {
    if (form instanceof JsonObject forms) {
      JsonObjectBuilder out = JSON.createObjectBuilder();
      forms.forEach(
          (name, one) ->
              out.add(
                  name,
                  shown(one, recorded instanceof JsonObject object ? object.get(name) : null)));
      return out.build();
    }
    String[] words = ((JsonString) form).getString().split(" ", 2);
    return switch (words[0]) {
      case "status" -> JSON.createValue(status);
      case "json" -> words.length == 1 ? json() : pointed(words[1]);
      case "xml" -> xml();
      case "bytes" -> JSON.createValue(python());
      case "headers" -> headers(recorded);
      case "header" -> header(words[1]);
      default -> throw new IllegalArgumentException("no form of an answer: " + form);
    };
  }

  private JsonValue pointed(String pointer) {
    return json() instanceof JsonObject object
        ? structure(JSON.createPointer(pointer).getValue(object))
        : JSON.createValue("no JSON object: " + new String(body, UTF_8));
  }

  private JsonValue json() {
    return parsed(new String(body, UTF_8));
  }

  private JsonValue xml() {
    Budget enough = Budget.of(1_000_000);
    try {
      return parsed(Json.text(QueryXml.parse(body, enough), enough));
    } catch (InvalidXml e) {
      return JSON.createValue(new String(body, UTF_8));
    }
  }

  /** Text that holds JSON is shown parsed. */
  private static JsonValue structure(JsonValue value) {
    return value instanceof JsonString text && text.getString().startsWith("{")
        ? parsed(text.getString())
        : value;
  }

  /** What is no JSON is text. */
  private static JsonValue parsed(String text) {
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return JSON.createValue(text);
    }
  }

  private JsonObject headers(JsonValue recorded) {
    Map<String, String> spelling = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (recorded instanceof JsonObject object) {
      object.keySet().forEach(name -> spelling.put(name, name));
    }
    JsonObjectBuilder out = JSON.createObjectBuilder();
    headers.forEach((name, value) -> out.add(spelling.getOrDefault(name, name), value));
    return out.build();
  }

  private JsonValue header(String name) {
    return headers.entrySet().stream()
        .filter(e -> e.getKey().equalsIgnoreCase(name))
        .map(e -> (JsonValue) JSON.createValue(e.getValue()))
        .findFirst()
        .orElse(JsonValue.NULL);
  }

  private String python() {
    StringBuilder out = new StringBuilder("b'");
    for (byte one : body) {
      int code = one & 0xff;
      switch (code) {
        case '\\' -> out.append("\\\\");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\'' -> out.append("\\'");
        default -> out.append(code >= 32 && code < 127 ? (char) code : "\\x%02x".formatted(code));
      }
    }
    return out.append('\'').toString();
  }
}
