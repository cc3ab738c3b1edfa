package io.gatehouse.runtime.mapping;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.vtl.Facts;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What mappings, templates and events see of each kind of identity. */
class AuthorizerFactsTest {

  private static Exchange of(Identity identity) {
    Request request =
        new Request(
            "GET", "/p", "", "x", new HeaderList(), Body.EMPTY, "127.0.0.1", "https", "HTTP/1.1");
    Exchange x = new Exchange(request, "id", "extended", "trace", 0, new Timeline(0));
    if (identity != null) {
      x.identity(identity);
    }
    return x;
  }

  private static String written(Exchange x) {
    JsonBytes out = new JsonBytes(16);
    AuthorizerFacts.write(out, x);
    return new String(out.whole(), StandardCharsets.UTF_8);
  }

  private static Exchange authorized() {
    Map<String, Object> context = new LinkedHashMap<>();
    context.put("level", new BigDecimal("3"));
    context.put("principalId", "admin");
    context.put("integrationLatency", "0");
    context.put("claims", "none");
    return of(new Identity.Authorized("ann", context, null, 12));
  }

  private static Exchange bearer() {
    Map<String, String> claims = new LinkedHashMap<>();
    claims.put("sub", "u-1");
    claims.put("cognito:groups", "[a \"b\"]");
    return of(new Identity.Bearer(claims));
  }

  @Test
  void aFunctionsContextIsSeenAsTextsAndNeverInThePlaceOfThePrincipal() {
    Exchange x = authorized();
    assertEquals("ann", Context.value(x, "authorizer.principalId"));
    assertEquals("12", Context.value(x, "authorizer.integrationLatency"));
    assertEquals("3", Context.value(x, "authorizer.level"));
    assertEquals("none", Context.value(x, "authorizer.claims"));
    assertNull(Context.value(x, "authorizer.claims.sub"));
    assertNull(Context.value(x, "authorizer.none"));
    assertEquals(
        ",\"authorizer\":{\"level\":\"3\",\"claims\":\"none\",\"principalId\":\"ann\","
            + "\"integrationLatency\":12}",
        written(x));
  }

  @Test
  void claimsOfATokenAreSeenByTheirNames() {
    Exchange x = bearer();
    assertEquals("u-1", Context.value(x, "authorizer.claims.sub"));
    assertEquals("[a \"b\"]", Context.value(x, "authorizer.claims.cognito:groups"));
    assertNull(Context.value(x, "authorizer.claims.none"));
    assertNull(Context.value(x, "authorizer.principalId"));
    assertNull(Context.value(x, "authorizer.sub"));
    assertEquals(
        ",\"authorizer\":{\"claims\":{\"sub\":\"u-1\",\"cognito:groups\":\"[a \\\"b\\\"]\"}}",
        written(x));
  }

  @Test
  void templatesWalkFromTheAuthorizerToItsClaims() {
    Facts authorizer = (Facts) new TemplateContext(bearer(), "").fact("authorizer");
    assertEquals(List.of("claims"), List.copyOf(authorizer.names()));
    Facts claims = (Facts) authorizer.fact("claims");
    assertEquals("u-1", claims.fact("sub"));
    assertEquals(List.of("cognito:groups", "sub"), List.copyOf(claims.names()));
  }

  @Test
  void withoutAnAuthorizerThereIsNothing() {
    for (Exchange x :
        List.of(of(null), of(new Identity.Signer("123456789012", "AKIA", "AIDA", "arn")))) {
      assertEquals("", written(x));
      assertNull(Context.value(x, "authorizer.principalId"));
      assertNull(Context.value(x, "authorizer.status"));
      assertNull(Context.value(x, "authorizer.error"));
      assertEquals(List.of(), AuthorizerFacts.names(x));
    }
  }
}
