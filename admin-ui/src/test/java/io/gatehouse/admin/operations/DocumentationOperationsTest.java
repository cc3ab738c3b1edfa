package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDocumentationPartRequest;
import software.amazon.awssdk.services.apigateway.model.CreateDocumentationVersionRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDocumentationVersionRequest;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationPartsRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.ImportDocumentationPartsRequest;
import software.amazon.awssdk.services.apigateway.model.ImportDocumentationPartsResponse;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateDocumentationPartRequest;

/** Documentation parts and versions, on both databases. */
class DocumentationOperationsTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  abstract static class Cases extends OnOneDatabase {

    Cases(Database.Kind kind) {
      super(kind);
    }

    @Test
    void documentationPartsAreMadeOncePerLocationFilteredAndChanged() {
      DocumentationPart api = part(l -> l.type("API").path("").method(""), "{\"a\":1}");
      DocumentationPart pets = part(l -> l.type("RESOURCE").path("/pets"), "{\"b\":2}");
      DocumentationPart pet = part(l -> l.type("MODEL").name("Pet"), "{\"c\":3}");

      assertEquals(
          "{\"id\":\"%s\",\"location\":{\"type\":\"API\"},\"properties\":\"{\\\"a\\\":1}\"}"
              .formatted(api.id()),
          Wire.write(api).toString());
      assertEquals(List.of(api, pets, pet), parts(r -> {}));
      assertEquals(List.of(pets), parts(r -> r.type("RESOURCE")));
      assertEquals(List.of(pets), parts(r -> r.path("/pets")));
      assertEquals(List.of(pet), parts(r -> r.nameQuery("Pe")));
      assertEquals(List.of(), parts(r -> r.type("API").path("/pets")));
      refused(
          ApiError.Kind.CONFLICT,
          "Documentation part already exists for the specified location: type 'RESOURCE', path"
              + " '/pets'",
          () -> part(l -> l.type("RESOURCE").path("/pets"), "{}"));
      badRequest(
          "Documentation part properties must be non-empty",
          () -> updatePart(api.id(), replace("/properties", "")));
      badRequest(
          "Invalid patch path  '/location' specified for op 'replace'. Must be one of:"
              + " [/properties]",
          () -> updatePart(api.id(), replace("/location", "x")));
      assertEquals("{}", updatePart(api.id(), replace("/properties", "{}")).properties());
    }

    @Test
    void whatIsNotDocumentedIsListedByItsLocation() {
      part(l -> l.type("METHOD").path("/").method("GET"), "{\"summary\":\"all\"}");

      List<String> missing =
          parts(r -> r.locationStatus("UNDOCUMENTED")).stream()
              .map(part -> Wire.write(part).toString())
              .toList();

      assertEquals(
          List.of(
              "{\"location\":{\"type\":\"API\"}}",
              "{\"location\":{\"type\":\"RESOURCE\",\"path\":\"/\"}}",
              "{\"location\":{\"type\":\"RESPONSE\",\"path\":\"/\",\"method\":\"GET\",\"statusCode\":\"200\"}}"),
          missing);
    }

    @Test
    void importedDocumentationIsMergedOrTakesThePlaceOfAll() {
      DocumentationPart api = part(l -> l.type("API"), "{\"info\":{},\"mine\":true}");
      part(l -> l.type("MODEL").name("Pet"), "{\"c\":3}");

      ImportDocumentationPartsResponse merged = load("merge");
      assertEquals(api.id(), merged.ids().getFirst());
      assertEquals(
          "{\"info\":{\"description\":\"An API\"},\"mine\":true}",
          parts(r -> r.type("API")).getFirst().properties());
      assertEquals(3, parts(r -> {}).size());

      ImportDocumentationPartsResponse replaced = load("overwrite");
      assertEquals(merged.ids(), replaced.ids());
      assertEquals(
          List.of("{\"info\":{\"description\":\"An API\"}}", "{\"summary\":\"all of them\"}"),
          parts(r -> {}).stream().map(DocumentationPart::properties).toList());
    }

    @Test
    void aDocumentThatCannotBeReadHasTheRecordedAnswer() {
      for (String broken : List.of("{'key:value}", "test:\n  - \"a \"b\": $c", "{\"a\":1}")) {
        badRequest(
            "Unable to build importer with provided input.",
            () ->
                in(
                    () ->
                        house.documentationParts.importDocumentationParts(
                            ALICE, document(broken, "overwrite"))));
      }
    }

