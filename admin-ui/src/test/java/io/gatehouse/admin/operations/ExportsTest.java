package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.openapi.ImportParameters;
import io.gatehouse.admin.openapi.OpenApiDocument;
import io.gatehouse.admin.openapi.OpenApiReader;
import io.gatehouse.admin.store.Database;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.wire.ApiError;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.GetExportRequest;
import software.amazon.awssdk.services.apigateway.model.GetExportResponse;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** GetExport on a database: which definition is exported, in which form, and to whom. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportsTest {

  private static final String DOCUMENT =
      """
      swagger: "2.0"
      info: {title: pets, version: "1.2 / 3"}
      paths:
        /pets:
          get:
            responses: {"200": {description: all}}
            x-amazon-apigateway-integration:
              type: mock
              responses: {default: {statusCode: "200"}}
      """;

  private House house;
  private Exports exports;
  private String apiId;

  @BeforeAll
  void open() {
    house = new House(Database.open(Database.Kind.H2));
    exports = new Exports(house.kit.apis, house.kit.stages, house.kit.deployments);
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  @BeforeEach
  void aDeployedApi() {
    apiId = house.ids.restApi();
    ApiDefinition bare =
        RestApiRules.bare(
            RestApi.builder().name("bare").build(), apiId, "root", house.kit.clock.instant());
    ApiDefinition pets =
        new OpenApiReader(house.ids::small, house.settings.longestTimeout())
            .overwrite(
                bare,
                OpenApiDocument.parse(DOCUMENT.getBytes(UTF_8)),
                ImportParameters.of(Map.of(), false))
            .definition();
    house.run(() -> house.kit.apis.create(ALICE, pets));
    house.in(
        () ->
            house.deployments.createDeployment(
                ALICE,
                CreateDeploymentRequest.builder().restApiId(apiId).stageName("prod").build()));
  }

  @Test
  void theDeploymentIsExportedAndNotTheDraft() {
    house.run(
        () ->
            house.kit.apis.edit(
                ALICE,
                apiId,
                api -> api.withRestApi(api.restApi().toBuilder().name("changed").build())));

    GetExportResponse answer = export(ALICE, request("oas30"));

    assertEquals("application/octet-stream", answer.contentType());
    assertEquals("attachment; filename=\"oas30_1.2___3.json\"", answer.contentDisposition());
    assertTrue(answer.body().asUtf8String().contains("\"title\": \"pets\""));
    assertTrue(
        answer
            .body()
            .asUtf8String()
            .contains("https://" + apiId + ".execute-api.us-east-1.amazonaws.com/{basePath}"));
  }

  @Test
  void yamlIsWrittenForThoseWhoAcceptIt() {
    GetExportResponse answer =
        export(ALICE, request("swagger").toBuilder().accepts("application/yaml").build());

    assertEquals("attachment; filename=\"swagger_1.2___3.yaml\"", answer.contentDisposition());
    assertTrue(
        answer.body().asUtf8String().startsWith("---\nswagger: \"2.0\"\n"),
        answer.body().asUtf8String());
  }

  @Test
  void unknownStagesTypesFormatsAndExtensionsAreRefused() {
    assertEquals(
        "Invalid stage identifier specified",
        refused(request("oas30").toBuilder().stageName("nope").build()));
    assertEquals("No API exporter for type 'raml'", refused(request("raml")));
    assertEquals(
        "Invalid Accept header. Valid options are application/json, application/yaml",
        refused(request("oas30").toBuilder().accepts("text/html").build()));
    assertTrue(
        refused(
                request("oas30").toBuilder()
                    .parameters(Map.of("extensions", "integrations,everything"))
                    .build())
            .startsWith("Invalid value for parameter extensions: everything"));
  }

  @Test
  void anotherTenantsStageIsAnUnknownOne() {
    assertEquals(
        "Invalid stage identifier specified",
        assertThrows(ApiError.class, () -> export(MALLORY, request("oas30"))).getMessage());
  }

  private GetExportRequest request(String type) {
    return GetExportRequest.builder().restApiId(apiId).stageName("prod").exportType(type).build();
  }

  private String refused(GetExportRequest request) {
    return assertThrows(ApiError.class, () -> export(ALICE, request)).getMessage();
  }

  private GetExportResponse export(Caller caller, GetExportRequest request) {
    return house.in(() -> exports.getExport(caller, request));
  }
}
