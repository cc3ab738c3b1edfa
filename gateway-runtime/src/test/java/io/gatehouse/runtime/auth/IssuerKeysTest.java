package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.SampleIssuer.BOTH;
import static io.gatehouse.runtime.auth.SampleIssuer.ONE;
import static io.gatehouse.runtime.auth.SampleIssuer.TWO;
import static io.gatehouse.runtime.auth.SampleIssuer.one;
import static io.gatehouse.runtime.auth.SampleIssuer.silent;
import static io.gatehouse.runtime.auth.SampleIssuer.taken;
import static io.gatehouse.runtime.auth.SampleIssuer.two;
import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.IssuerStatus;
import io.gatehouse.runtime.exchange.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers that are asked for their keys, rotate them, fall silent and come back. */
class IssuerKeysTest {

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  private IssuerStatus status() {
    return node.issuers.statuses().getFirst();
  }

  @Test
  void keysAreAskedForOnceAndThenKnown() {
    node.keys = ONE;
    assertTrue(node.call(one(node)).fetched);
    assertEquals("/pool/keys", node.asked.getFirst().request().uri());
    assertTrue(node.asked.getFirst().target().tls());
    assertFalse(node.call(one(node)).fetched);
    assertFalse(node.call(one(node)).fetched);
    assertEquals(1, node.asked.size());
  }

