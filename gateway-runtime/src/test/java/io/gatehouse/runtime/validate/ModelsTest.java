package io.gatehouse.runtime.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.runtime.budget.Budget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsTest {

  private static final String AT = "https://apigateway.amazonaws.com/restapis/abcde12345/models/";

  private static final Map<String, String> PEOPLE =
      Map.of(
          "House",
          """
          {"type": "object", "properties": {"randomProperty": {"type": "string", "format": "byte"},
           "contains": {"minItems": 1, "type": "array", "items": {"$ref": "%sPerson"}}}}
          """
              .formatted(AT),
          "Person",
          """
          {"required": ["b", "name"], "type": "object", "properties": {"name": {"type": "string"},
           "b": {"type": "number"}, "house": {"$ref": "%sHouse"}}}
          """
              .formatted(AT));

  private static Optional<String> violations(SchemaCheck check, String value) {
    return check.violations(TestDocuments.json(value), Budget.of(TestDocuments.PLENTY));
  }

  private static InvalidSchema refused(Map<String, String> schemas, String model) {
    return assertThrows(InvalidSchema.class, () -> TestDocuments.models(schemas).check(model));
  }

  @Test
  void modelsMayReferToEachOtherInCircles() throws Exception {
    SchemaCheck person = TestDocuments.models(PEOPLE).check("Person");
    String good =
        """
        {"name": "Person1", "b": 2, "house": {"randomProperty": "this is random",
         "contains": [{"name": "Person2", "b": 3}]}}
        """;
    assertEquals(Optional.empty(), violations(person, good));
    assertEquals(
        Optional.of("[object has missing required properties ([\"b\",\"name\"])]"),
        violations(person, "{\"random\": \"blabla\"}"));
    String bad =
        """
        {"name": "Person1", "b": 2, "house": {"randomProperty": "I follow House but for contains",
         "contains": [{"randomObject": "I am not following Person schema"}]}}
        """;
    assertEquals(
        Optional.of("[object has missing required properties ([\"b\",\"name\"])]"),
        violations(person, bad));
  }

  @Test
  void aModelMayReferToItselfByItsAddress() throws Exception {
    String schema =
        "{\"type\":\"object\",\"properties\":{\"next\":{\"$ref\":\"%sList\"}}}".formatted(AT);
    SchemaCheck list = TestDocuments.models(Map.of("List", schema)).check("List");
    assertEquals(Optional.empty(), violations(list, "{\"next\":{\"next\":{}}}"));
    assertEquals(1, violations(list, "{\"next\":{\"next\":1}}").stream().count());
  }

  @Test
  void aReferenceIsAboutItsOwnModel() throws Exception {
    Map<String, String> schemas =
        Map.of(
            "A",
            "{\"definitions\":{\"x\":{\"type\":\"string\"}},\"properties\":{\"b\":{\"$ref\":\"%sB\"},\"x\":{\"$ref\":\"#/definitions/x\"}}}"
                .formatted(AT),
            "B",
            "{\"definitions\":{\"x\":{\"type\":\"integer\"}},\"properties\":{\"x\":{\"$ref\":\"#/definitions/x\"}}}");
    SchemaCheck a = TestDocuments.models(schemas).check("A");
    assertEquals(Optional.empty(), violations(a, "{\"x\":\"s\",\"b\":{\"x\":1}}"));
    assertEquals(1, violations(a, "{\"b\":{\"x\":\"s\"}}").stream().count());
  }

  @Test
  void aLongChainOfModelsIsFollowedWithoutRecursion() throws Exception {
    Map<String, String> schemas = new HashMap<>();
    for (int i = 0; i < 1_000; i++) {
      schemas.put(
          "M" + i, "{\"properties\":{\"a\":{\"$ref\":\"%sM%d\"}}}".formatted(AT, (i + 1) % 1_000));
    }
    Models models = TestDocuments.models(schemas);
    for (int i : IntStream.range(0, 1_000).toArray()) {
      assertEquals(Optional.empty(), violations(models.check("M" + i), "{\"a\":{\"a\":{}}}"));
    }
  }

  @Test
  void nothingButModelsOfTheApiIsReferredTo() {
    for (String address :
        List.of(
            "http://127.0.0.1:1/schema.json",
            "https://apigateway.amazonaws.com.example.com/restapis/a/models/B",
            "file:///etc/passwd",
            "other.json",
            "http://json-schema.org/draft-04/schema#")) {
      InvalidSchema refused =
          refused(Map.of("A", "{\"items\":{\"$ref\":\"%s\"}}".formatted(address)), "A");
      assertEquals(
          "the schema of model A refers to "
              + address
              + ", which is no model of this API; nothing else is fetched",
          refused.getMessage());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                          | the schema of model A is not JSON: it is not",
        "[]                         | the schema of model A is not a JSON object",
        "{\"type\":\"int\"}         | the schema of model A has a type that draft 4 does not know: \"int\"",
        "{\"type\":[]}              | the schema of model A has an empty list as type",
        "{\"type\":null}            | the schema of model A has a type that draft 4 does not know: null",
        "{\"enum\":1}               | the schema of model A has something else than a list as enum",
        "{\"minimum\":\"1\"}        | the schema of model A has something else than a number as minimum",
        "{\"exclusiveMinimum\":1}   | the schema of model A has something else than true or false as exclusiveMinimum",
        "{\"multipleOf\":0}         | the schema of model A has a multipleOf that is not greater than 0",
        "{\"minLength\":-1}         | the schema of model A has something else than a count as minLength",
        "{\"maxItems\":1.5}         | the schema of model A has something else than a count as maxItems",
        "{\"pattern\":1}            | the schema of model A has something else than a string as pattern",
        "{\"pattern\":\"(\"}        | the schema of model A has a pattern that cannot be used: Unclosed group",
        "{\"uniqueItems\":1}        | the schema of model A has something else than true or false as uniqueItems",
        "{\"items\":[1]}            | the schema of model A has something else than a schema as an item of items",
        "{\"items\":true}           | the schema of model A has something else than a schema as items",
        "{\"required\":true}        | the schema of model A has something else than a list of names as required",
        "{\"required\":[1]}         | the schema of model A has something else than a list of names as required",
        "{\"properties\":[]}        | the schema of model A has something else than an object as properties",
        "{\"properties\":{\"a\":1}} | the schema of model A has something else than a schema as a member of properties",
        "{\"definitions\":{\"a\":1}}| the schema of model A has something else than a schema as a member of definitions",
        "{\"dependencies\":1}       | the schema of model A has something else than an object as dependencies",
        "{\"allOf\":{}}             | the schema of model A has something else than a list as allOf",
        "{\"not\":[]}               | the schema of model A has something else than a schema as not",
        "{\"$ref\":\"#/nowhere\"}   | the schema of model A refers to #/nowhere, which is not in it",
        "{\"$ref\":\"#/$ref\"}      | the schema of model A has something else than a schema as what #/$ref refers to",
        "{\"$ref\":\"https://apigateway.amazonaws.com/restapis/a/models/None\"} | there is no model None",
        "{\"$ref\":\"https://apigateway.amazonaws.com/restapis/a/models/B\"} | the schema of model B is not a JSON object"
      })
  void aSchemaThatCannotBeUsedIsRefusedInASentence(String schema, String sentence) {
    Map<String, String> schemas = Map.of("A", schema, "B", "7");
    assertEquals(sentence, refused(schemas, "A").getMessage());
  }

  @Test
  void oneModelThatCannotBeUsedLeavesTheOthersAlone() throws Exception {
    Models models =
        TestDocuments.models(Map.of("Bad", "{\"type\":\"int\"}", "Good", "{\"type\":\"integer\"}"));
    assertThrows(InvalidSchema.class, () -> models.check("Bad"));
    assertThrows(InvalidSchema.class, () -> models.check("Bad"));
    assertEquals(Optional.empty(), violations(models.check("Good"), "1"));
  }
}
