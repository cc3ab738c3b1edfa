package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.ClientCertificateStore;
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
import java.util.Objects;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigateway.model.FlushStageAuthorizersCacheRequest;
import software.amazon.awssdk.services.apigateway.model.FlushStageCacheRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** Stages of a REST API. Imitates the Stage pages of the API reference. */
@ApplicationScoped
public class Stages implements Operations {

  /** What a stage's cache can have, in GB, the smallest first. */
  public static final List<String> CACHE_SIZES =
      List.of("0.5", "1.6", "6.1", "13.5", "28.4", "58.2", "118", "237");

  private ApiStore apis;
  private DeploymentStore deployments;
  private StageStore stages;
  private ClientCertificateStore certificates;
  private Publisher publisher;
  private InstantSource clock;

  protected Stages() {}

  @Inject
  public Stages(
      ApiStore apis,
      DeploymentStore deployments,
      StageStore stages,
      ClientCertificateStore certificates,
      Publisher publisher,
      InstantSource clock) {
    this.apis = apis;
    this.deployments = deployments;
    this.stages = stages;
    this.certificates = certificates;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Operation(value = "POST /restapis/{restapi_id}/stages", status = 201)
  public Stage createStage(Caller caller, CreateStageRequest in) {
    Stage stage = StageRules.created(in, now());
    if (apis.lock(caller, in.restApiId()).isEmpty()) {
      throw ApiError.notFound("Invalid Stage identifier specified");
    }
    deployments.get(caller, in.restApiId(), in.deploymentId());
    requireCanary(caller, in.restApiId(), stage);
    requireDocumentation(caller, in.restApiId(), stage);
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
    Stage before = stage.body();
    Stage after =
        StageRules.checked(StagePatches.RULES.apply(before, in.patchOperations())).toBuilder()
            .lastUpdatedDate(now())
            .build();
    requireNamed(caller, in.restApiId(), before, after);
    stages.replace(stage, after);
    publisher.changed(stage);
    return stage.body();
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/stages/{stage_name}", status = 202)
  public void deleteStage(Caller caller, DeleteStageRequest in) {
    StoredStage stage = stages.lock(caller, in.restApiId(), in.stageName());
    stages.delete(stage);
    publisher.gone(stage);
  }

  /** At once on every node: answers kept before are never looked at again. */
  @Operation(value = "DELETE /restapis/{restapi_id}/stages/{stage_name}/cache/data", status = 202)
  public void flushStageCache(Caller caller, FlushStageCacheRequest in) {
    StoredStage stage = stages.lock(caller, in.restApiId(), in.stageName());
    stages.flushCache(stage);
    publisher.changed(stage);
  }

  /** A stage of a new revision knows nothing of what authorizers have answered. */
  @Operation(
      value = "DELETE /restapis/{restapi_id}/stages/{stage_name}/cache/authorizers",
      status = 202)
  public void flushStageAuthorizersCache(Caller caller, FlushStageAuthorizersCacheRequest in) {
    StoredStage stage = stages.lock(caller, in.restApiId(), in.stageName());
    stages.touch(stage);
    publisher.changed(stage);
  }

  /** Only what a patch has changed: what was there may have been deleted since. */
  private void requireNamed(Caller caller, String apiId, Stage before, Stage after) {
    if (deployments.find(caller, apiId, after.deploymentId()).isEmpty()) {
      throw noDeployment();
    }
    requireCanary(caller, apiId, after);
    if (!Objects.equals(before.documentationVersion(), after.documentationVersion())) {
      requireDocumentation(caller, apiId, after);
    }
    if (after.clientCertificateId() != null
        && !after.clientCertificateId().equals(before.clientCertificateId())) {
      certificates.require(caller, after.clientCertificateId());
    }
  }

  private void requireCanary(Caller caller, String apiId, Stage stage) {
    if (stage.canarySettings() != null
        && deployments.find(caller, apiId, stage.canarySettings().deploymentId()).isEmpty()) {
      throw noDeployment();
    }
  }

  private void requireDocumentation(Caller caller, String apiId, Stage stage) {
    String version = stage.documentationVersion();
    if (version != null && !apis.get(caller, apiId).documentationVersions().containsKey(version)) {
      throw ApiError.notFound("Invalid Documentation version specified");
    }
  }

  private static ApiError noDeployment() {
    return ApiError.badRequest("Deployment id does not exist");
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
