package io.gatehouse.runtime.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.budget.Budget;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every keyword of draft 4 by example: the files of the folder {@code draft4} hold schemas with
 * values that are valid, and values that are not, with what is said of them where that matters.
 */
class Draft4Test {

  @TestFactory
  Stream<DynamicTest> valuesAreJudgedAsDraft4Demands() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path file : files()) {
      for (JsonObject group : groups(file)) {
        String schema = group.get("schema").toString();
        SchemaCheck check = TestDocuments.check(schema);
        for (JsonValue value :
            group.getOrDefault("valid", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
          tests.add(
              DynamicTest.dynamicTest(
                  schema + " admits " + value,
                  () -> assertEquals(Optional.empty(), violations(check, value))));
        }
        for (JsonValue row :
            group.getOrDefault("invalid", JsonValue.EMPTY_JSON_ARRAY).asJsonArray()) {
          JsonArray pair = row.asJsonArray();
          tests.add(
              DynamicTest.dynamicTest(
                  schema + " refuses " + pair.getFirst(), () -> assertRefused(check, pair)));
        }
      }
    }
    assertTrue(tests.size() > 300, tests.size() + " values");
    return tests.stream();
  }

  private static void assertRefused(SchemaCheck check, JsonArray pair) {
    String violations = violations(check, pair.getFirst()).orElseThrow();
    if (pair.size() > 1) {
      assertEquals(((JsonString) pair.get(1)).getString(), violations);
    }
    assertTrue(violations.startsWith("[") && violations.endsWith("]"), violations);
    assertTrue(violations.length() > 10, violations);
  }

  private static Optional<String> violations(SchemaCheck check, JsonValue value) {
    return check.violations(TestDocuments.plain(value), Budget.of(TestDocuments.PLENTY));
  }

  static List<Path> files() throws Exception {
    Path folder = Path.of(Draft4Test.class.getResource("/draft4").toURI());
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  static List<JsonObject> groups(Path file) throws IOException {
    try (var reader = Json.createReader(Files.newBufferedReader(file))) {
      return reader.readArray().getValuesAs(JsonObject.class);
    }
  }
}
