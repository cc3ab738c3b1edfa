package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The deployments that a stage can serve, how they differ, and the way back to one. */
public final class StageHistory {

  static final int MOST = 500;

  private final Deployments deployments;
  private final DeploymentHistory history;
  private final Supplier<Caller> caller;
  private final String apiId;

  StageHistory(
      Deployments deployments, DeploymentHistory history, Supplier<Caller> caller, String apiId) {
    this.deployments = deployments;
    this.history = history;
    this.caller = caller;
    this.apiId = apiId;
  }

  /** The newest first. */
  List<Deployment> deployments() {
    return deployments
        .getDeployments(
            caller.get(), GetDeploymentsRequest.builder().restApiId(apiId).limit(MOST).build())
        .items();
  }

  List<Difference> changes(String earlier, String later) {
    return history.deploymentChanges(caller.get(), apiId, earlier, later);
  }

  /** Whether a deployment was made before the one that the stage serves. */
  static boolean isBack(List<Deployment> newestFirst, Stage stage, Deployment to) {
    List<String> ids = newestFirst.stream().map(Deployment::id).toList();
    return ids.indexOf(to.id()) > ids.indexOf(stage.deploymentId());
  }

  /** With which the newest is compared: the one that the stage serves, or else the one before. */
  static String before(List<Deployment> newestFirst, Stage stage) {
    boolean servesNewest = newestFirst.getFirst().id().equals(stage.deploymentId());
    return servesNewest ? newestFirst.get(1).id() : stage.deploymentId();
  }

  static StageWrite serve(String deploymentId) {
    return StageWrite.set(StageWrite.DEPLOYMENT, "Deployment", deploymentId);
  }

  /**
   * Which of two in the address are compared: those that are there, else the one that the stage
   * serves with the newest.
   *
   * @param asked from the address
   */
  static String chosen(List<Deployment> newestFirst, Optional<String> asked, String otherwise) {
    return asked
        .filter(id -> newestFirst.stream().anyMatch(one -> one.id().equals(id)))
        .orElse(otherwise);
  }

  /** What the stage would serve differently. */
  public static String words(Stage stage, int changes) {
    return switch (changes) {
      case 0 -> "Nothing changes in what stage " + stage.stageName() + " serves.";
      case 1 -> "1 change in what stage " + stage.stageName() + " serves:";
      default -> changes + " changes in what stage " + stage.stageName() + " serves:";
    };
  }
}
