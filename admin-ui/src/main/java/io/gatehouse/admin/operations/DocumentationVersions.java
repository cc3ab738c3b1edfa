package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.DocumentationRules;
import io.gatehouse.model.definition.FrozenDocumentation;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import software.amazon.awssdk.services.apigateway.model.CreateDocumentationVersionRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDocumentationVersionRequest;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationVersionRequest;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationVersionsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationVersionsResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateDocumentationVersionRequest;

/**
 * The documentation of an API as it was at a time. Imitates the DocumentationVersion pages of the
 * API reference.
 */
@ApplicationScoped
public class DocumentationVersions implements Operations {

  private ApiStore apis;
  private StageStore stages;
  private Publisher publisher;
  private InstantSource clock;

  protected DocumentationVersions() {}

  @Inject
  public DocumentationVersions(
      ApiStore apis, StageStore stages, Publisher publisher, InstantSource clock) {
    this.apis = apis;
    this.stages = stages;
    this.publisher = publisher;
    this.clock = clock;
  }

  /** Freezes the parts of now; a stage that is named tells this version from then on. */
  @Operation(value = "POST /restapis/{restapi_id}/documentation/versions", status = 201)
  public DocumentationVersion createDocumentationVersion(
      Caller caller, CreateDocumentationVersionRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api ->
                DocumentationRules.freeze(api, in.documentationVersion(), in.description(), now()));
    if (in.stageName() != null && !in.stageName().isEmpty()) {
      StoredStage stage = stages.lock(caller, in.restApiId(), in.stageName());
      stages.replace(
          stage,
          stage.body().toBuilder()
              .documentationVersion(in.documentationVersion())
              .lastUpdatedDate(now())
              .build());
      publisher.changed(stage);
    }
    return DocumentationRules.version(after, in.documentationVersion()).version();
  }

  @Operation("GET /restapis/{restapi_id}/documentation/versions/{doc_version}")
  public DocumentationVersion getDocumentationVersion(
      Caller caller, GetDocumentationVersionRequest in) {
    return DocumentationRules.version(apis.get(caller, in.restApiId()), in.documentationVersion())
        .version();
  }

  @Operation("GET /restapis/{restapi_id}/documentation/versions")
  public GetDocumentationVersionsResponse getDocumentationVersions(
      Caller caller, GetDocumentationVersionsRequest in) {
    Page<DocumentationVersion> page =
        Page.within(
            apis.get(caller, in.restApiId()).documentationVersions().values().stream()
                .map(FrozenDocumentation::version)
                .toList(),
            new Page.Ask(in.position(), in.limit()),
            DocumentationVersion::version);
    return GetDocumentationVersionsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/documentation/versions/{doc_version}")
  public DocumentationVersion updateDocumentationVersion(
      Caller caller, UpdateDocumentationVersionRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api ->
                DocumentationRules.updateVersion(
                    api,
                    in.documentationVersion(),
                    v -> DefinitionPatches.DOCUMENTATION_VERSION.apply(v, in.patchOperations())));
    return DocumentationRules.version(after, in.documentationVersion()).version();
  }

  @Operation(
      value = "DELETE /restapis/{restapi_id}/documentation/versions/{doc_version}",
      status = 202)
  public void deleteDocumentationVersion(Caller caller, DeleteDocumentationVersionRequest in) {
    apis.edit(
        caller,
        in.restApiId(),
        api -> DocumentationRules.deleteVersion(api, in.documentationVersion()));
    if (stages.list(caller, in.restApiId()).stream()
        .anyMatch(s -> in.documentationVersion().equals(s.body().documentationVersion()))) {
      throw ApiError.badRequest(
          "Active stages pointing to this documentation version must be moved or deleted");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
