package io.gatehouse.admin.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.gatehouse.admin.recorded.Recordings;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.FrozenDocumentation;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import io.swagger.parser.OpenAPIParser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;

/** Imports and exports undo each other, and what is exported is valid. */
class RoundTripTest {

  private static final int GENERATED = 100;

  @TestFactory
  List<DynamicTest> recordedDocumentsAreTheSameApiAfterExportAndImport() {
    return Recordings.documents().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> assertRoundTrips(imported(name))))
        .toList();
  }

  /** Swagger has one list of media types and one body for a method, so it is judged by itself. */
  @ParameterizedTest
  @EnumSource(Dialect.class)
  void generatedApisAreTheSameAfterExportAndImport(Dialect dialect) {
    LongStream.range(0, GENERATED)
        .forEach(
            seed -> {
              ApiDefinition api = GeneratedApis.of(seed);
              JsonObject exported = exported(api, dialect);
              ApiDefinition again = imported(api, exported);
              if (dialect == Dialect.OPENAPI_3) {
                assertSame("seed " + seed, api, again);
              }
              assertEquals(sorted(exported), sorted(exported(again, dialect)), "seed " + seed);
              assertSame("seed " + seed, again, imported(again, exported(again, dialect)));
            });
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void generatedApisAreExportedAsValidDocuments(Dialect dialect) {
    LongStream.range(0, GENERATED / 4)
        .forEach(seed -> assertValid("seed " + seed, exported(GeneratedApis.of(seed), dialect)));
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void yamlIsTheSameTreeAsJson(Dialect dialect) {
    LongStream.range(0, GENERATED)
        .forEach(
            seed -> {
              JsonObject exported = exported(GeneratedApis.of(seed), dialect);
              assertEquals(
                  exported,
                  OpenApiDocument.parse(DocumentFormat.YAML.bytes(exported)).json(),
                  "seed " + seed);
            });
  }

  private static void assertRoundTrips(ApiDefinition api) {
    for (Dialect dialect : Dialect.values()) {
      JsonObject exported = exported(api, dialect);
      ApiDefinition again = imported(api, exported);
      assertSame(dialect.exportType(), api, again);
      assertEquals(sorted(exported), sorted(exported(again, dialect)));
      assertValid(dialect.exportType(), exported);
    }
  }

  private static JsonObject exported(ApiDefinition api, Dialect dialect) {
    Optional<FrozenDocumentation> documentation =
        Optional.of(api.documentationParts().values())
            .filter(parts -> !parts.isEmpty())
            .map(
                parts ->
                    new FrozenDocumentation(
                        DocumentationVersion.builder().version("1").build(), List.copyOf(parts)));
    return OpenApiWriter.write(
        api,
        ExportParameters.of(
            dialect.exportType(),
            Map.of("extensions", "apigateway,documentation"),
            "us-east-1",
            "prod"),
        documentation);
  }

  private static ApiDefinition imported(String document) {
    String text =
        new String(Recordings.document(document))
            .replace("${uri}", "http://example.com")
            .replace(
                "${lambda_invocation_arn}",
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    + "arn:aws:lambda:us-east-1:000000000000:function:f/invocations");
    ApiDefinition api = Imports.overwrite(text.getBytes(), Map.of(), false).definition();
    // an API without a version is exported with its date, which is its version from then on
    String version = RestApiWriter.version(api.restApi());
    return api.withRestApi(api.restApi().toBuilder().version(version).build());
  }

  private static ApiDefinition imported(ApiDefinition former, JsonObject document) {
    try {
      Map<String, String> parameters =
          former.documentationParts().isEmpty() ? Map.of("ignore", "documentation") : Map.of();
      return Imports.overwrite(former, document.toString(), parameters).definition();
    } catch (ApiError refused) {
      throw new AssertionError(refused.explained() + "\n" + text(document), refused);
    }
  }

  private static void assertValid(String name, JsonObject document) {
    SwaggerParseResult result = new OpenAPIParser().readContents(document.toString(), null, null);
    // the vendor's greedy variables, {rest+}, are no part of OpenAPI
    List<String> messages =
        result.getMessages().stream()
            .filter(message -> !message.contains("Declared path parameter rest+"))
            .toList();
    assertEquals(List.of(), messages, name);
    assertNotNull(result.getOpenAPI(), name);
  }

  private static void assertSame(String name, ApiDefinition wanted, ApiDefinition actual) {
    assertEquals(String.join("\n", lines(wanted)), String.join("\n", lines(actual)), name);
  }

  private static String text(JsonObject document) {
    return JsonText.pretty(document);
  }

  /** The definition with its things in an order of their own, as documents have another one. */
  private static List<String> lines(ApiDefinition api) {
    List<String> lines = new ArrayList<>();
    api.toJson()
        .forEach(
            (name, value) -> {
              if (value instanceof JsonArray list) {
                list.stream()
                    .map(RoundTripTest::sorted)
                    .sorted(Comparator.naturalOrder())
                    .forEach(line -> lines.add(name + " " + line));
              } else {
                lines.add(name + " " + sorted(value));
              }
            });
    return lines;
  }

  private static String sorted(JsonValue value) {
    if (value instanceof JsonObject object) {
      Map<String, String> members = new TreeMap<>();
      object.forEach((name, member) -> members.put(name, sorted(member)));
      return members.toString();
    }
    return value.toString();
  }
}
