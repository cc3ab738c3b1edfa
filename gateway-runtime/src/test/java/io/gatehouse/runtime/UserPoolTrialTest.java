package io.gatehouse.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.PoolIssuer;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.TestInvoker.AuthorizerCall;
import io.gatehouse.runtime.TestInvoker.AuthorizerOutcome;
import io.gatehouse.runtime.auth.TestClaims;
import io.gatehouse.runtime.auth.TestKeys;
import io.gatehouse.runtime.backend.AwsEndpoints;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.HeaderList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Authorizers of user pools, tried before anything is deployed. */
class UserPoolTrialTest {

  private static final String POOL = "us-east-1_Pool";
  private static final String LOOPBACK = "127.0.0.1/32";
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final String KEYS =
      TestKeys.published(TestKeys.jwk("one", TestKeys.RSA.getPublic()));
  private static final String SERVED =
      "HTTP/1.1 200 OK\r\nContent-Length: " + KEYS.length() + "\r\n\r\n" + KEYS;

  private final CountDownLatch released = new CountDownLatch(1);
  private RawBackend issuer;

  @BeforeEach
  void open() throws Exception {
    issuer = new RawBackend(RawBackend.answering(SERVED));
  }

  @AfterEach
  void close() throws Exception {
    released.countDown();
    issuer.close();
  }

  private TestInvoker invoker(String egress, Optional<String> keycloak) {
    return new TestInvoker(
        egress,
        new TestInvoker.BackendSettings(AwsEndpoints.NONE, "", keycloak),
        Optional.empty(),
        Functions.NONE,
        Duration.ofSeconds(29),
        () -> new Random(7),
        InstantSource.fixed(NOON),
        System::nanoTime);
  }

  private static StageSnapshot draft() {
    StageSnapshot plain = SampleApi.api("pools", "x").mock("GET", "/", 200, "in").snapshot(1);
    ApiDefinition api = plain.definition();
    var root = api.resources().values().iterator().next();
    Method closed =
        root.resourceMethods().get("GET").toBuilder()
            .authorizationType("COGNITO_USER_POOLS")
            .authorizerId("auth01")
            .build();
    Authorizer authorizer =
        Authorizer.builder()
            .id("auth01")
            .name("pool")
            .type("COGNITO_USER_POOLS")
            .identitySource("method.request.header.Authorization")
            .providerARNs(
                "arn:aws:cognito-idp:us-east-1:" + SampleApi.ACCOUNT + ":userpool/" + POOL)
            .build();
    return new StageSnapshot(
        1,
        plain.account(),
        plain.region(),
        plain.apiId(),
        plain.stage(),
        new ApiDefinition(
            api.restApi(),
            Map.of(root.id(), root.toBuilder().resourceMethods(Map.of("GET", closed)).build()),
            Map.of(),
            Map.of("auth01", authorizer),
            Map.of(),
            Map.of()));
  }

  private static UserPoolSnapshot pool(String account, String name, String keysUrl) {
    return new UserPoolSnapshot(
        1, account, POOL, name, Optional.of(keysUrl), Set.of(), Set.of("RS256"));
  }

  private UserPoolSnapshot registered() {
    return pool(SampleApi.ACCOUNT, TestClaims.ISSUER, issuer.url() + "/keys");
  }

  private static String token(String name) {
    return TestClaims.id(NOON.toEpochMilli()).with("iss", name).signed("one", TestKeys.RSA);
  }

  private static AuthorizerOutcome authorize(
      TestInvoker invoker, String token, UserPoolSnapshot... pools) {
    HeaderList headers = new HeaderList();
    if (!token.isEmpty()) {
      headers.add("Authorization", token);
    }
    return invoker.authorize(
        draft(), new AuthorizerCall("auth01", "", headers, Map.of(), List.of(pools)));
  }

  @Test
  void aGoodTokensClaimsAreTold() throws Exception {
    try (TestInvoker invoker = invoker(LOOPBACK, Optional.empty())) {
      AuthorizerOutcome outcome = authorize(invoker, token(TestClaims.ISSUER), registered());

      assertEquals(200, outcome.status(), outcome.log());
      assertEquals(TestClaims.CLIENT, outcome.claims().get("aud"));
      assertEquals("5d4f", outcome.claims().get("sub"));
      assertEquals(null, outcome.policy());
      List<String> lines =
          outcome.log().lines().map(line -> line.replaceFirst("^.* UTC \\d{4} : ", "")).toList();
      assertTrue(lines.get(2).matches("Incoming identity: \\*+.{6}"), lines.get(2));
      assertEquals("Successfully completed authorizer execution", lines.getLast());
    }
  }

  @Test
  void whatANodeWouldRefuseIsRefusedWithoutClaims() throws Exception {
    try (TestInvoker invoker = invoker(LOOPBACK, Optional.empty())) {
      String good = token(TestClaims.ISSUER);
      String expired =
          TestClaims.id(NOON.minusSeconds(7200).toEpochMilli()).signed("one", TestKeys.RSA);
      String forged = TestClaims.id(NOON.toEpochMilli()).signed("one", TestKeys.OTHER_RSA);
      for (String bad : List.of("", "garbage", expired, forged, token("https://other.example"))) {
        AuthorizerOutcome outcome = authorize(invoker, bad, registered());
        assertEquals(401, outcome.status(), outcome.log());
        assertEquals(Map.of(), outcome.claims());
      }
      assertEquals(401, authorize(invoker, good).status(), "the pool is gone");
      UserPoolSnapshot anothers = pool("210987654321", TestClaims.ISSUER, issuer.url() + "/keys");
      assertEquals(401, authorize(invoker, good, anothers).status(), "another account's pool");
    }
  }

  @Test
  void keysAreAskedForByTheRulesOfNodes() throws Exception {
    try (TestInvoker invoker = invoker("", Optional.of("http://127.0.0.1:1"))) {
      AuthorizerOutcome outcome = authorize(invoker, token(TestClaims.ISSUER), registered());
      assertEquals(500, outcome.status(), outcome.log());
      assertTrue(outcome.log().contains("without TLS only what the operator lists is asked"));
      assertEquals(0, issuer.received.size());
    }
  }

  @Test
  void thePoolsOwnRealmIsAskedWhereTenantsMayReachNothing() throws Exception {
    String realm = PoolIssuer.realmUrl(issuer.url(), SampleApi.ACCOUNT, POOL);
    try (TestInvoker invoker = invoker("", Optional.of(issuer.url()))) {
      AuthorizerOutcome outcome =
          authorize(invoker, token(realm), pool(SampleApi.ACCOUNT, realm, realm + "/certs"));
      assertEquals(200, outcome.status(), outcome.log());
      assertEquals(realm, outcome.claims().get("iss"));
    }
  }

  @Test
  void anIssuerThatSaysNothingIsNotWaitedForLong() throws Exception {
    issuer.script((head, out, socket) -> released.await());
    try (TestInvoker invoker = invoker(LOOPBACK, Optional.empty())) {
      AuthorizerOutcome outcome = authorize(invoker, token(TestClaims.ISSUER), registered());
      assertEquals(500, outcome.status(), outcome.log());
      assertEquals(Map.of(), outcome.claims());
    }
  }
}
