package io.gatehouse.admin.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.recorded.Masked;
import io.gatehouse.admin.recorded.Recordings;
import io.gatehouse.model.definition.ApiDefinition;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Exports the recorded documents and compares them with what the real service made of them. */
class RecordedExportTest {

  private static final String BACKEND =
      "http://petstore.execute-api.us-east-1.amazonaws.com/petstore/pets";

  @TestFactory
  List<DynamicTest> documentsComeBackAsTheRealServiceExportedThem() {
    List<DynamicTest> tests = new ArrayList<>();
    Recordings.scenarios("export.json")
        .forEach(
            (name, scenario) ->
                scenario.asJsonObject().getJsonArray("steps").getValuesAs(JsonObject.class).stream()
                    .filter(step -> step.getString("call").equals("GetExport"))
                    .map(
                        step ->
                            DynamicTest.dynamicTest(
                                name + " " + key(step),
                                () -> compare(scenario.asJsonObject(), step)))
                    .forEach(tests::add));
    return tests;
  }

  private static void compare(JsonObject scenario, JsonObject step) {
    JsonObject recorded = scenario.getJsonObject("recorded").getJsonObject(key(step));
    JsonObject with = step.getJsonObject("with");
    Map<String, String> extensions =
        with.containsKey("parameters")
            ? Map.of("extensions", with.getJsonObject("parameters").getString("extensions"))
            : Map.of();
    ExportParameters parameters =
        ExportParameters.of(
            with.getString("exportType"), extensions, "us-east-1", with.getString("stageName"));
    ApiDefinition api = imported(scenario);

    JsonObject exported = OpenApiWriter.write(api, parameters);

    JsonObject body = recorded.getJsonObject("body");
    new Masked().assertMatches(key(step), body, exported);
    assertEquals(String.join("\n", members("", body)), String.join("\n", members("", exported)));
    assertEquals(
        recorded.getString("contentDisposition").replace("date", "1970-01-01T00:00:00Z"),
        "attachment; filename=\""
            + OpenApiWriter.fileName(api, parameters, DocumentFormat.JSON)
            + "\"");
  }

  private static ApiDefinition imported(JsonObject scenario) {
    String body =
        scenario.getJsonArray("steps").getJsonObject(0).getJsonObject("with").getString("body");
    byte[] document = Recordings.document(body.replaceAll("<documents/|>", ""));
    String text = new String(document).replace("${uri}", BACKEND);
    return Imports.overwrite(text.getBytes(), Map.of(), true).definition();
  }

  private static String key(JsonObject step) {
    return step.getJsonArray("recorded_as").getString(0);
  }

  /** Pointers to all members in their order. */
  private static List<String> members(String at, JsonValue value) {
    List<String> out = new ArrayList<>();
    if (value instanceof JsonObject object) {
      object.forEach(
          (name, member) -> {
            out.add(at + "/" + name);
            out.addAll(members(at + "/" + name, member));
          });
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        out.addAll(members(at + "/" + i, array.get(i)));
      }
    }
    return out;
  }
}
