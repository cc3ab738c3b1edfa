package io.gatehouse.admin.console.resources;

import io.gatehouse.admin.console.resources.MethodProblems.Box;
import io.gatehouse.admin.console.resources.MethodProblems.Problem;
import io.gatehouse.admin.functions.FunctionPolicies;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.aws.FunctionName;
import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.policy.PolicyRequest;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;

/** Whether a function of this installation lets a method call it. */
@Dependent
public class LambdaPermission {

  private static final String NO_POLICY = "The resource you requested does not exist.";

  private final FunctionPolicies policies;
  private final Stages stages;

  @Inject
  public LambdaPermission(FunctionPolicies policies, Stages stages) {
    this.policies = policies;
    this.stages = stages;
  }

  /** Nothing where it cannot be known: the function may be elsewhere, or not to be seen. */
  Optional<Problem> problem(Caller caller, TestedMethod method) {
    Optional<FunctionName> function =
        Optional.ofNullable(method.method().methodIntegration())
            .filter(integration -> integration.credentials() == null)
            .flatMap(integration -> new IntegrationWords(integration).function());
    if (function.isEmpty()) {
      return Optional.empty();
    }
    FunctionName named = function.get();
    try {
      String policy =
          policies
              .getPolicy(
                  caller,
                  GetPolicyRequest.builder()
                      .functionName(named.name())
                      .qualifier(named.qualifier().orElse(null))
                      .build())
              .policy();
      return allowsAny(policy, caller, method, named)
          ? Optional.empty()
          : Optional.of(refused(named, "lets no stage of this API call it"));
    } catch (ApiError refused) {
      return refused.getMessage().equals(NO_POLICY)
          ? Optional.of(refused(named, "lets nobody call it"))
          : Optional.empty();
    }
  }

  private static Problem refused(FunctionName function, String words) {
    return new Problem(
        Box.INTEGRATION_REQUEST,
        "The policy of the function "
            + function.name()
            + " "
            + words
            + ": add a permission for apigateway.amazonaws.com.");
  }

  private boolean allowsAny(
      String text, Caller caller, TestedMethod method, FunctionName function) {
    Policy policy;
    try {
      policy = Policy.parse(text, Policy.Kind.FUNCTION);
    } catch (InvalidPolicy unreadable) {
      return false;
    }
    return stages
            .getStages(caller, GetStagesRequest.builder().restApiId(method.apiId()).build())
            .item()
            .stream()
            .map(Stage::stageName)
            .anyMatch(stage -> policy.verdict(request(caller, method, function, stage)).allows())
        // a test is a stage of its own
        || policy.verdict(request(caller, method, function, "test-invoke-stage")).allows();
  }

  private static PolicyRequest request(
      Caller caller, TestedMethod method, FunctionName function, String stage) {
    String resource =
        "arn:aws:lambda:%s:%s:function:%s"
            .formatted(
                caller.region(),
                caller.account(),
                function.name() + function.qualifier().map(q -> ":" + q).orElse(""));
    String source =
        Arn.executeApi(
                caller.region(),
                caller.account(),
                method.apiId(),
                stage,
                method.verb(),
                method.path())
            .toString();
    return new PolicyRequest(
        Principal.service("apigateway.amazonaws.com"),
        "lambda:InvokeFunction",
        resource,
        Map.of("AWS:SourceArn", List.of(source), "AWS:SourceAccount", List.of(caller.account())));
  }
}
