package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.openapi.DocumentationReader;
import io.gatehouse.admin.openapi.ImportedDocumentation;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.DocumentationRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.CreateDocumentationPartRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDocumentationPartRequest;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationPartRequest;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationPartsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDocumentationPartsResponse;
import software.amazon.awssdk.services.apigateway.model.ImportDocumentationPartsRequest;
import software.amazon.awssdk.services.apigateway.model.ImportDocumentationPartsResponse;
import software.amazon.awssdk.services.apigateway.model.LocationStatusType;
import software.amazon.awssdk.services.apigateway.model.PutMode;
import software.amazon.awssdk.services.apigateway.model.UpdateDocumentationPartRequest;

/**
 * What is told about the parts of an API. Imitates the DocumentationPart pages of the API
 * reference.
 */
@ApplicationScoped
public class DocumentationParts implements Operations {

  private ApiStore apis;
  private Ids ids;

  protected DocumentationParts() {}

  @Inject
  public DocumentationParts(ApiStore apis, Ids ids) {
    this.apis = apis;
    this.ids = ids;
  }

  @Operation(value = "POST /restapis/{restapi_id}/documentation/parts", status = 201)
  public DocumentationPart createDocumentationPart(
      Caller caller, CreateDocumentationPartRequest in) {
    DocumentationPart wanted =
        DocumentationPart.builder()
            .id(ids.small())
            .location(in.location())
            .properties(in.properties())
            .build();
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api -> DocumentationRules.create(api, DocumentationRules.checked(wanted)));
    return DocumentationRules.get(after, wanted.id());
  }

  @Operation("GET /restapis/{restapi_id}/documentation/parts/{part_id}")
  public DocumentationPart getDocumentationPart(Caller caller, GetDocumentationPartRequest in) {
    return DocumentationRules.get(apis.get(caller, in.restApiId()), in.documentationPartId());
  }

  /** Of what is not documented, the locations are listed. */
  @Operation("GET /restapis/{restapi_id}/documentation/parts")
  public GetDocumentationPartsResponse getDocumentationParts(
      Caller caller, GetDocumentationPartsRequest in) {
    ApiDefinition api = apis.get(caller, in.restApiId());
    List<DocumentationPart> parts =
        in.locationStatus() == LocationStatusType.UNDOCUMENTED
            ? DocumentationRules.undocumented(api)
            : List.copyOf(api.documentationParts().values());
    Page<DocumentationPart> page =
        Page.within(
            parts.stream().filter(part -> asked(in, part.location())).toList(),
            new Page.Ask(in.position(), in.limit()),
            part -> part.id() == null ? part.location().toString() : part.id());
    return GetDocumentationPartsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/documentation/parts/{part_id}")
  public DocumentationPart updateDocumentationPart(
      Caller caller, UpdateDocumentationPartRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api ->
                DocumentationRules.update(
                    api,
                    in.documentationPartId(),
                    p -> DefinitionPatches.DOCUMENTATION_PART.apply(p, in.patchOperations())));
    return DocumentationRules.get(after, in.documentationPartId());
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/documentation/parts/{part_id}", status = 202)
  public void deleteDocumentationPart(Caller caller, DeleteDocumentationPartRequest in) {
    apis.edit(
        caller, in.restApiId(), api -> DocumentationRules.delete(api, in.documentationPartId()));
  }

  /** The document is read before the API is looked for, as those of whole APIs are. */
  @Operation("PUT /restapis/{restapi_id}/documentation/parts")
  public ImportDocumentationPartsResponse importDocumentationParts(
      Caller caller, ImportDocumentationPartsRequest in) {
    ImportedDocumentation imported =
        DocumentationReader.read(
            in.body().asByteArrayUnsafe(), Boolean.TRUE.equals(in.failOnWarnings()));
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api ->
                in.mode() == PutMode.OVERWRITE
                    ? DocumentationRules.overwrite(api, imported.parts(), ids::small)
                    : DocumentationRules.merge(api, imported.parts(), ids::small));
    return ImportDocumentationPartsResponse.builder()
        .ids(DocumentationRules.idsOf(after, imported.parts()))
        .warnings(imported.warnings())
        .build();
  }

  private static boolean asked(
      GetDocumentationPartsRequest in, DocumentationPartLocation location) {
    return (in.type() == null || in.type() == location.type())
        && (in.path() == null || in.path().equals(location.path()))
        && (in.nameQuery() == null
            || location.name() != null && location.name().startsWith(in.nameQuery()));
  }
}
