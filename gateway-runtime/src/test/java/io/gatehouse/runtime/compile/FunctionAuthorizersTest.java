package io.gatehouse.runtime.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.compile.FunctionAuthorizers.InvalidAuthorizer;
import io.gatehouse.runtime.exchange.AuthorizerTarget.Function;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource;
import io.gatehouse.runtime.exchange.AuthorizerTarget.IdentitySource.Kind;
import io.gatehouse.runtime.exchange.LambdaTarget;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.Authorizer;

/** What a definition says of an authorizer is what a node asks, or it asks nobody. */
class FunctionAuthorizersTest {

  private static final String ACCOUNT = "123456789012";
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:who";

  private final FunctionAuthorizers authorizers =
      new FunctionAuthorizers(
          ACCOUNT, Map.of("edition", "live", "role", "arn:aws:iam::123456789012:role/asks"));

  private static String uri(String function) {
    return "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/"
        + function
        + "/invocations";
  }

  private Function target(Consumer<Authorizer.Builder> change) throws InvalidAuthorizer {
    Authorizer.Builder authorizer =
        Authorizer.builder()
            .id("a1")
            .name("who")
            .type("TOKEN")
            .identitySource("method.request.header.Authorization")
            .authorizerUri(uri(FUNCTION));
    change.accept(authorizer);
    return authorizers.target(authorizer.build(), "a1");
  }

  private void refused(String because, Consumer<Authorizer.Builder> change) {
    String message = assertThrows(InvalidAuthorizer.class, () -> target(change)).getMessage();
    assertTrue(message.contains(because), message);
  }

  @Test
  void aTokenAuthorizerTakesOneHeaderAndKeepsAnswersForFiveMinutes() throws Exception {
    assertEquals(
        new Function(
            "a1",
            new LambdaTarget(ACCOUNT, "eu-west-1", FUNCTION, null, 29_000),
            true,
            List.of(new IdentitySource(Kind.HEADER, "Authorization")),
            null,
            300),
        target(a -> {}));
  }

  @Test
  void sourcesOfARequestKeepTheirOrder() throws Exception {
    assertEquals(
        List.of(
            new IdentitySource(Kind.CONTEXT, "identity.sourceIp"),
            new IdentitySource(Kind.QUERY_STRING, "a.b"),
            new IdentitySource(Kind.STAGE_VARIABLE, "v"),
            new IdentitySource(Kind.HEADER, "x-y")),
        target(
                a ->
                    a.type("REQUEST")
                        .identitySource(
                            "context.identity.sourceIp,method.request.querystring.a.b ,"
                                + " stageVariables.v,method.request.header.x-y"))
            .sources());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "3600, 3600", "3601, 3600", "-1, 0"})
  void answersAreKeptForAnHourAtMost(int given, int kept) throws Exception {
    assertEquals(kept, target(a -> a.authorizerResultTtlInSeconds(given)).ttlSeconds());
  }

  @Test
  void stageVariablesFillInFunctionAndRole() throws Exception {
    LambdaTarget function =
        target(
                a ->
                    a.authorizerUri(uri(FUNCTION + ":${stageVariables.edition}"))
                        .authorizerCredentials("${stageVariables.role}"))
            .function();
    assertEquals(FUNCTION + ":live", function.functionArn());
    assertEquals("arn:aws:iam::123456789012:role/asks", function.role());
  }

  @Test
  void blanksInTheUriAreAsIfTheyWereNotThere() throws Exception {
    assertEquals(
        FUNCTION,
        target(a -> a.authorizerUri(uri(FUNCTION).replace("path/", "path/     ")))
            .function()
            .functionArn());
  }

  @Test
  void onlyTokensAreValidated() throws Exception {
    assertNull(target(a -> a.type("REQUEST").identityValidationExpression("(")).validation());
    refused(
        "the validation expression of authorizer who", a -> a.identityValidationExpression("("));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "arn:aws:lambda:eu-west-1:123456789012:function:",
        "arn:aws:lambda:eu-west-1:123456789012:function:who:${stageVariables.nosuch}",
        "arn:aws:lambda:eu-west-1:1234:function:who",
        "https://169.254.169.254/"
      })
  void whatIsNoFunctionIsNotAsked(String function) {
    refused(" is not arn:aws:apigateway:REGION:lambda:path", a -> a.authorizerUri(uri(function)));
  }

  @Test
  void whatCannotBeAskedAsItIsMeantIsRefused() {
    assertThrows(InvalidAuthorizer.class, () -> authorizers.target(null, "a1"));
    refused("no Lambda authorizer a1", a -> a.type("COGNITO_USER_POOLS"));
    refused("no Lambda authorizer a1", a -> a.type("OTHER"));
    refused("the caller's own credentials", a -> a.authorizerCredentials("arn:aws:iam::*:user/*"));
    refused("has no header", a -> a.identitySource(null));
    refused("has no header", a -> a.identitySource("method.request.querystring.a"));
    refused(
        "has no header", a -> a.identitySource("method.request.header.a,method.request.header.b"));
    refused("is no identity source", a -> a.type("REQUEST").identitySource("method.request.body"));
    refused("is no identity source", a -> a.type("REQUEST").identitySource("context."));
    refused("is no identity source", a -> a.type("REQUEST").identitySource("context.a,"));
    refused("keeps answers and has no identity", a -> a.type("REQUEST").identitySource(null));
  }
}
