package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredDeployment;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.DefinitionDiff;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Deployment;

/** What lies behind a REST API's deployments, and what the next one would change. */
@ApplicationScoped
public class DeploymentHistory implements Operations {

  /** A deployment that was deleted and can be restored. */
  public record DeletedDeployment(
      String id, Optional<String> description, Instant created, Instant deleted) {}

  /**
   * A stage, and how many changes of the API it does not serve yet.
   *
   * @param stage its name
   */
  public record StageBehind(String stage, int changes) {}

  private ApiStore apis;
  private DeploymentStore deployments;
  private StageStore stages;
  private Ids ids;
  private InstantSource clock;

  protected DeploymentHistory() {}

  @Inject
  public DeploymentHistory(
      ApiStore apis, DeploymentStore deployments, StageStore stages, Ids ids, InstantSource clock) {
    this.apis = apis;
    this.deployments = deployments;
    this.stages = stages;
    this.ids = ids;
    this.clock = clock;
  }

  /** The one deleted last first. */
  @ConsoleQuery
  public List<DeletedDeployment> deletedDeployments(Caller caller, String apiId) {
    apis.require(caller, apiId);
    return deployments.deleted(caller, apiId).stream()
        .map(
            gone ->
                new DeletedDeployment(
                    gone.body().id(),
                    Optional.ofNullable(gone.body().description()),
                    gone.body().createdDate(),
                    gone.when()))
        .toList();
  }

  /** A new deployment, on no stage yet, of what the deleted one froze, which stays restorable. */
  @ConsoleQuery(AccessLevel.WRITE)
  public Deployment restoreDeployment(Caller caller, String apiId, String deploymentId) {
    apis.hold(caller, apiId);
    StoredDeployment deleted =
        deployments
            .findDeleted(caller, apiId, deploymentId)
            .orElseThrow(() -> ApiError.notFound("Invalid Deployment identifier specified"));
    ApiDefinition definition = deleted.definition();
    Deployment restored =
        Deployment.builder()
            .id(ids.small())
            .createdDate(clock.instant().truncatedTo(ChronoUnit.SECONDS))
            .description(deleted.body().description())
            .build();
    deployments.create(caller, apiId, restored, definition);
    return restored;
  }

  /** What a deployment to the stage would change in what it serves. */
  @ConsoleQuery
  public List<Difference> undeployedChanges(Caller caller, String apiId, String stageName) {
    ApiDefinition current = apis.get(caller, apiId);
    String deploymentId = stages.get(caller, apiId, stageName).deploymentId();
    return DefinitionDiff.between(
        deployments.definition(caller.account(), apiId, deploymentId), current);
  }

  /** How much each stage is behind the API, in the order of the stages. */
  @ConsoleQuery
  public List<StageBehind> stagesBehind(Caller caller, String apiId) {
    ApiDefinition current = apis.get(caller, apiId);
    Map<String, Integer> changes = new HashMap<>();
    return stages.list(caller, apiId).stream()
        .map(
            stage ->
                new StageBehind(
                    stage.body().stageName(),
                    changes.computeIfAbsent(
                        stage.deploymentId(),
                        id ->
                            DefinitionDiff.between(
                                    deployments.definition(caller.account(), apiId, id), current)
                                .size())))
        .toList();
  }

  /** What is different in a deployment from an earlier, or any other, one. */
  @ConsoleQuery
  public List<Difference> deploymentChanges(
      Caller caller, String apiId, String earlier, String later) {
    return DefinitionDiff.between(
        deployments.get(caller, apiId, earlier).definition(),
        deployments.get(caller, apiId, later).definition());
  }
}