    @Test
    void aVersionKeepsThePartsOfItsTimeAndBelongsToAStage() {
      DocumentationPart part = part(l -> l.type("API"), "{\"a\":1}");
      house.run(
          () ->
              house.deployments.createDeployment(
                  ALICE,
                  CreateDeploymentRequest.builder().restApiId(apiId).stageName("prod").build()));

      DocumentationVersion made = version("v1", "prod");
      updatePart(part.id(), replace("/properties", "{\"a\":2}"));

      assertEquals(
          "{\"version\":\"v1\",\"createdDate\":%d}".formatted(Kit.NOON.getEpochSecond()),
          Wire.write(made).toString());
      assertEquals(List.of(part), definition(ALICE).documentationVersions().get("v1").parts());
      assertEquals("v1", stage().documentationVersion());
      refused(
          ApiError.Kind.CONFLICT,
          "Documentation version already exists: v1",
          () -> version("v1", null));
      notFound("Invalid stage identifier specified", () -> version("v2", "none"));
      notFound("Invalid Documentation version specified", () -> deleteVersion("v2"));
      badRequest(
          "Active stages pointing to this documentation version must be moved or deleted",
          () -> deleteVersion("v1"));
      assertEquals(1, definition(ALICE).documentationVersions().size());
    }

    @Test
    void whatIsDeployedAndClonedCarriesNoDocumentation() {
      part(l -> l.type("API"), "{\"a\":1}");
      version("v1", null);
      String deployment =
          in(() ->
                  house.deployments.createDeployment(
                      ALICE, CreateDeploymentRequest.builder().restApiId(apiId).build()))
              .id();

      ApiDefinition deployed =
          in(() -> house.kit.deployments.get(ALICE, apiId, deployment).definition());

      assertEquals(Map.of(), deployed.documentationParts());
      assertEquals(Map.of(), deployed.documentationVersions());
      assertEquals(1, definition(ALICE).documentationParts().size());
    }

    private DocumentationPart part(
        Consumer<DocumentationPartLocation.Builder> location, String properties) {
      return in(
          () ->
              house.documentationParts.createDocumentationPart(
                  ALICE,
                  CreateDocumentationPartRequest.builder()
                      .restApiId(apiId)
                      .location(location)
                      .properties(properties)
                      .build()));
    }

    private List<DocumentationPart> parts(Consumer<GetDocumentationPartsRequest.Builder> filter) {
      return in(() ->
              house.documentationParts.getDocumentationParts(
                  ALICE,
                  GetDocumentationPartsRequest.builder()
                      .restApiId(apiId)
                      .applyMutation(filter)
                      .build()))
          .items();
    }

    private DocumentationPart updatePart(String id, PatchOperation operation) {
      return in(
          () ->
              house.documentationParts.updateDocumentationPart(
                  ALICE,
                  UpdateDocumentationPartRequest.builder()
                      .restApiId(apiId)
                      .documentationPartId(id)
                      .patchOperations(operation)
                      .build()));
    }

    private ImportDocumentationPartsResponse load(String mode) {
      String text =
          """
          openapi: 3.0.1
          info: {title: t, version: '1', description: An API}
          paths: {/: {get: {responses: {}}}}
          x-amazon-apigateway-documentation:
            version: '1'
            documentationParts:
              - location: {type: METHOD, path: /, method: GET}
                properties: {summary: all of them}
          """;
      return in(
          () -> house.documentationParts.importDocumentationParts(ALICE, document(text, mode)));
    }

    private ImportDocumentationPartsRequest document(String text, String mode) {
      return ImportDocumentationPartsRequest.builder()
          .restApiId(apiId)
          .mode(mode)
          .body(SdkBytes.fromUtf8String(text))
          .build();
    }

    private DocumentationVersion version(String name, String stage) {
      return in(
          () ->
              house.documentationVersions.createDocumentationVersion(
                  ALICE,
                  CreateDocumentationVersionRequest.builder()
                      .restApiId(apiId)
                      .documentationVersion(name)
                      .stageName(stage)
                      .build()));
    }

    private void deleteVersion(String name) {
      house.run(
          () ->
              house.documentationVersions.deleteDocumentationVersion(
                  ALICE,
                  DeleteDocumentationVersionRequest.builder()
                      .restApiId(apiId)
                      .documentationVersion(name)
                      .build()));
    }

    private Stage stage() {
      return in(
          () ->
              house.stages.getStage(
                  ALICE, GetStageRequest.builder().restApiId(apiId).stageName("prod").build()));
    }

    private ApiDefinition definition(Caller caller) {
      return in(() -> house.kit.apis.get(caller, apiId));
    }

    private <R> R in(Supplier<R> operation) {
      return house.in(operation);
    }

    private void notFound(String message, Runnable operation) {
      refused(ApiError.Kind.NOT_FOUND, message, operation);
    }

    private void badRequest(String message, Runnable operation) {
      refused(ApiError.Kind.BAD_REQUEST, message, operation);
    }

    private void refused(ApiError.Kind kind, String message, Runnable operation) {
      ApiError error = assertThrows(ApiError.class, operation::run);
      assertEquals(message, error.getMessage());
      assertEquals(kind, error.kind());
    }
  }

  private static PatchOperation replace(String path, String value) {
    return op(Op.REPLACE, path, value);
  }

  private static PatchOperation op(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }
}
