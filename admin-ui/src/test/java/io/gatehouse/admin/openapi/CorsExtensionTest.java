package io.gatehouse.admin.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The extension {@code x-amazon-apigateway-cors}; its round trips are in RoundTripTest. */
class CorsExtensionTest {

  private static final String HEAD = "openapi: 3.0.1\ninfo: {title: Pets, version: 1.0}\n";
  private static final String BOTH =
      HEAD
          + """
          x-amazon-apigateway-cors:
            allowOrigins: ["https://app.example"]
            allowMethods: [GET, PUT]
            allowHeaders: [Content-Type]
            exposeHeaders: [ETag]
            maxAge: 600
            allowCredentials: true
          paths:
            /pets/{petId}:
              x-amazon-apigateway-cors: {allowOrigins: ["*"], allowMethods: ["*"]}
              get: {x-amazon-apigateway-integration: {type: mock}}
          """;

  @Test
  void settingsOfTheDocumentAndOfAPathAreRead() {
    ImportedApi imported = Imports.read(BOTH);

    ApiDefinition api = imported.definition();
    String pet = ResourceTree.find(api, "/pets/{petId}").orElseThrow().id();
    assertEquals(
        Map.of(
            CorsRules.WHOLE_API,
            new Cors(
                List.of("https://app.example"),
                List.of("GET", "PUT"),
                List.of("Content-Type"),
                List.of("ETag"),
                Optional.of(600),
                true),
            pet,
            new Cors(List.of("*"), List.of("*"), List.of(), List.of(), Optional.empty(), false)),
        api.cors());
    assertEquals(List.of(), imported.warnings());
  }

  @Test
  void aPathNeedsNoMethodToHaveSettings() {
    ApiDefinition api =
        Imports.read(
                HEAD
                    + "paths: {/: {x-amazon-apigateway-cors: {allowOrigins: ['*']}},"
                    + " /pets: {x-amazon-apigateway-cors: {allowOrigins: ['*']}},"
                    + " /pets/all: {}}")
            .definition();

    JsonObject paths = exported(api, "apigateway").getJsonObject("paths");

    assertEquals(2, api.cors().size());
    assertTrue(paths.getJsonObject("/").containsKey("x-amazon-apigateway-cors"));
    assertTrue(paths.getJsonObject("/pets").containsKey("x-amazon-apigateway-cors"));
    assertEquals(
        api.cors(),
        Imports.overwrite(api, exported(api, "apigateway").toString()).definition().cors());
  }

  @Test
  void onlyExportsWithTheVendorsMembersTellIt() {
    ApiDefinition api = Imports.read(BOTH).definition();

    assertTrue(exported(api, "apigateway").containsKey("x-amazon-apigateway-cors"));
    assertFalse(exported(api, "integrations").toString().contains("x-amazon-apigateway-cors"));
  }

  @Test
  void anOverwriteForgetsWhatTheDocumentDoesNotTellAndAMergeKeepsIt() {
    ApiDefinition api = Imports.read(BOTH).definition();

    assertEquals(Map.of(), Imports.overwrite(api, HEAD).definition().cors());
    assertEquals(api.cors(), Imports.merge(api, HEAD).definition().cors());
    ApiDefinition merged =
        Imports.merge(api, HEAD + "x-amazon-apigateway-cors: {allowOrigins: ['*']}").definition();
    assertEquals(List.of("*"), merged.cors().get(CorsRules.WHOLE_API).allowOrigins());
    assertEquals(2, merged.cors().size());
  }

  @Test
  void whatCannotBeIsRefusedWithItsPlace() {
    ApiError refused =
        assertThrows(
            ApiError.class,
            () ->
                Imports.read(
                    HEAD
                        + "x-amazon-apigateway-cors: {allowOrigins: [https://a/b]}\n"
                        + "paths: {/p: {x-amazon-apigateway-cors: {allowMethods: [GET]}}}"));

    assertEquals(
        "Errors found during import:\n"
            + "\tUnable to set the CORS of the resource at path '/p': CORS needs at least one"
            + " allowed origin, which may be *\n"
            + "\tUnable to set the CORS of the API: Invalid CORS origin 'https://a/b': must be * or"
            + " scheme://host[:port], without a path",
        refused.getMessage());
  }

  private static JsonObject exported(ApiDefinition api, String extensions) {
    return OpenApiWriter.write(
        api, ExportParameters.of("oas30", Map.of("extensions", extensions), "us-east-1", "prod"));
  }
}
