package io.gatehouse.admin.console.functions;

import io.gatehouse.admin.functions.FunctionPolicies;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Integrations;
import io.gatehouse.admin.operations.Methods;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateResourceRequest;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.PutMethodRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.lambda.model.AddPermissionRequest;

/** Puts a REST API before a function: every path and verb of it goes there. */
@ApplicationScoped
public class ApiPublisher {

  /**
   * What is wanted.
   *
   * @param alias of the function; empty for its newest code
   */
  record Wanted(
      String apiName, String stage, String function, String functionArn, Optional<String> alias) {
    String target() {
      return alias.map(qualifier -> functionArn + ":" + qualifier).orElse(functionArn);
    }
  }

  /**
   * How far it came.
   *
   * @param made in the order in which it was
   * @param refusal of the step after these; empty when it is published
   */
  record Outcome(RestApi api, List<String> made, Optional<String> refusal) {}

  private RestApis restApis;
  private Resources resources;
  private Methods methods;
  private Integrations integrations;
  private Deployments deployments;
  private FunctionPolicies policies;

  /** For the container's proxies. */
  protected ApiPublisher() {}

  @Inject
  public ApiPublisher(
      RestApis restApis,
      Resources resources,
      Methods methods,
      Integrations integrations,
      Deployments deployments,
      FunctionPolicies policies) {
    this.restApis = restApis;
    this.resources = resources;
    this.methods = methods;
    this.integrations = integrations;
    this.deployments = deployments;
    this.policies = policies;
  }

  /** What was made before a step is refused stays, and is told; without an API nothing was. */
  Outcome publish(Caller caller, Wanted wanted) {
    RestApi api =
        restApis.createRestApi(
            caller, CreateRestApiRequest.builder().name(wanted.apiName().strip()).build());
    List<String> made = new ArrayList<>();
    made.add("REST API " + api.name() + " (" + api.id() + ")");
    try {
      lead(caller, wanted, api.id(), api.rootResourceId());
      made.add("ANY / to the function");
      String everything =
          resources
              .createResource(
                  caller,
                  CreateResourceRequest.builder()
                      .restApiId(api.id())
                      .parentId(api.rootResourceId())
                      .pathPart("{proxy+}")
                      .build())
              .id();
      made.add("resource /{proxy+}");
      lead(caller, wanted, api.id(), everything);
      made.add("ANY /{proxy+} to the function");
      permit(caller, wanted, api.id());
      made.add("permission of this API to invoke the function");
      deployments.createDeployment(
          caller,
          CreateDeploymentRequest.builder()
              .restApiId(api.id())
              .stageName(wanted.stage().strip())
              .build());
      made.add("deployment to stage " + wanted.stage().strip());
      return new Outcome(api, made, Optional.empty());
    } catch (ApiError refused) {
      return new Outcome(api, made, Optional.of(refused.getMessage()));
    }
  }

  private void lead(Caller caller, Wanted wanted, String apiId, String resourceId) {
    methods.putMethod(
        caller,
        PutMethodRequest.builder()
            .restApiId(apiId)
            .resourceId(resourceId)
            .httpMethod("ANY")
            .authorizationType("NONE")
            .build());
    integrations.putIntegration(
        caller,
        PutIntegrationRequest.builder()
            .restApiId(apiId)
            .resourceId(resourceId)
            .httpMethod("ANY")
            .type(IntegrationType.AWS_PROXY)
            .integrationHttpMethod("POST")
            .uri(
                "arn:aws:apigateway:%s:lambda:path/2015-03-31/functions/%s/invocations"
                    .formatted(caller.region(), wanted.target()))
            .build());
  }

  private void permit(Caller caller, Wanted wanted, String apiId) {
    policies.addPermission(
        caller,
        AddPermissionRequest.builder()
            .functionName(wanted.function())
            .qualifier(wanted.alias().orElse(null))
            .statementId("api-" + apiId)
            .action("lambda:InvokeFunction")
            .principal("apigateway.amazonaws.com")
            .sourceArn(
                "arn:aws:execute-api:%s:%s:%s/*"
                    .formatted(caller.region(), caller.account(), apiId))
            .build());
  }
}
