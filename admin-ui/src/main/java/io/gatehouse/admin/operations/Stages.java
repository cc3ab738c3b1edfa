package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** Stages of a REST API. Imitates the Stage pages of the API reference. */
@ApplicationScoped
public class Stages implements Operations {

  private ApiStore apis;
  private DeploymentStore deployments;
  private StageStore stages;
  private Publisher publisher;
  private InstantSource clock;

  protected Stages() {}

  @Inject
  public Stages(
      ApiStore apis,
      DeploymentStore deployments,
      StageStore stages,
      Publisher publisher,
      InstantSource clock) {
    this.apis = apis;
    this.deployments = deployments;
    this.stages = stages;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Operation(value = "POST /restapis/{restapi_id}/stages", status = 201)
  public Stage createStage(Caller caller, CreateStageRequest in) {
    StageRules.refuseUnbuilt(in);
    Stage stage = StageRules.checked(StageRules.created(in, now()));
    if (apis.lock(caller, in.restApiId()).isEmpty()) {
      throw ApiError.notFound("Invalid Stage identifier specified");
    }
    deployments.get(caller, in.restApiId(), in.deploymentId());
    StoredStage created = stages.create(caller, in.restApiId(), stage);
    publisher.changed(created);
    return created.body();
  }

  @Operation("GET /restapis/{restapi_id}/stages/{stage_name}")
  public Stage getStage(Caller caller, GetStageRequest in) {
    return stages.get(caller, in.restApiId(), in.stageName()).body();
  }

  @Operation("GET /restapis/{restapi_id}/stages")
  public GetStagesResponse getStages(Caller caller, GetStagesRequest in) {
    apis.require(caller, in.restApiId());
    List<Stage> found =
        stages.list(caller, in.restApiId()).stream()
            .filter(s -> in.deploymentId() == null || s.deploymentId().equals(in.deploymentId()))
            .map(StoredStage::body)
            .toList();
    return GetStagesResponse.builder().item(found).build();
  }

  @Operation("PATCH /restapis/{restapi_id}/stages/{stage_name}")
  public Stage updateStage(Caller caller, UpdateStageRequest in) {
    StoredStage stage = stages.lock(caller, in.restApiId(), in.stageName());
    Stage patched =
        StageRules.refuseUnbuilt(
            StageRules.checked(StagePatches.RULES.apply(stage.body(), in.patchOperations())));
    if (deployments.find(caller, in.restApiId(), patched.deploymentId()).isEmpty()) {
      throw ApiError.badRequest("Deployment id does not exist");
    }
    stages.replace(stage, patched.toBuilder().lastUpdatedDate(now()).build());
    publisher.changed(stage);
    return stage.body();
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/stages/{stage_name}", status = 202)
  public void deleteStage(Caller caller, DeleteStageRequest in) {
    StoredStage stage = stages.lock(caller, in.restApiId(), in.stageName());
    stages.delete(stage);
    publisher.gone(stage);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
