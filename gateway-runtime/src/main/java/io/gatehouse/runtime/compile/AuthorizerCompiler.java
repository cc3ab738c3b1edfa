package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.StageAccess;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Compiles who may call a method. */
final class AuthorizerCompiler {

  private final StageAccess stage;
  private final ApiDefinition definition;
  private final Authorizers authorizers;

  AuthorizerCompiler(StageAccess stage, ApiDefinition definition, Authorizers authorizers) {
    this.stage = stage;
    this.definition = definition;
    this.authorizers = authorizers;
  }

  Authorizer compile(Method method, Problems problems) {
    String type = method.authorizationType() == null ? "NONE" : method.authorizationType();
    return switch (type) {
      case "NONE" ->
          stage.policy() == null && !stage.closed()
              ? Authorizer.NONE
              : authorizers.policyAlone(stage);
      case "AWS_IAM" -> {
        problems.notBuilt("authorizationType " + type);
        yield authorizers.iam(stage);
      }
      case "COGNITO_USER_POOLS" ->
          new UserPoolCompiler(stage, authorizers)
              .compile(definition.authorizers().get(method.authorizerId()), method, problems);
      default -> {
        problems.notBuilt("authorizationType " + type);
        yield authorizers.policyAlone(stage);
      }
    };
  }
}
