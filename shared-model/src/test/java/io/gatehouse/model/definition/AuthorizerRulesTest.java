package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.LIMIT_EXCEEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;

class AuthorizerRulesTest {

  private static final String LAMBDA = "arn:aws:lambda:us-east-1:111111111111:function:guard";
  private static final String START = "arn:aws:apigateway:us-east-1:lambda:path/";
  private static final String POOL =
      "arn:aws:cognito-idp:us-east-1:111111111111:userpool/us-east-1_Abc";

  @ParameterizedTest
  @ValueSource(
      strings = {
        START + "2015-03-31/functions/" + LAMBDA + "/invocations",
        START + "                 2015-03-31/functions/" + LAMBDA + "/invocations",
        START + "/2015-03-31/functions/" + LAMBDA + ":${stageVariables.alias}/invocations"
      })
  void aLambdaFunctionsInvocationIsAnAuthorizer(String uri) {
    assertEquals(uri, AuthorizerRules.checked(token().authorizerUri(uri).build()).authorizerUri());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        LAMBDA,
        "http://169.254.169.254/",
        "arn:aws:apigateway:region:lambda:path/2015-03-31/functions/" + LAMBDA + "/invocations",
        "arn:aws:apigateway:us-east-1:s3:path/2015-03-31/functions/" + LAMBDA + "/invocations",
        START + "2015-03-31/functions/" + LAMBDA
      })
  void nothingElseIs(String uri) {
    refused(
        "Invalid Authorizer URI: "
            + uri
            + ". Authorizer URI should be a valid API Gateway ARN that represents a Lambda"
            + " function invocation.",
        token().authorizerUri(uri));
  }

  @Test
  void aTokenComesInOneHeader() {
    for (String wrong :
        List.of("method.request.querystring.q", "Auth", "method.request.header.a,b")) {
      refused(
          "Invalid token source expression: "
              + wrong
              + ". The source must be a method request header, matching"
              + " 'method.request.header.[a-zA-Z0-9._-]+'.",
          token().identitySource(wrong));
    }
  }

  @Test
  void aRequestIsLookedAtInSeveralPlacesUnlessNothingIsCached() {
    Authorizer.Builder request = token().type(AuthorizerType.REQUEST);
    String several =
        "method.request.header.a, method.request.querystring.b,stageVariables.c,context.d";
    assertEquals(
        several, AuthorizerRules.checked(request.identitySource(several).build()).identitySource());
    refused(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression specified: method.request.path.a]",
        request.identitySource("method.request.header.a,method.request.path.a"));
    refused(
        "Identity source must be set if authorizer caching is enabled (TTL is greater than 0)",
        request.identitySource(""));
    assertEquals(
        null,
        AuthorizerRules.checked(request.identitySource("").authorizerResultTtlInSeconds(0).build())
            .identitySource());
  }

  @Test
  void userPoolsAreNamedByTheirArns() {
    Authorizer.Builder pool =
        token().type(AuthorizerType.COGNITO_USER_POOLS).providerARNs(POOL).authorizerUri("x");
    Authorizer made = AuthorizerRules.checked(pool.build());
    assertEquals("cognito_user_pools", made.authType());
    assertEquals(null, made.authorizerUri());
    refused(
        "ProviderARNs need to be valid Cognito Userpools. Invalid ARNs- arn:aws:x",
        pool.providerARNs(POOL, "arn:aws:x"));
    refused(
        "ProviderARNs need to be valid Cognito Userpools. Invalid ARNs- ",
        pool.providerARNs(List.of()));
  }

  @Test
  void membersHaveBounds() {
    refused("Authorizer name must be non-empty", token().name(""));
    for (int seconds : new int[] {-1, 3601}) {
      refused(
          "Invalid authorizer result TTL specified, must be between 0 and 3600",
          token().authorizerResultTtlInSeconds(seconds));
    }
    refused(
        "Invalid ARN specified in the request", token().authorizerCredentials("arn:aws:s3:::x"));
    refused(
        "Invalid identity validation expression specified: (",
        token().identityValidationExpression("("));
    assertEquals(
        "{\"name\":\"guard\",\"type\":\"TOKEN\"}",
        io.gatehouse.model.wire.Wire.write(
                AuthorizerRules.checked(
                    token().authorizerCredentials("").identityValidationExpression("").build()))
            .toString()
            .replaceAll(",\"(authType|authorizerUri|identitySource)\":\"[^\"]*\"", ""));
  }

  @Test
  void aNameIsThereOnceAndTheApiHasTenAtMost() {
    ApiDefinition api = Examples.api();
    for (int i = 0; i < 10; i++) {
      api = AuthorizerRules.create(api, token().id("id" + i).name("n" + i).build());
    }
    ApiDefinition full = api;
    assertRefused(
        BAD_REQUEST,
        "Authorizer name must be unique. Authorizer n3 already exists in this RestApi.",
        () -> AuthorizerRules.create(full, token().id("other").name("n3").build()));
    assertRefused(
        BAD_REQUEST,
        "Authorizer name must be unique. Authorizer n3 already exists in this RestApi.",
        () -> AuthorizerRules.update(full, "id4", a -> a.toBuilder().name("n3").build()));
    assertRefused(
        LIMIT_EXCEEDED,
        "Maximum number of Authorizers for this API has been reached. Please contact AWS if you"
            + " need additional Authorizers.",
        () -> AuthorizerRules.create(full, token().id("other").name("more").build()));
  }

  @Test
  void aMethodAsksAnAuthorizerOfItsOwnKindOnly() {
    ApiDefinition api = AuthorizerRules.create(Examples.api(), token().id("guard1").build());
    MethodRules.put(
        api,
        ROOT,
        Examples.method("GET").authorizationType("CUSTOM").authorizerId("guard1").build());
    assertRefused(
        BAD_REQUEST,
        "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
            + " COGNITO_USER_POOLS requires a valid authorizer.",
        () ->
            MethodRules.put(
                api,
                ROOT,
                Examples.method("GET")
                    .authorizationType("COGNITO_USER_POOLS")
                    .authorizerId("guard1")
                    .build()));
  }

  private static void refused(String message, Authorizer.Builder authorizer) {
    assertRefused(BAD_REQUEST, message, () -> AuthorizerRules.checked(authorizer.build()));
  }

  private static Authorizer.Builder token() {
    return Authorizer.builder()
        .name("guard")
        .type(AuthorizerType.TOKEN)
        .authorizerUri(START + "2015-03-31/functions/" + LAMBDA + "/invocations")
        .identitySource("method.request.header.Auth");
  }
}
