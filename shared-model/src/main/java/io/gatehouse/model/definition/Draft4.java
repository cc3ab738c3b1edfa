package io.gatehouse.model.definition;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The form of JSON Schema draft 4, as its meta-schema demands it; keywords that the draft does not
 * know may hold anything.
 */
final class Draft4 {

  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "null", "number", "object", "string");

  private Draft4() {}

  static boolean isSchema(JsonValue value) {
    return value instanceof JsonObject schema
        && schema.entrySet().stream().allMatch(k -> isKeyword(k.getKey(), k.getValue()));
  }

  private static boolean isKeyword(String name, JsonValue value) {
    return switch (name) {
      case "$ref", "$schema", "id", "title", "description", "pattern", "format" ->
          value instanceof JsonString;
      case "type" -> isType(value) || isList(value, true, Draft4::isType);
      case "enum" -> isList(value, true, any -> true);
      case "required" -> isList(value, true, JsonString.class::isInstance);
      case "properties", "patternProperties", "definitions" -> isMap(value, Draft4::isSchema);
      case "dependencies" ->
          isMap(value, d -> isSchema(d) || isList(d, true, JsonString.class::isInstance));
      case "allOf", "anyOf", "oneOf" -> isList(value, false, Draft4::isSchema);
      case "items" -> isSchema(value) || isList(value, false, Draft4::isSchema);
      case "additionalItems", "additionalProperties" -> isFlag(value) || isSchema(value);
      case "not" -> isSchema(value);
      case "uniqueItems" -> isFlag(value);
      case "minimum", "maximum" -> value instanceof JsonNumber;
      case "multipleOf" -> value instanceof JsonNumber n && n.bigDecimalValue().signum() > 0;
      case "minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties" ->
          value instanceof JsonNumber n && n.isIntegral() && n.bigDecimalValue().signum() >= 0;
      default -> true;
    };
  }

  private static boolean isType(JsonValue value) {
    return value instanceof JsonString type && TYPES.contains(type.getString());
  }

  private static boolean isFlag(JsonValue value) {
    return value == JsonValue.TRUE || value == JsonValue.FALSE;
  }

  private static boolean isMap(JsonValue value, Predicate<JsonValue> member) {
    return value instanceof JsonObject map && map.values().stream().allMatch(member);
  }

  /** All lists of the draft have an element at least. */
  private static boolean isList(JsonValue value, boolean distinct, Predicate<JsonValue> element) {
    return value instanceof JsonArray list
        && !list.isEmpty()
        && list.stream().allMatch(element)
        && (!distinct || new HashSet<>(list).size() == list.size());
  }
}
