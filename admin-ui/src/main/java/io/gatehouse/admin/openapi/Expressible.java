package io.gatehouse.admin.openapi;

import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What of JSON Schema the schemas of a document may say, by the official schema of its version. */
final class Expressible {

  private static final Set<String> TYPES =
      Set.of("array", "boolean", "integer", "number", "object", "string");
  private static final Predicate<JsonValue> ANYTHING = value -> true;
  private static final Predicate<JsonValue> OBJECT = JsonObject.class::isInstance;
  private static final Predicate<JsonValue> TEXT = JsonString.class::isInstance;
  private static final Predicate<JsonValue> NUMBER = JsonNumber.class::isInstance;
  private static final Predicate<JsonValue> FLAG =
      value -> value == JsonValue.TRUE || value == JsonValue.FALSE;
  private static final Predicate<JsonValue> COUNT =
      value -> value instanceof JsonNumber n && n.isIntegral() && sign(n) >= 0;
  private static final Predicate<JsonValue> SOME =
      value -> value instanceof JsonArray a && !a.isEmpty();
  private static final Predicate<JsonValue> SCHEMAS =
      SOME.and(value -> value.asJsonArray().stream().allMatch(OBJECT));

  private final Map<String, Predicate<JsonValue>> keywords = new HashMap<>();

  Expressible(Dialect dialect) {
    allow(ANYTHING, "default", "example");
    allow(TEXT, "title", "description", "format", "pattern");
    allow(NUMBER, "maximum", "minimum");
    allow(value -> value instanceof JsonNumber n && sign(n) > 0, "multipleOf");
    allow(FLAG, "exclusiveMaximum", "exclusiveMinimum", "uniqueItems", "readOnly");
    allow(
        COUNT, "maxLength", "minLength", "maxItems", "minItems", "maxProperties", "minProperties");
    allow(SOME.and(Expressible::isDistinct), "enum");
    allow(
        SOME.and(Expressible::isDistinct).and(v -> v.asJsonArray().stream().allMatch(TEXT)),
        "required");
    allow(value -> value instanceof JsonString t && TYPES.contains(t.getString()), "type");
    allow(OBJECT, "items");
    allow(OBJECT.or(FLAG), "additionalProperties");
    allow(OBJECT.and(v -> v.asJsonObject().values().stream().allMatch(OBJECT)), "properties");
    allow(SCHEMAS, "allOf");
    if (dialect == Dialect.OPENAPI_3) {
      allow(SCHEMAS, "anyOf", "oneOf");
      allow(OBJECT, "not");
      allow(FLAG, "nullable", "writeOnly", "deprecated");
    }
  }

  boolean test(String keyword, JsonValue value) {
    return keyword.startsWith(SchemaKeywords.AS_EXTENSION)
        || keywords.getOrDefault(keyword, never -> false).test(value);
  }

  /** What the keyword is called in the document. */
  String name(String keyword, JsonValue value) {
    return test(keyword, value) ? keyword : SchemaKeywords.AS_EXTENSION + keyword;
  }

  private void allow(Predicate<JsonValue> value, String... names) {
    for (String name : names) {
      keywords.put(name, value);
    }
  }

  private static int sign(JsonNumber number) {
    BigDecimal value = number.bigDecimalValue();
    return value.signum();
  }

  private static boolean isDistinct(JsonValue list) {
    return new HashSet<>(list.asJsonArray()).size() == list.asJsonArray().size();
  }
}
