package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.DeploymentStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredDeployment;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateDeploymentRequest;

/** Frozen copies of REST APIs. Imitates the Deployment pages of the API reference. */
@ApplicationScoped
public class Deployments implements Operations {

  private static final PatchRules<Deployment> RULES =
      PatchRules.of(Deployment::builder).allow(REPLACE, "/description");

  private ApiStore apis;
  private DeploymentStore deployments;
  private StageStore stages;
  private Publisher publisher;
  private Ids ids;
  private InstantSource clock;

  protected Deployments() {}

  @Inject
  public Deployments(
      ApiStore apis,
      DeploymentStore deployments,
      StageStore stages,
      Publisher publisher,
      Ids ids,
      InstantSource clock) {
    this.apis = apis;
    this.deployments = deployments;
    this.stages = stages;
    this.publisher = publisher;
    this.ids = ids;
    this.clock = clock;
  }

  @Operation(value = "POST /restapis/{restapi_id}/deployments", status = 201)
  public Deployment createDeployment(Caller caller, CreateDeploymentRequest in) {
    StageRules.requireDescription(in.description());
    ApiDefinition definition = apis.hold(caller, in.restApiId());
    requireMethods(definition);
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    Deployment body =
        Deployment.builder()
            .id(ids.small())
            .createdDate(now)
            .description(StageRules.given(in.description()))
            .build();
    if (StageRules.given(in.stageName()) == null) {
      deployments.create(caller, in.restApiId(), body, definition);
      return body;
    }
    Optional<StoredStage> before = stages.find(caller, in.restApiId(), in.stageName());
    Stage stage = StageRules.deployed(in, before.map(StoredStage::body), body.id(), now);
    deployments.create(caller, in.restApiId(), body, definition);
    if (before.isPresent()) {
      stages.replace(before.get(), stage);
      publisher.changed(before.get());
    } else {
      publisher.changed(stages.create(caller, in.restApiId(), stage));
    }
    return body;
  }

  @Operation("GET /restapis/{restapi_id}/deployments/{deployment_id}")
  public Deployment getDeployment(Caller caller, GetDeploymentRequest in) {
    StoredDeployment deployment = deployments.get(caller, in.restApiId(), in.deploymentId());
    return in.embed().contains("apisummary")
        ? deployment.body().toBuilder().apiSummary(ApiSummary.of(deployment.definition())).build()
        : deployment.body();
  }

  @Operation("GET /restapis/{restapi_id}/deployments")
  public GetDeploymentsResponse getDeployments(Caller caller, GetDeploymentsRequest in) {
    apis.require(caller, in.restApiId());
    Page<Deployment> page =
        deployments.list(caller, in.restApiId(), new Page.Ask(in.position(), in.limit()));
    return GetDeploymentsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/deployments/{deployment_id}")
  public Deployment updateDeployment(Caller caller, UpdateDeploymentRequest in) {
    StoredDeployment deployment = deployments.lock(caller, in.restApiId(), in.deploymentId());
    Deployment after = RULES.apply(deployment.body(), in.patchOperations());
    StageRules.requireDescription(after.description());
    deployment.replaceBody(after);
    return deployment.body();
  }

  /** Out of the vendor's sight, but kept for the console to restore. */
  @Operation(value = "DELETE /restapis/{restapi_id}/deployments/{deployment_id}", status = 202)
  public void deleteDeployment(Caller caller, DeleteDeploymentRequest in) {
    StoredDeployment deployment = deployments.lock(caller, in.restApiId(), in.deploymentId());
    if (stages.anyOf(caller, in.restApiId(), in.deploymentId())) {
      throw ApiError.badRequest(
          "Active stages pointing to this deployment must be moved or deleted");
    }
    deployments.delete(deployment, clock.instant());
  }

  private static void requireMethods(ApiDefinition definition) {
    List<Method> methods =
        definition.resources().values().stream()
            .flatMap(resource -> resource.resourceMethods().values().stream())
            .toList();
    if (methods.isEmpty()) {
      throw ApiError.badRequest("The REST API doesn't contain any methods");
    }
    if (methods.stream().anyMatch(method -> method.methodIntegration() == null)) {
      throw ApiError.badRequest("No integration defined for method");
    }
  }
}
