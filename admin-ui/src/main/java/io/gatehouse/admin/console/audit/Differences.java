package io.gatehouse.admin.console.audit;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What is different between two documents, line by line.
 *
 * @param more how many lines there are beyond these
 */
record Differences(List<Line> lines, int more) {

  private static final int MOST_LINES = 200;

  /**
   * @param place as {@code Stage a1b2c3/prod › body › description}
   * @param before empty when there was nothing
   * @param after empty when there is nothing any more
   */
  record Line(String place, Optional<String> before, Optional<String> after) {}

  /**
   * @param before JSON, or empty for nothing
   * @param after likewise
   */
  static Differences between(String before, String after) {
    List<Line> lines = new ArrayList<>();
    add("", document(before), document(after), lines);
    int shown = Math.min(lines.size(), MOST_LINES);
    return new Differences(List.copyOf(lines.subList(0, shown)), lines.size() - shown);
  }

  private static JsonValue document(String text) {
    if (text.isEmpty()) {
      return JsonValue.EMPTY_JSON_OBJECT;
    }
    try (var reader = JSON.createReader(new StringReader(text))) {
      return reader.readValue();
    } catch (JsonException e) {
      return JSON.createValue(text);
    }
  }

  /** Whatever is no object on either side is one line. */
  private static void add(String place, JsonValue before, JsonValue after, List<Line> lines) {
    if (isObjectOrNothing(before) && isObjectOrNothing(after)) {
      Set<String> members = new LinkedHashSet<>(members(before));
      members.addAll(members(after));
      for (String member : members) {
        String inner = place.isEmpty() ? member : place + " › " + member;
        add(inner, member(before, member), member(after, member), lines);
      }
      if (members.isEmpty() && before != after) {
        lines.add(new Line(place, text(before), text(after)));
      }
    } else if (!before.equals(after)) {
      lines.add(new Line(place, text(before), text(after)));
    }
  }

  private static boolean isObjectOrNothing(JsonValue value) {
    return value instanceof JsonObject || value == JsonValue.NULL;
  }

  private static Set<String> members(JsonValue value) {
    return value instanceof JsonObject object ? object.keySet() : Set.of();
  }

  private static JsonValue member(JsonValue value, String name) {
    return value instanceof JsonObject object
        ? object.getOrDefault(name, JsonValue.NULL)
        : JsonValue.NULL;
  }

  private static Optional<String> text(JsonValue value) {
    return switch (value) {
      case JsonString text -> Optional.of(text.getString());
      case JsonArray list -> Optional.of(list.toString());
      default -> value == JsonValue.NULL ? Optional.empty() : Optional.of(value.toString());
    };
  }
}
