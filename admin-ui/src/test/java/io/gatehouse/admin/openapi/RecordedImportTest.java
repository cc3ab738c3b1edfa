package io.gatehouse.admin.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.recorded.Masked;
import io.gatehouse.admin.recorded.Recordings;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** Imports the recorded documents and compares everything that came of them on the real service. */
class RecordedImportTest {

  private static final String URI = "http://endpoint.example.com";
  private static final String LAMBDA =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations";

  @TestFactory
  List<DynamicTest> documentsBecomeWhatTheyBecameOnTheRealService() {
    return Recordings.scenarios("import.json").entrySet().stream()
        .filter(scenario -> !scenario.getKey().equals("import-api-bad-file"))
        .map(
            scenario ->
                DynamicTest.dynamicTest(
                    scenario.getKey(),
                    () -> replay(scenario.getKey(), scenario.getValue().asJsonObject())))
        .toList();
  }

  @Test
  void unreadableDocumentsAreRefusedWithTheRecordedSentenceAndADetail() {
    JsonObject scenario = Recordings.scenarios("import.json").getJsonObject("import-api-bad-file");
    for (JsonValue step : scenario.getJsonArray("steps")) {
      String body = step.asJsonObject().getJsonObject("with").getString("body");
      String key = step.asJsonObject().getJsonArray("recorded_as").getString(0);
      String message = scenario.getJsonObject("recorded").getJsonObject(key).getString("message");

      ApiError refused = assertThrows(ApiError.class, () -> OpenApiDocument.parse(body.getBytes()));

      assertEquals(message, refused.getMessage());
      assertTrue(refused.explained().length() > message.length(), refused.explained());
      assertEquals(ApiError.Kind.BAD_REQUEST, refused.kind());
    }
  }

  private static void replay(String name, JsonObject scenario) {
    JsonObject recorded = scenario.getJsonObject("recorded");
    Masked masked = new Masked();
    boolean put = recorded.containsKey("put-rest-api-swagger-json");
    String basePath = put ? name.replaceAll(".*\\[|]", "") : "ignore";
    ApiDefinition api = imported(document(name, scenario), basePath);

    for (String answer : List.of("import_tf_rest_api", "import-api", "put-rest-api-swagger-json")) {
      if (recorded.containsKey(answer)) {
        JsonObject shown = Json.createObjectBuilder(recorded.getJsonObject(answer)).build();
        masked.assertMatches(answer, without(shown, "tags"), Wire.write(api.restApi()));
      }
    }
    compareLists(recorded, masked, api);
    Set<String> compared = compareMethods(recorded, masked, api);
    if (put) {
      ApiDefinition pets = imported(Recordings.document("pets.json"), basePath);
      masked.assertMatches(
          "get-resources-no-base-path-swagger",
          recorded.getJsonObject("get-resources-no-base-path-swagger"),
          resources(pets));
      compared.addAll(compareMethods(recorded, masked, pets));
    }
    Set<String> methods = new TreeSet<>(recorded.keySet());
    methods.removeIf(key -> !key.matches("method-(?!response-).*"));
    assertEquals(methods, compared, "recorded methods that were compared");
  }

  private static void compareLists(JsonObject recorded, Masked masked, ApiDefinition api) {
    for (String key : List.of("resources", "get-resources-swagger-json")) {
      if (recorded.containsKey(key)) {
        masked.assertMatches(key, recorded.getJsonObject(key), resources(api));
      }
    }
    if (recorded.containsKey("request-validators")) {
      masked.assertMatches(
          "request-validators",
          recorded.getJsonObject("request-validators"),
          items(
              api.requestValidators().values().stream()
                  .map(RequestValidator.class::cast)
                  .toList()));
    }
    if (recorded.containsKey("get-models")) {
      masked.assertMatches(
          "get-models",
          recorded.getJsonObject("get-models"),
          items(api.models().values().stream().sorted(Comparator.comparing(Model::name)).toList()));
    }
  }

  private static Set<String> compareMethods(JsonObject recorded, Masked masked, ApiDefinition api) {
    Set<String> compared = new TreeSet<>();
    for (Resource resource : api.resourceList()) {
      for (Method method : resource.resourceMethods().values()) {
        String path = resource.path().equals("/") ? "root" : resource.path().substring(1);
        String key = "method-" + path + "-" + method.httpMethod().toLowerCase();
        if (recorded.containsKey(key)) {
          masked.assertMatches(key, recorded.getJsonObject(key), Wire.write(method));
          compared.add(key);
        }
      }
    }
    return compared;
  }

  private static ApiDefinition imported(byte[] document, String basePath) {
    return Imports.overwrite(document, Map.of("basepath", basePath), true).definition();
  }

  /** Some recordings filled in an address that their documents leave open. */
  private static byte[] document(String name, JsonObject scenario) {
    String file =
        scenario.getJsonArray("steps").stream()
            .map(step -> step.asJsonObject().getJsonObject("with"))
            .filter(with -> with != null && with.containsKey("body"))
            .map(with -> ((JsonString) with.get("body")).getString())
            .findFirst()
            .orElseThrow(() -> new IllegalStateException(name + " imports nothing"))
            .replaceAll("<documents/|>", "");
    String text = new String(Recordings.document(file));
    return text.replace("${lambda_invocation_arn}", LAMBDA).replace("${uri}", URI).getBytes();
  }

  private static JsonObject resources(ApiDefinition api) {
    JsonArrayBuilder items = Json.createArrayBuilder();
    for (Resource resource : ResourceTree.sorted(api)) {
      JsonObject shown = Wire.write(resource);
      if (shown.containsKey("resourceMethods")) {
        var verbs = Json.createObjectBuilder();
        resource.resourceMethods().keySet().forEach(v -> verbs.add(v, JsonValue.EMPTY_JSON_OBJECT));
        shown = Json.createObjectBuilder(shown).add("resourceMethods", verbs).build();
      }
      items.add(shown);
    }
    return Json.createObjectBuilder().add("items", items).build();
  }

  private static JsonObject items(List<? extends SdkPojo> shapes) {
    JsonArrayBuilder items = Json.createArrayBuilder();
    shapes.forEach(shape -> items.add(Wire.write(shape)));
    return Json.createObjectBuilder().add("items", items).build();
  }

  private static JsonObject without(JsonObject object, String name) {
    return Json.createObjectBuilder(object).remove(name).build();
  }
}
