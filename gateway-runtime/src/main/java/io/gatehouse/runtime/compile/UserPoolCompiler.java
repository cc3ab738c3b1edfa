package io.gatehouse.runtime.compile;

import io.gatehouse.model.aws.Arn;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Compiles authorizationType COGNITO_USER_POOLS. Where the definition is wrong nobody passes. */
final class UserPoolCompiler {

  private static final Reason INVALID = Reason.USER_POOL_AUTHORIZER_INVALID;
  private static final String HEADER = "method.request.header.";

  /** Where tokens are when the authorizer does not say it. */
  private static final String DEFAULT_HEADER = "Authorization";

  private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,256}");
  private static final Pattern RESOURCE = Pattern.compile("userpool/[A-Za-z0-9_-]{1,128}");

  private final StageAccess stage;
  private final Authorizers authorizers;

  UserPoolCompiler(StageAccess stage, Authorizers authorizers) {
    this.stage = stage;
    this.authorizers = authorizers;
  }

  /**
   * @param authorizer that the method names; null when there is none of that id
   */
  Authorizer compile(
      software.amazon.awssdk.services.apigateway.model.Authorizer authorizer,
      Method method,
      Problems problems) {
    Optional<String> fault = fault(authorizer);
    if (fault.isPresent()) {
      return refusal(fault.get(), problems);
    }
    JavaPattern validation;
    try {
      validation = validation(authorizer.identityValidationExpression());
    } catch (InvalidPattern e) {
      return refusal(
          "the identityValidationExpression of authorizer "
              + authorizer.name()
              + " cannot be used: "
              + e.getMessage(),
          problems);
    }
    return authorizers.userPools(
        stage,
        new AuthorizerTarget.UserPools(
            authorizer.id(),
            authorizer.providerARNs(),
            header(authorizer.identitySource()),
            validation,
            method.authorizationScopes()));
  }

  /** What is wrong with it, in a sentence for the API's author. */
  private Optional<String> fault(
      software.amazon.awssdk.services.apigateway.model.Authorizer authorizer) {
    if (authorizer == null || authorizer.type() != AuthorizerType.COGNITO_USER_POOLS) {
      return Optional.of(
          "the method's authorizerId names no authorizer of type COGNITO_USER_POOLS");
    }
    if (authorizer.providerARNs().isEmpty()) {
      return Optional.of("authorizer " + authorizer.name() + " has no providerARNs");
    }
    if (!HEADER_NAME.matcher(header(authorizer.identitySource())).matches()) {
      return Optional.of(
          "the identitySource of authorizer "
              + authorizer.name()
              + " has to be method.request.header.NAME");
    }
    return authorizer.providerARNs().stream()
        .filter(arn -> !isPool(arn))
        .findFirst()
        .map(
            arn ->
                "the provider ARN "
                    + arn
                    + " is not arn:aws:cognito-idp:REGION:"
                    + stage.account()
                    + ":userpool/POOLID: only pools of the API's own account decide about it");
  }

  private boolean isPool(String text) {
    return Arn.parse(text)
        .filter(arn -> arn.service().equals("cognito-idp"))
        .filter(arn -> arn.account().equals(stage.account()))
        .filter(arn -> RESOURCE.matcher(arn.resource()).matches())
        .isPresent();
  }

  private static String header(String identitySource) {
    if (identitySource == null || identitySource.isBlank()) {
      return DEFAULT_HEADER;
    }
    return identitySource.startsWith(HEADER) ? identitySource.substring(HEADER.length()) : "";
  }

  /** Null for none. */
  private static JavaPattern validation(String expression) throws InvalidPattern {
    return expression == null || expression.isEmpty() ? null : JavaPattern.compile(expression);
  }

  private static Authorizer refusal(String sentence, Problems problems) {
    problems.fault(INVALID, sentence);
    return x -> {
      throw GatewayException.of(ResponseType.AUTHORIZER_CONFIGURATION_ERROR, INVALID)
          .with(sentence);
    };
  }
}