  @Test
  void allWhoWaitAreAnsweredByOneRequest() {
    List<PoolNode.Outcome> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(node.call(one(node)));
    }
    assertTrue(waiting.stream().allMatch(PoolNode.Outcome::waits));
    assertEquals(1, node.asked.size());
    node.asked.getFirst().answer(200, ONE);
    waiting.forEach(one -> assertNull(one.reason()));
  }

  @Test
  void anIssuerWithoutKeysIsAFailureAndNeverALeave() {
    PoolNode.Outcome outcome = node.call(one(node));
    node.asked.getFirst().fail();
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
    assertEquals(500, outcome.refusal.status());
    assertNull(outcome.refusal.answer());
    assertNull(outcome.x.identity());

    // The failure stands for a while; then it is asked again.
    assertEquals(Reason.ISSUER_UNREACHABLE, node.call(one(node)).reason());
    assertEquals(1, node.asked.size());
    node.pass(Duration.ofSeconds(30));
    node.keys = ONE;
    assertNull(node.call(one(node)).reason());
  }

  @Test
  void aNewKeyIsFoundAtOnce() {
    taken(node);
    node.keys = BOTH;
    assertNull(node.call(two(node)).reason());
    assertEquals(1, node.asked.size());
  }

  @Test
  void unknownKeysHaveTheIssuerAskedOnceInHalfAMinute() {
    taken(node);
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, node.call(two(node)).reason());
    assertEquals(1, node.asked.size());
    for (int i = 0; i < 29; i++) {
      node.pass(Duration.ofSeconds(1));
      PoolNode.Outcome outcome = node.call(two(node));
      assertEquals(Reason.TOKEN_KEY_UNKNOWN, outcome.reason());
      assertFalse(outcome.fetched);
    }
    assertEquals(1, node.asked.size());
    node.pass(Duration.ofSeconds(1));
    node.keys = BOTH;
    assertNull(node.call(two(node)).reason());
  }

  @Test
  void whatIsRefusedAnywayHasNobodyAsked() {
    assertEquals(
        Reason.TOKEN_ALGORITHM,
        node.call(TestClaims.id(node.now).signed("RS512", "two", TestKeys.RSA)).reason());
    assertEquals(0, node.asked.size());
  }

  @Test
  void aKeyThatIsNoLongerPublishedLetsNobodyIn() {
    node.keys = BOTH;
    String old = one(node);
    assertNull(node.call(old).reason());
    node.keys = TWO;
    node.pass(Duration.ofMinutes(5));
    // The one that has it asked again is served by what is known; the next is not.
    assertNull(node.call(two(node)).reason());
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, node.call(old).reason());
    assertNull(node.call(two(node)).reason());
  }

  @Test
  void aKeyOfTheSameNameIsNotTheSameKey() {
    String old = taken(node);
    node.keys = TestKeys.published(jwk("one", TestKeys.OTHER_RSA.getPublic()));
    node.pass(Duration.ofMinutes(5));
    node.call(old);
    assertEquals(Reason.TOKEN_SIGNATURE, node.call(old).reason());
    assertNull(node.call(TestClaims.id(node.now).signed("one", TestKeys.OTHER_RSA)).reason());
  }

  @Test
  void keysInUseAreAskedForEveryFiveMinutes() {
    String token = taken(node);
    node.pass(Duration.ofMinutes(5).minusMillis(1));
    assertFalse(node.call(token).fetched);
    assertEquals(0, node.asked.size());
    node.pass(Duration.ofMillis(1));
    node.keys = null;
    // Nobody waits for it, and nobody asks a second time.
    assertNull(node.call(token).reason());
    assertNull(node.call(token).reason());
    assertEquals(1, node.asked.size());
    node.asked.getFirst().answer(200, ONE);
    assertEquals(0, status().ageMillis());
  }

  @Test
  void keysThatWereNotInUseForAWhileAreAskedForFirst() {
    String token = taken(node);
    node.pass(Duration.ofHours(3));
    node.keys = TWO;
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, node.call(token).reason());
  }

  @Test
  void theLastGoodKeysServeOnForABoundedTime() {
    String token = taken(node);
    for (int i = 0; i < 24 * 60; i++) {
      node.pass(Duration.ofMinutes(1));
      PoolNode.Outcome outcome = silent(node, token);
      assertNull(outcome.reason(), "after " + i + " minutes");
    }
    assertTrue(status().failures() > 100);
    assertTrue(node.issuers.failures() > 100);
    node.pass(Duration.ofMillis(1));
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(node, token).reason());
    assertEquals(500, silent(node, token).refusal.status());
    // Nor does a new token get in.
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(node, one(node)).reason());

    node.pass(Duration.ofSeconds(30));
    node.keys = ONE;
    assertNull(node.call(token).reason());
  }

  @Test
  void whileAnIssuerIsSilentUnknownKeysAreRefused() {
    taken(node);
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, silent(node, two(node)).reason());
  }

  @Test
  void whoMayNotWaitIsToldAtOnceAndOtherAccountsWaitAllTheSame() {
    for (int i = 0; i < 512; i++) {
      assertTrue(node.call(one(node)).waits());
    }
    assertEquals(Reason.ISSUER_UNREACHABLE, node.call(one(node)).reason());
    node.asked.getFirst().answer(200, ONE);
    assertNull(node.call(one(node)).reason());
  }

  @Test
  void anAccountsSilentIssuersKeepOnlyThatAccountWaiting() {
    List<PoolNode.Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String issuer = "https://silent-" + i + ".example";
      String id = "eu-1_Silent" + i;
      node.put(PoolNode.pool(PoolNode.ACCOUNT, id, issuer, Set.of(), Set.of("RS256")));
      Authorizer authorizer = node.authorizer(List.of(PoolNode.arn(PoolNode.ACCOUNT, id)), null);
      String token = TestClaims.id(node.now).with("iss", issuer).signed("one", TestKeys.RSA);
      outcomes.add(node.call(authorizer, token));
    }
    assertEquals(8, node.asked.size());
    assertEquals(8, outcomes.stream().filter(PoolNode.Outcome::waits).count());
    List.copyOf(node.asked).forEach(PoolNode.Question::fail);
    outcomes.forEach(one -> assertEquals(Reason.ISSUER_UNREACHABLE, one.reason()));
  }

  @Test
  void anAccountHasItsIssuersAskedSoOftenInAMinuteAndNotMore() {
    node.keys = "{}";
    for (int i = 0; i < 150; i++) {
      String issuer = "https://many-" + i + ".example";
      String id = "eu-1_Many" + i;
      node.put(PoolNode.pool(PoolNode.ACCOUNT, id, issuer, Set.of(), Set.of("RS256")));
      Authorizer authorizer = node.authorizer(List.of(PoolNode.arn(PoolNode.ACCOUNT, id)), null);
      String token = TestClaims.id(node.now).with("iss", issuer).signed("one", TestKeys.RSA);
      assertEquals(Reason.ISSUER_UNREACHABLE, node.call(authorizer, token).reason());
    }
    assertEquals(120, node.asked.size());
  }

  @Test
  void theKeysOfIssuersThatNobodyAsksForAnyMoreMakeWay() {
    node.keys = ONE;
    for (int i = 0; i < 300; i++) {
      node.pass(Duration.ofSeconds(1));
      String issuer = "https://many-" + i + ".example";
      String id = "eu-1_Many" + i;
      node.put(PoolNode.pool(PoolNode.ACCOUNT, id, issuer, Set.of(), Set.of("RS256")));
      Authorizer authorizer = node.authorizer(List.of(PoolNode.arn(PoolNode.ACCOUNT, id)), null);
      String token = TestClaims.id(node.now).with("iss", issuer).signed("one", TestKeys.RSA);
      assertNull(node.call(authorizer, token).reason());
    }
    assertEquals(200, node.issuers.statuses().size());
  }
}
