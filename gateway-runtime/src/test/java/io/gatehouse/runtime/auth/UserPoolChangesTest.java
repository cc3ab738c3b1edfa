package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.SampleIssuer.ONE;
import static io.gatehouse.runtime.auth.SampleIssuer.one;
import static io.gatehouse.runtime.auth.SampleIssuer.taken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Reason;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pools that change or go, share an issuer, or are of another account. */
class UserPoolChangesTest {

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  @Test
  void aPoolThatIsGoneLetsNobodyInAtOnce() {
    String token = taken(node);
    node.remove(PoolNode.POOL);
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(token).reason());
    node.put(PoolNode.pool(PoolNode.POOL));
    assertNull(node.call(token).reason());
  }

  @Test
  void aChangedPoolDecidesAtOnce() {
    String token = taken(node);
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of("other"), Set.of("RS256")));
    assertEquals(Reason.TOKEN_CLIENT, node.call(token).reason());
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of("ES256")));
    assertEquals(Reason.TOKEN_ALGORITHM, node.call(token).reason());
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT, PoolNode.POOL, "https://new.example", Set.of(), Set.of("RS256")));
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(token).reason());
    assertEquals(0, node.asked.size());
  }

  @Test
  void aPoolWithoutAlgorithmsTakesRs256Alone() {
    taken(node);
    node.put(PoolNode.pool(PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of()));
    assertNull(node.call(one(node)).reason());
    assertEquals(
        Reason.TOKEN_ALGORITHM,
        node.call(TestClaims.id(node.now).signed("RS512", "one", TestKeys.RSA)).reason());
  }

  @Test
  void anotherAccountsPoolNeverDecides() {
    String other = "210987654321";
    node.remove(PoolNode.POOL);
    node.put(PoolNode.pool(other, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of("RS256")));
    node.keys = ONE;
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(one(node)).reason());
    Authorizer theirs = node.authorizer(List.of(PoolNode.arn(other, PoolNode.POOL)), null);
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(theirs, one(node)).reason());
    assertEquals(0, node.asked.size());
  }

  @Test
  void ofPoolsThatShareAnIssuerTheOneOfTheClientDecides() {
    node.keys = ONE;
    node.put(
        PoolNode.pool(
            PoolNode.ACCOUNT, "eu-1_Second", TestClaims.ISSUER, Set.of("client-2"), Set.of()));
    Authorizer both =
        node.authorizer(
            List.of(
                PoolNode.arn(PoolNode.ACCOUNT, PoolNode.POOL),
                PoolNode.arn(PoolNode.ACCOUNT, "eu-1_Second")),
            null);
    String second = TestClaims.id(node.now).with("aud", "client-2").signed("one", TestKeys.RSA);
    for (int i = 0; i < 2; i++) {
      assertNull(node.call(both, one(node)).reason());
      assertNull(node.call(both, second).reason());
      // What is remembered of the second pool is nothing to an authorizer of the first.
      assertEquals(Reason.TOKEN_CLIENT, node.call(node.authorizer(), second).reason());
    }
    assertEquals(2, node.asked.size());
  }
}
