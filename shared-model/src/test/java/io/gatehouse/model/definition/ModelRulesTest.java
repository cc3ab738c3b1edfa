package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.CONFLICT;
import static io.gatehouse.model.wire.ApiError.Kind.LIMIT_EXCEEDED;
import static io.gatehouse.model.wire.ApiError.Kind.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Model;

class ModelRulesTest {

  private static final String NO_SCHEMA =
      "Model schema must have at least 1 property or array items defined";
  private static final String BROKEN =
      "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model schema"
          + " specified]";

  private ApiDefinition api = Examples.api();

  @Test
  void aModelNeedsAnAlphanumericNameAndASchema() {
    refused("Model name must be non-empty", model("", "{}"));
    refused("Model name must be alphanumeric: a_b", model("a_b", "{}"));
    refused(NO_SCHEMA, model("A", null));
    refused(NO_SCHEMA, model("A", " "));
    refused(NO_SCHEMA, model("A", null).contentType("application/xml"));
    refused("Model content type must be non-empty", model("A", "{}").contentType(""));
  }

  @Test
  void aNameIsThereOnce() {
    assertRefused(
        CONFLICT,
        "Model name already exists for this REST API",
        () -> ModelRules.create(api, model("Empty", "{}").build()));
    assertRefused(
        NOT_FOUND, "Invalid model name specified: None", () -> ModelRules.get(api, "None"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{\"type\":",
        "{} {}",
        "{\"type\":\"object\",\"type\":\"array\"}",
        "{\"type\":\"text\"}",
        "{\"required\":[]}",
        "{\"required\":true}",
        "{\"enum\":[\"A\",\"A\"]}",
        "{\"properties\":{\"a\":1}}",
        "{\"properties\":{\"a\":{\"items\":[{\"minLength\":-1}]}}}",
        "{\"multipleOf\":0}",
        "{\"$ref\":\"https://example.com/schema\"}",
        "{\"$ref\":\"file:///etc/passwd\"}",
        "{\"$ref\":\"https://apigateway.amazonaws.com/restapis/another/models/Empty\"}"
      })
  void whatIsNoSchemaOfDraft4OrLeadsOutOfTheApiIsRefused(String schema) {
    refused(BROKEN, model("A", schema));
  }

  @Test
  void aSchemaMayBeAsDeepAndAsLongAsItsBoundsAndNoMore() {
    create("Deep", "{\"not\":".repeat(60) + "{}" + "}".repeat(60));
    refused(BROKEN, model("A", "{\"not\":".repeat(40_000) + "{}" + "}".repeat(40_000)));
    refused(
        "Invalid model specified: Validation Result: warnings : [], errors : [Model schema is"
            + " larger than 409600 bytes]",
        model("A", "{\"title\":\"" + "x".repeat(409_600) + "\"}"));
  }

  @Test
  void theModelsOfAnApiAreBounded() {
    String large = "{\"title\":\"" + "x".repeat(400_000) + "\"}";
    assertRefused(
        LIMIT_EXCEEDED,
        "The schemas of all models of an API may hold at most 10485760 characters",
        () -> {
          for (int i = 0; i < 27; i++) {
            create("Large" + i, large);
          }
        });
  }

  @Test
  void aModelMayReferToOthersAndToItselfButNotToOnesThatAreNotThere() {
    create("Tree", "{\"items\":{\"$ref\":\"" + address("Tree") + "\"}}");
    create("Wood", "{\"items\":{\"$ref\":\"" + address("Tree") + "\"}}");
    refused(
        "Invalid model specified: Validation Result: warnings : [], errors : [Invalid model"
            + " specified: Gone]",
        model("A", "{\"properties\":{\"a\":{\"$ref\":\"" + address("Gone") + "\"}}}"));
  }

  @Test
  void theSchemaOfAnotherContentTypeIsAnyText() {
    create(model("Xml", "<schema/>").contentType("application/xml"));
    assertEquals("<schema/>", ModelRules.flattened(api, "Xml").schema());
    assertEquals("#set($inputRoot = $input.path('$'))\n{ }", ModelRules.template(api, "Xml"));
  }

  @Test
  void aModelThatIsReferredToStays() {
    create("Pet", "{}");
    create("Pets", "{\"items\":{\"$ref\":\"" + address("Pet") + "\"}}");
    api =
        MethodRules.put(
            api, ROOT, Examples.method("GET").requestModels(Map.of("a/b", "Pet")).build());
    api = MethodRules.put(api, ROOT, Examples.method("PUT").build());
    api =
        MethodResponseRules.put(
            api,
            ROOT,
            "PUT",
            MethodResponse.builder()
                .statusCode("200")
                .responseModels(Map.of("a/b", "Pet"))
                .build());

    inUse("method request: //GET");
    api = MethodRules.delete(api, ROOT, "GET");
    inUse("method response: //PUT");
    api = MethodRules.delete(api, ROOT, "PUT");
    inUse("model: Pets");
    api = ModelRules.delete(api, "Pets");
    assertEquals(List.of("Empty", "Error"), names(ModelRules.delete(api, "Pet")));
  }

  @Test
  void aFlatSchemaHasTheOthersInTheirPlaces() {
    create("Id", "{\"type\":\"integer\"}");
    create("Pet", "{\"properties\":{\"id\":{\"$ref\":\"" + address("Id") + "\"}}}");
    create("Pets", "{\"items\":{\"$ref\":\"" + address("Pet") + "\"}}");

    assertFlat("{\"items\":{\"properties\":{\"id\":{\"type\":\"integer\"}}}}", "Pets");
  }

  @Test
  void circlesBecomeDefinitions() {
    create("B", "{}");
    create("A", "{\"properties\":{\"b\":{\"$ref\":\"" + address("B") + "\"}}}");
    api =
        ModelRules.update(
            api,
            "B",
            m ->
                m.toBuilder()
                    .schema(
                        "{\"properties\":{\"b\":{\"$ref\":\""
                            + address("B")
                            + "\"},\"a\":{\"$ref\":\""
                            + address("A")
                            + "\"}}}")
                    .build());

    String b = "{\"properties\":{\"b\":{\"$ref\":\"#/definitions/B\"},\"a\":{\"$ref\":\"#\"}}}";
    assertFlat("{\"properties\":{\"b\":" + b + "},\"definitions\":{\"B\":" + b + "}}", "A");
    create("T", "{\"items\":{\"$ref\":\"" + address("T") + "\"}}");
    assertFlat("{\"items\":{\"$ref\":\"#\"}}", "T");
  }

  @Test
  void referencesWithinAModelFollowItToItsNewPlace() {
    create(
        "Id", "{\"properties\":{\"a\":{\"$ref\":\"#/definitions/x\"}},\"definitions\":{\"x\":{}}}");
    create("Pet", "{\"not\":{\"$ref\":\"" + address("Id") + "\"},\"definitions\":{\"Id\":{}}}");

    String id =
        "{\"properties\":{\"a\":{\"$ref\":\"#/definitions/IdModel/definitions/x\"}},\"definitions\":{\"x\":{}}}";
    assertFlat("{\"not\":" + id + ",\"definitions\":{\"Id\":{},\"IdModel\":" + id + "}}", "Pet");
  }

  @Test
  void modelsThatDoubleEachOtherDoNotBlowUp() {
    create("M0", "{\"title\":\"" + "x".repeat(1000) + "\"}");
    for (int i = 1; i < 60; i++) {
      String before = "{\"$ref\":\"" + address("M" + (i - 1)) + "\"}";
      create("M" + i, "{\"properties\":{\"a\":%s,\"b\":%s}}".formatted(before, before));
    }

    int length = ModelRules.flattened(api, "M59").schema().length();

    assertEquals(true, length < 8_000_000, "characters: " + length);
    assertEquals(true, ModelRules.template(api, "M59").length() < 8_000_000);
  }

  @Test
  void aTemplateHasAValueOfEveryTypeAndALoopForLists() {
    create(
        "All",
        "{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"number\"},\"s\":{\"type\":[\"string\",\"null\"]},"
            + "\"b\":{\"type\":\"boolean\"},\"l\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"i\":{\"type\":\"integer\"}}}}}}");

    assertEquals(
        """
        #set($inputRoot = $input.path('$'))
        {
          "n" : 42,
          "s" : "foo",
          "b" : true,
          "l" : [
        ##TODO: Update this foreach loop to reference array from input json
        #foreach($elem in $inputRoot)
            {
              "i" : 42
            }#if($foreach.hasNext),#end

        #end
          ]
        }""",
        ModelRules.template(api, "All"));
  }

  private void inUse(String where) {
    assertRefused(
        CONFLICT,
        "Cannot delete model 'Pet', is referenced in " + where,
        () -> ModelRules.delete(api, "Pet"));
  }

  private void assertFlat(String expected, String name) {
    assertEquals(expected, ModelRules.flattened(api, name).schema().replaceAll("\\s", ""));
  }

  private void create(String name, String schema) {
    create(model(name, schema));
  }

  private void create(Model.Builder model) {
    api = ModelRules.create(api, model.build());
  }

  private void refused(String message, Model.Builder model) {
    assertRefused(BAD_REQUEST, message, () -> ModelRules.create(api, model.build()));
  }

  private String address(String name) {
    return "https://apigateway.amazonaws.com/restapis/" + api.restApi().id() + "/models/" + name;
  }

  private static Model.Builder model(String name, String schema) {
    return Model.builder().id("abc123").name(name).contentType("application/json").schema(schema);
  }

  private static List<String> names(ApiDefinition api) {
    return ModelRules.sorted(api).stream().map(Model::name).toList();
  }
}
