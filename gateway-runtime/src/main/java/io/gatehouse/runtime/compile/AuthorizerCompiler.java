package io.gatehouse.runtime.compile;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * Compiles who may call a method. An authorizer is compiled once for all of the stage's methods
 * that ask it, so that they share what it has answered.
 */
final class AuthorizerCompiler {

  /**
   * @param fault why it refuses everybody; null when it does not
   */
  private record Compiled(Authorizer authorizer, String fault) {}

  private final StageAccess stage;
  private final ApiDefinition definition;
  private final FunctionAuthorizers functions;
  private final Authorizers authorizers;
  private final Map<String, Compiled> compiled = new HashMap<>();

  AuthorizerCompiler(
      StageAccess stage,
      ApiDefinition definition,
      Map<String, String> stageVariables,
      Authorizers authorizers) {
    this.stage = stage;
    this.definition = definition;
    this.functions = new FunctionAuthorizers(stage.account(), stageVariables);
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
      case "CUSTOM" -> function(String.valueOf(method.authorizerId()), problems);
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

  private Authorizer function(String id, Problems problems) {
    Compiled made = compiled.computeIfAbsent(id, this::function);
    if (made.fault() != null) {
      problems.fault(Reason.AUTHORIZER_INVALID, made.fault());
    }
    return made.authorizer();
  }

  private Compiled function(String id) {
    try {
      return new Compiled(
          authorizers.function(stage, functions.target(definition.authorizers().get(id), id)),
          null);
    } catch (FunctionAuthorizers.InvalidAuthorizer e) {
      return new Compiled(refusing(e.getMessage()), e.getMessage());
    }
  }

  /** Whom to ask is not known, so nobody passes. */
  private static Authorizer refusing(String fault) {
    return x -> {
      throw GatewayException.of(
              ResponseType.AUTHORIZER_CONFIGURATION_ERROR, Reason.AUTHORIZER_INVALID)
          .with(fault);
    };
  }
}
