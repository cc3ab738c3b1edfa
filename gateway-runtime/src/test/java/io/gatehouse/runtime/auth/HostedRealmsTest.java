package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.exchange.Reason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of the sign-in service is asked without the egress guard's leave, and all that is not. */
class HostedRealmsTest {

  private static final String REALM =
      PoolNode.KEYCLOAK + "/realms/pool-" + PoolNode.ACCOUNT + "-" + PoolNode.POOL;
  private static final String KEYS =
      TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"sig\""));

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  private PoolNode.Outcome call(String issuer, Optional<String> keysUrl) {
    node.put(
        new UserPoolSnapshot(
            2, PoolNode.ACCOUNT, PoolNode.POOL, issuer, keysUrl, Set.of(), Set.of("RS256")));
    return node.call(TestClaims.id(node.now).with("iss", issuer).signed("one", TestKeys.RSA));
  }

  private static String discovery(String keysUrl) {
    return "{\"issuer\":\"%s\",\"jwks_uri\":\"%s\"}".formatted(REALM, keysUrl);
  }

  @Test
  void thePoolsOwnRealmIsAskedForItsKeys() {
    node.keys = KEYS;
    assertNull(call(REALM, Optional.of(REALM + "/protocol/openid-connect/certs")).reason());
    assertEquals(1, node.unguarded);
  }

  @Test
  void itsDiscoveryDocumentMayTellWhereInTheRealmTheyAre() {
    PoolNode.Outcome outcome = call(REALM, Optional.empty());
    node.asked.getFirst().answer(200, discovery(REALM + "/protocol/openid-connect/certs"));
    node.asked.getLast().answer(200, KEYS);
    assertNull(outcome.reason());
    assertEquals(2, node.unguarded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9180/realms/pool-210987654321-eu-1_Pool",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Other",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool2",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_pool",
        "http://127.0.0.1:9180/realms/gatehouse",
        "http://127.0.0.1:9180/realms/master",
        "http://127.0.0.1:9180/admin/realms/master",
        "http://127.0.0.1:9180",
        "http://127.0.0.1:9180//realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1:9180/realms/../realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1:9180/realms/pool%2d123456789012-eu-1_Pool",
        "http://127.0.0.1:9180/Realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1:9180/realms/x/realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1:9181/realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1/realms/pool-123456789012-eu-1_Pool",
        "https://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool",
        "HTTP://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1:9180@evil.example/realms/pool-123456789012-eu-1_Pool",
        "http://evil.example/?http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool"
      })
  void whoeverElseIsNamedAsIssuerIsJudgedByTheGuard(String issuer) {
    node.keys = KEYS;
    call(issuer, Optional.empty());
    call(issuer, Optional.of(REALM + "/protocol/openid-connect/certs"));
    assertEquals(0, node.unguarded);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:9180/realms/master/protocol/openid-connect/certs",
        "http://127.0.0.1:9180/realms/pool-210987654321-eu-1_Pool/protocol/openid-connect/certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool2/certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/../master/certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/./certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/%2e%2e/master/certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/..%2fmaster/certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/..;/master/certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/certs;a=b",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool//certs",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/certs?x=y",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/certs#x",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/certs/",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool/..\\master",
        "http://127.0.0.1:9180/realms/pool-123456789012-eu-1_Pool.evil.example/certs",
        "http://169.254.169.254/latest/meta-data",
        "https://keys.example/certs"
      })
  void keysFromOutsideOfTheRealmAreNotAskedFor(String keysUrl) {
    PoolNode.Outcome outcome = call(REALM, Optional.of(keysUrl));
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
    assertEquals(0, node.asked.size());

    node = new PoolNode(directory);
    outcome = call(REALM, Optional.empty());
    node.asked.getFirst().answer(200, discovery(keysUrl.replace("\\", "\\\\")));
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
    assertEquals(1, node.asked.size());
  }

  @Test
  void theRealmSendsNobodyElsewhere() {
    PoolNode.Outcome outcome = call(REALM, Optional.of(REALM + "/certs"));
    node.asked.getFirst().answer(302, KEYS, "Location", PoolNode.KEYCLOAK + "/realms/master/certs");
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
    assertEquals(1, node.asked.size());
  }

  @Test
  void withoutASignInServiceTheGuardJudgesEveryIssuer() {
    node.keycloak = Optional.empty();
    node.start();
    node.keys = KEYS;
    call(REALM, Optional.of(REALM + "/certs"));
    assertEquals(0, node.unguarded);
  }
}
