package io.gatehouse.runtime.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.AuthorizerTarget;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.StageAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** What a definition says of user pools, and what it must not say. */
class UserPoolCompilerTest {

  private static final String POOL = "arn:aws:cognito-idp:eu-1:123456789012:userpool/eu-1_Pool";
  private static final StageAccess STAGE =
      new StageAccess("123456789012", "eu-1", "api", "dev", null, false);
  private static final io.gatehouse.runtime.exchange.Authorizer MADE = x -> true;

  private final List<AuthorizerTarget.UserPools> made = new ArrayList<>();
  private final Problems problems = new Problems();

  private io.gatehouse.runtime.exchange.Authorizer compile(
      Authorizer authorizer, String... scopes) {
    Authorizers authorizers =
        new Authorizers() {
          @Override
          public io.gatehouse.runtime.exchange.Authorizer policyAlone(StageAccess stage) {
            throw new AssertionError();
          }

          @Override
          public io.gatehouse.runtime.exchange.Authorizer iam(StageAccess stage) {
            throw new AssertionError();
          }

          @Override
          public io.gatehouse.runtime.exchange.Authorizer function(
              StageAccess stage, AuthorizerTarget.Function target) {
            throw new AssertionError();
          }

          @Override
          public io.gatehouse.runtime.exchange.Authorizer userPools(
              StageAccess stage, AuthorizerTarget.UserPools target) {
            made.add(target);
            return MADE;
          }
        };
    return new UserPoolCompiler(STAGE, authorizers)
        .compile(authorizer, Method.builder().authorizationScopes(scopes).build(), problems);
  }

  private static Authorizer authorizer(Consumer<Authorizer.Builder> change) {
    return Authorizer.builder()
        .id("auth01")
        .name("people")
        .type("COGNITO_USER_POOLS")
        .identitySource("method.request.header.X-Token")
        .providerARNs(POOL)
        .applyMutation(change)
        .build();
  }

  @Test
  void poolsHeaderAndScopesAreTheDefinitions() {
    assertSame(MADE, compile(authorizer(a -> {}), "shop/read"));
    assertEquals(
        new AuthorizerTarget.UserPools(
            "auth01", List.of(POOL), "X-Token", null, List.of("shop/read")),
        made.getFirst());
    assertEquals(List.of(), problems.all());
  }

  @Test
  void withoutAnIdentitySourceTheTokenIsWhereTokensAre() {
    compile(authorizer(a -> a.identitySource(null)));
    assertEquals("Authorization", made.getFirst().header());
  }

  @Test
  void whereTheDefinitionIsWrongNobodyPassesAndItsAuthorIsTold() {
    assertRefuses("names no authorizer of type COGNITO_USER_POOLS", null);
    assertRefuses("names no authorizer of type", authorizer(a -> a.type("TOKEN")));
    assertRefuses("has no providerARNs", authorizer(a -> a.providerARNs(List.of())));
    assertRefuses(
        "identitySource of authorizer people has to be method.request.header.NAME",
        authorizer(a -> a.identitySource("method.request.querystring.token")));
    assertRefuses(
        "has to be method.request.header.NAME",
        authorizer(a -> a.identitySource("method.request.header.A,method.request.header.B")));
    assertRefuses(
        "the identityValidationExpression of authorizer people cannot be used",
        authorizer(a -> a.identityValidationExpression("(a")));
    for (String arn :
        new String[] {
          "",
          "eu-1_Pool",
          POOL.replace("123456789012", "210987654321"),
          POOL.replace("123456789012", ""),
          POOL.replace("123456789012", "*"),
          POOL.replace("cognito-idp", "cognito-identity"),
          POOL.replace("userpool", "identitypool"),
          POOL + "/x",
          POOL + "*",
          POOL.replace("eu-1_Pool", "")
        }) {
      assertRefuses(
          "only pools of the API's own account decide about it",
          authorizer(a -> a.providerARNs(POOL, arn)));
    }
  }

  private void assertRefuses(String sentence, Authorizer authorizer) {
    int before = problems.all().size();
    var compiled = compile(authorizer);
    assertEquals(List.of(), made);
    String told = problems.all().get(before);
    assertTrue(told.contains(sentence), told);
    GatewayException refusal =
        assertThrows(GatewayException.class, () -> compiled.passes(null), sentence);
    assertEquals(Reason.USER_POOL_AUTHORIZER_INVALID, refusal.reason());
    assertEquals(500, refusal.status());
    assertEquals(told, refusal.detail());
  }
}
