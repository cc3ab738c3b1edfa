package io.gatehouse.model.policy;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Members of a policy's objects, each read with the place that a complaint would name. */
final class PolicyJson {

  private PolicyJson() {}

  /** Whether it is the second of the two members, of which there must be one. */
  static boolean either(String place, JsonObject in, String one, String other) {
    if (in.containsKey(one) == in.containsKey(other)) {
      throw new InvalidPolicy(
          place,
          "it must have either "
              + one
              + " or "
              + other
              + (in.containsKey(one) ? ", not both" : ""));
    }
    return in.containsKey(other);
  }

  static void onlyMembers(String place, JsonObject in, Set<String> known) {
    for (String member : in.keySet()) {
      if (!known.contains(member)) {
        throw new InvalidPolicy(place, "'" + member + "' is not known here");
      }
    }
  }

  static JsonObject object(String place, JsonValue value) {
    if (value instanceof JsonObject object && !object.isEmpty()) {
      return object;
    }
    throw new InvalidPolicy(place, "it must be an object that is not empty, not " + shown(value));
  }

  /** The string of a member that is known to be there; the place ends in the member's name. */
  static String string(String place, JsonObject in) {
    JsonValue value = in.get(place.substring(place.lastIndexOf('.') + 1));
    if (value instanceof JsonString string) {
      return string.getString();
    }
    throw new InvalidPolicy(place, "it must be a string, not " + shown(value));
  }

  static List<JsonValue> list(JsonValue value) {
    return value instanceof JsonArray array ? array : List.of(value);
  }

  /** One, or a list that is not empty; numbers and truth values by their spelling. */
  static List<String> strings(String place, JsonValue value) {
    List<String> strings = new ArrayList<>();
    for (JsonValue each : list(value)) {
      strings.add(
          switch (each.getValueType()) {
            case STRING -> ((JsonString) each).getString();
            case NUMBER, TRUE, FALSE -> each.toString();
            default -> throw new InvalidPolicy(place, shown(each) + " is not a string");
          });
    }
    if (strings.isEmpty()) {
      throw new InvalidPolicy(place, "the list is empty");
    }
    return strings;
  }

  static String shown(JsonValue value) {
    String text = String.valueOf(value);
    return text.length() > 60 ? text.substring(0, 60) + "..." : text;
  }
}
