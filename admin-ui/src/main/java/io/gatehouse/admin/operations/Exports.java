package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.openapi.DocumentFormat;
import io.gatehouse.admin.openapi.ExportParameters;
import io.gatehouse.admin.openapi.OpenApiWriter;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.FrozenDocumentation;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.GetExportRequest;
import software.amazon.awssdk.services.apigateway.model.GetExportResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What a stage serves, as an OpenAPI document. Imitates the page of GetExport. */
@ApplicationScoped
public class Exports implements Operations {

  private ApiStore apis;
  private StageStore stages;
  private DeploymentStore deployments;

  protected Exports() {}

  @Inject
  public Exports(ApiStore apis, StageStore stages, DeploymentStore deployments) {
    this.apis = apis;
    this.stages = stages;
    this.deployments = deployments;
  }

  /** The stage's deployment, whatever has become of the API since. */
  @Operation("GET /restapis/{restapi_id}/stages/{stage_name}/exports/{export_type}")
  public GetExportResponse getExport(Caller caller, GetExportRequest in) {
    ExportParameters parameters =
        ExportParameters.of(in.exportType(), in.parameters(), caller.region(), in.stageName());
    DocumentFormat format = DocumentFormat.accepted(in.accepts());
    Stage stage = stages.get(caller, in.restApiId(), in.stageName()).body();
    ApiDefinition deployed =
        deployments.definition(caller.account(), in.restApiId(), stage.deploymentId());
    return GetExportResponse.builder()
        .contentType("application/octet-stream")
        .contentDisposition(
            "attachment; filename=\"" + OpenApiWriter.fileName(deployed, parameters, format) + "\"")
        .body(
            SdkBytes.fromByteArrayUnsafe(
                format.bytes(
                    OpenApiWriter.write(
                        deployed, parameters, documentation(caller, in.restApiId(), stage)))))
        .build();
  }

  /** Versions are kept with the API, as deployments carry no documentation. */
  private Optional<FrozenDocumentation> documentation(Caller caller, String apiId, Stage stage) {
    return Optional.ofNullable(stage.documentationVersion())
        .map(version -> apis.get(caller, apiId).documentationVersions().get(version));
  }
}
