package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.openapi.DocumentFormat;
import io.gatehouse.admin.openapi.ExportParameters;
import io.gatehouse.admin.openapi.OpenApiWriter;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.model.definition.ApiDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.model.GetExportRequest;
import software.amazon.awssdk.services.apigateway.model.GetExportResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What a stage serves, as an OpenAPI document. Imitates the page of GetExport. */
@ApplicationScoped
public class Exports implements Operations {

  private StageStore stages;
  private DeploymentStore deployments;

  protected Exports() {}

  @Inject
  public Exports(StageStore stages, DeploymentStore deployments) {
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
        .body(SdkBytes.fromByteArrayUnsafe(format.bytes(OpenApiWriter.write(deployed, parameters))))
        .build();
  }
}
