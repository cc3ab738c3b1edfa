package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.admin.operations.Nodes.NodeView;
import io.gatehouse.admin.operations.Nodes.StageReceipt;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;

/** Deploys, then follows the nodes until each has taken the stage or time is up. */
final class DeployPresenter {

  interface Screen {
    void waiting(List<NodeView> nodes);

    void progress(StageReceipt receipt, Instant since);

    void done(boolean everywhere);

    void refuse(String message);
  }

  /** A node that has not answered by then is left to catch up unseen. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Deployments deployments;
  private final Nodes nodes;
  private final Caller caller;
  private final InstantSource clock;
  private final Screen screen;

  private String apiId = "";
  private String stageName = "";
  private Instant since = Instant.EPOCH;

  DeployPresenter(
      Deployments deployments, Nodes nodes, Caller caller, InstantSource clock, Screen screen) {
    this.deployments = deployments;
    this.nodes = nodes;
    this.caller = caller;
    this.clock = clock;
    this.screen = screen;
  }

  /** On the page: shows who will be told. */
  void begin(String api, String stage) {
    apiId = api;
    stageName = stage;
    since = clock.instant();
    try {
      screen.waiting(nodes.nodes(caller));
    } catch (ApiError unknown) {
      // who is there will be seen when they answer
      screen.waiting(List.of());
    }
  }

  /**
   * Beside the page.
   *
   * @return why it was refused; empty when it is deployed
   */
  Optional<String> deploy(String description) {
    CreateDeploymentRequest.Builder request =
        CreateDeploymentRequest.builder().restApiId(apiId).stageName(stageName);
    if (!description.isBlank()) {
      request.description(description.strip());
    }
    try {
      deployments.createDeployment(caller, request.build());
      return Optional.empty();
    } catch (ApiError refused) {
      return Optional.of(refused.getMessage());
    }
  }

  /**
   * On the page, again and again: shows how far it is.
   *
   * @return whether there is nothing more to look for
   */
  boolean look() {
    StageReceipt receipt;
    try {
      receipt = nodes.receipt(caller, apiId, stageName);
    } catch (ApiError refused) {
      screen.refuse(
          "The deployment was made. What the nodes say cannot be shown: " + refused.getMessage());
      return true;
    }
    screen.progress(receipt, since);
    boolean everywhere = ReceiptList.settled(receipt);
    if (everywhere || clock.instant().isAfter(since.plus(PATIENCE))) {
      screen.done(everywhere);
      return true;
    }
    return false;
  }
}
