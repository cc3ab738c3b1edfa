package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is known of a caller who bears a token, and what an authorizer asks besides. */
class UserPoolClaimsTest {

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
    node.now = Instant.parse("2021-03-28T12:40:42Z").toEpochMilli();
    node.keys = TestKeys.published(jwk("one", TestKeys.RSA.getPublic()));
  }

  private String signed(TestClaims claims) {
    return claims.signed("one", TestKeys.RSA);
  }

  @Test
  void claimsAreTextsAsTheVendorWritesThem() {
    Map<String, Object> address = new LinkedHashMap<>();
    address.put("street", "A 1");
    address.put("lines", List.of(1, 2));
    TestClaims claims =
        TestClaims.id(node.now)
            .with("exp", node.now / 1000 + 3600)
            .with("iat", node.now / 1000)
            .with("nbf", node.now / 1000)
            .with("auth_time", 1616935242)
            .with("email_verified", true)
            .with("cognito:groups", List.of("admin", "user"))
            .with("none", List.of())
            .with("address", address)
            .with("weight", 1.5)
            .with("nothing", null)
            .with("name", "J\u00f6 \"Quote\"");
    Map<String, String> texts = node.call(signed(claims)).claims();
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("iss", TestClaims.ISSUER);
    expected.put("sub", "5d4f");
    expected.put("aud", "client-1");
    expected.put("token_use", "id");
    expected.put("iat", "Sun Mar 28 12:40:42 UTC 2021");
    expected.put("exp", "Sun Mar 28 13:40:42 UTC 2021");
    expected.put("nbf", "Sun Mar 28 12:40:42 UTC 2021");
    expected.put("auth_time", "1616935242");
    expected.put("email_verified", "true");
    expected.put("cognito:groups", "admin,user");
    expected.put("none", "");
    expected.put("address", "{\"street\":\"A 1\",\"lines\":[1,2]}");
    expected.put("weight", "1.5");
    expected.put("name", "J\u00f6 \"Quote\"");
    assertEquals(expected, texts);
    assertEquals(List.copyOf(expected.keySet()), List.copyOf(texts.keySet()));
  }

  @Test
  void theAudienceHasToMatchTheAuthorizersExpression() throws Exception {
    assertNull(node.call(validating("client-\\d"), signed(TestClaims.id(node.now))).reason());
    for (String expression : List.of("client", "client-2", "^$", "(?!client).*")) {
      PoolNode.Outcome outcome = node.call(validating(expression), signed(TestClaims.id(node.now)));
      assertEquals(Reason.TOKEN_AUDIENCE, outcome.reason(), expression);
      assertEquals(401, outcome.refusal.status());
    }
  }

  @Test
  void anExpressionThatNeverEndsIsARefusal() throws Exception {
    node.put(PoolNode.pool(PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of()));
    String token = signed(TestClaims.id(node.now).with("aud", "a".repeat(8000)));
    assertEquals(Reason.TOKEN_AUDIENCE, node.call(validating("(a*)*(a*)*\\1b"), token).reason());
  }

  @Test
  void ofAnAccessTokenTheClientHasToMatch() throws Exception {
    String token = signed(TestClaims.access(node.now, "read"));
    assertNull(node.call(validating("client-1", "read"), token).reason());
    assertEquals(Reason.TOKEN_AUDIENCE, node.call(validating("client-2", "read"), token).reason());
  }

  private Authorizer validating(String expression, String... scopes) throws Exception {
    return node.authorizer(
        List.of(PoolNode.arn(PoolNode.ACCOUNT, PoolNode.POOL)),
        JavaPattern.compile(expression),
        scopes);
  }

  @Test
  void withoutTheScopeTheCallerIsKnownAndMayNot() {
    PoolNode.Outcome outcome =
        node.call(node.authorizer("write"), signed(TestClaims.access(node.now, "read")));
    assertEquals(Reason.TOKEN_SCOPE, outcome.reason());
    assertEquals(403, outcome.refusal.status());
    assertEquals("User is not authorized to access this resource", outcome.refusal.answer());
  }

  @Test
  void anIssuerThatNamesNoClientsHasThoseOfEveryClient() {
    node.put(PoolNode.pool(PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of()));
    assertNull(node.call(signed(TestClaims.id(node.now).with("aud", "whoever"))).reason());
  }

  @Test
  void signaturesThatTakeLongAreCheckedByWorkers() {
    List<Runnable> works = new ArrayList<>();
    node.workers =
        (account, work, then) -> {
          assertEquals(PoolNode.ACCOUNT, account);
          works.add(work);
          works.add(then);
          return true;
        };
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT,
            PoolNode.POOL,
            TestClaims.ISSUER,
            Set.of(),
            Set.of("ES256", "RS256")));
    node.keys =
        TestKeys.published(
            jwk("one", TestKeys.RSA.getPublic()), jwk("ec", TestKeys.P256.getPublic()));
    assertNull(node.call(signed(TestClaims.id(node.now))).reason());
    assertEquals(0, works.size());

    String token = TestClaims.id(node.now).signed("ES256", "ec", TestKeys.P256);
    PoolNode.Outcome outcome = node.call(token);
    assertTrue(outcome.waits());
    works.forEach(Runnable::run);
    assertNull(outcome.reason());

    // Once is enough.
    works.clear();
    assertNull(node.call(token).reason());
    assertEquals(0, works.size());
  }

  @Test
  void whereTooMuchOfTheAccountWaitsForWorkersNobodyIsLetIn() {
    node.workers = (account, work, then) -> false;
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of("ES256")));
    node.keys = TestKeys.published(jwk("ec", TestKeys.P256.getPublic()));
    PoolNode.Outcome outcome =
        node.call(TestClaims.id(node.now).signed("ES256", "ec", TestKeys.P256));
    assertEquals(Reason.TOKEN_CHECKS_WAITING, outcome.reason());
    assertEquals(500, outcome.refusal.status());
  }

  @Test
  void aTokenThatIsRememberedAllocatesLittle() {
    String token = signed(TestClaims.id(node.now));
    Authorizer authorizer = node.authorizer();
    assertNull(node.call(authorizer, token).reason());
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 1000; i++) {
      node.call(authorizer, token);
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1000;
    assertTrue(each < 4000, each + " bytes with the exchange and the token itself");
  }
}
