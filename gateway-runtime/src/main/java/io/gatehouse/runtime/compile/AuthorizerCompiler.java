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
    if (stage.closed() && stage.policy() == null) {
      return authorizers.policyAlone(stage); // whoever calls, and there is none
    }
    String type = method.authorizationType() == null ? "NONE" : method.authorizationType();
    return switch (type) {
      case "NONE" -> unauthorized();
      case "AWS_IAM" -> authorizers.iam(stage);
      case "COGNITO_USER_POOLS" ->
          new UserPoolCompiler(stage, authorizers)
              .compile(definition.authorizers().get(method.authorizerId()), method, problems);
      default -> {
        problems.notBuilt("authorizationType " + type);
        yield authorizers.policyAlone(stage);
      }
    };
  }

  /** Of what asks for no authorization, preflights included. */
  Authorizer unauthorized() {
    return stage.policy() == null && !stage.closed()
        ? Authorizer.NONE
        : authorizers.policyAlone(stage);
  }
}
