package io.gatehouse.admin.console.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.functions.FunctionPolicies;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.wire.ApiError;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.lambda.model.GetPolicyRequest;
import software.amazon.awssdk.services.lambda.model.GetPolicyResponse;

class LambdaPermissionTest {

  private static final Caller CALLER =
      new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private Optional<String> policy = Optional.empty();
  private String refusal = "The resource you requested does not exist.";
  private final LambdaPermission permission =
      new LambdaPermission(new FakePolicies(), new FakeStages());

  private Optional<String> problem(Integration.Builder integration) {
    Method method =
        Method.builder().httpMethod("GET").methodIntegration(integration.build()).build();
    return permission
        .problem(CALLER, new TestedMethod("a1", "r1", "/pets/{petId}", method))
        .map(MethodProblems.Problem::words);
  }

  private static Integration.Builder lambda() {
    return Integration.builder()
        .type("AWS_PROXY")
        .uri(
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                + "arn:aws:lambda:us-east-1:111111111111:function:hello/invocations");
  }

  private static String allowing(String source) {
    return """
    {"Version":"2012-10-17","Id":"default","Statement":[{"Sid":"s","Effect":"Allow",
     "Principal":{"Service":"apigateway.amazonaws.com"},"Action":"lambda:InvokeFunction",
     "Resource":"arn:aws:lambda:us-east-1:111111111111:function:hello",
     "Condition":{"ArnLike":{"AWS:SourceArn":"%s"}}}]}
    """
        .formatted(source);
  }

  @Test
  void aPolicyThatNamesTheApiLetsItCall() {
    policy = Optional.of(allowing("arn:aws:execute-api:us-east-1:111111111111:a1/*"));
    assertEquals(Optional.empty(), problem(lambda()));
    policy = Optional.of(allowing("arn:aws:execute-api:us-east-1:111111111111:a1/prod/GET/pets/*"));
    assertEquals(Optional.empty(), problem(lambda()));
  }

  @Test
  void aPolicyForOthersOrNoneIsAProblem() {
    assertTrue(problem(lambda()).orElseThrow().contains("hello lets nobody call it"));
    policy = Optional.of(allowing("arn:aws:execute-api:us-east-1:111111111111:other/*"));
    assertTrue(problem(lambda()).orElseThrow().contains("lets no stage of this API call it"));
  }

  @Test
  void whatCannotBeKnownIsNoProblem() {
    refusal = "Function not found: hello";
    assertEquals(Optional.empty(), problem(lambda()));
    refusal = "The resource you requested does not exist.";
    assertEquals(
        Optional.empty(),
        problem(lambda().credentials("arn:aws:iam::111111111111:role/r")),
        "the role decides");
    assertEquals(Optional.empty(), problem(Integration.builder().type("HTTP").uri("http://b")));
  }

  private final class FakePolicies extends FunctionPolicies {
    @Override
    public GetPolicyResponse getPolicy(Caller caller, GetPolicyRequest in) {
      assertEquals("hello", in.functionName());
      return policy
          .map(text -> GetPolicyResponse.builder().policy(text).build())
          .orElseThrow(() -> ApiError.notFound(refusal));
    }
  }

  private static final class FakeStages extends Stages {
    @Override
    public GetStagesResponse getStages(Caller caller, GetStagesRequest in) {
      return GetStagesResponse.builder().item(Stage.builder().stageName("prod").build()).build();
    }
  }
}
