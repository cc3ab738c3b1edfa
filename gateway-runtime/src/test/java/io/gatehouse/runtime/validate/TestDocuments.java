package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.budget.Budget;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Plain values from JSON texts, and an engine for patterns, as tests need them. */
final class TestDocuments {

  static final long PLENTY = 10_000_000;

  static final Documents DOCUMENTS = TestDocuments::read;

  static final Patterns PATTERNS =
      source -> {
        try {
          Pattern pattern = Pattern.compile(source);
          return (text, budget) -> {
            budget.spend(text.length());
            return pattern.matcher(text).find();
          };
        } catch (PatternSyntaxException e) {
          throw new InvalidSchema(e.getDescription());
        }
      };

  private TestDocuments() {}

  static Object read(String text, Budget budget) throws Documents.NotJson {
    budget.spend(text.length());
    try (var reader = Json.createReader(new StringReader(text))) {
      return plain(reader.readValue());
    } catch (JsonException e) {
      throw new Documents.NotJson("it is not");
    }
  }

  static Object json(String text) {
    try {
      return read(text, Budget.of(PLENTY));
    } catch (Documents.NotJson e) {
      throw new AssertionError(text, e);
    }
  }

  static Object plain(JsonValue value) {
    return switch (value) {
      case JsonObject object -> {
        Map<String, Object> map = new LinkedHashMap<>();
        object.forEach((name, member) -> map.put(name, plain(member)));
        yield map;
      }
      case JsonArray array -> {
        List<Object> list = new ArrayList<>();
        array.forEach(item -> list.add(plain(item)));
        yield list;
      }
      case JsonString string -> string.getString();
      case JsonNumber number -> plain(number.bigDecimalValue());
      default -> value == JsonValue.NULL ? null : Boolean.valueOf(value == JsonValue.TRUE);
    };
  }

  private static Object plain(BigDecimal number) {
    if (number.scale() != 0) {
      return Double.isInfinite(number.doubleValue()) ? number : (Object) number.doubleValue();
    }
    return number.unscaledValue().bitLength() < Integer.SIZE
        ? (Object) number.intValueExact()
        : number.unscaledValue();
  }

  static Models models(Map<String, String> schemas) {
    return new Models(schemas, DOCUMENTS, PATTERNS, Budget.of(PLENTY));
  }

  static SchemaCheck check(String schema) throws InvalidSchema {
    return models(Map.of("Root", schema)).check("Root");
  }
}
