package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.SampleIssuer.ONE;
import static io.gatehouse.runtime.auth.SampleIssuer.one;
import static io.gatehouse.runtime.auth.SampleIssuer.silent;
import static io.gatehouse.runtime.auth.SampleIssuer.taken;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.gatehouse.runtime.exchange.Reason;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clocks that are wrong, those of nodes and those of issuers. */
class IssuerClocksTest {

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  @Test
  void rememberedTokensExpire() {
    node.keys = ONE;
    String token =
        TestClaims.id(node.now).with("exp", node.now / 1000 + 10).signed("one", TestKeys.RSA);
    assertNull(node.call(token).reason());
    assertEquals(1, node.tokens.remembered());
    node.pass(Duration.ofSeconds(10));
    PoolNode.Outcome late = node.call(token);
    assertEquals(Reason.TOKEN_EXPIRED, late.reason());
    assertEquals(401, late.refusal.status());
    assertEquals("The incoming token has expired", late.refusal.answer());
  }

  @Test
  void whereTheClockIsSetBackWhatHasExpiredStaysSoByTheIssuersClock() {
    String token =
        TestClaims.id(node.now).with("exp", node.now / 1000 + 60).signed("one", TestKeys.RSA);
    Instant real = Instant.ofEpochMilli(node.now).plusSeconds(120);
    PoolNode.Outcome outcome = node.call(token);
    node.asked.getFirst().answer(200, ONE, "Date", http(real));
    assertEquals(Reason.TOKEN_EXPIRED, outcome.reason());
    assertEquals(Reason.TOKEN_EXPIRED, node.call(token).reason());
  }

  @Test
  void whereTheClockIsAheadWhatIsFromTheFutureStaysSoByTheIssuersClock() {
    Instant real = Instant.ofEpochMilli(node.now).minusSeconds(7200);
    String token =
        TestClaims.id(node.now).with("nbf", node.now / 1000 - 3600).signed("one", TestKeys.RSA);
    PoolNode.Outcome outcome = node.call(token);
    node.asked.getFirst().answer(200, ONE, "Date", http(real));
    assertEquals(Reason.TOKEN_NOT_YET_VALID, outcome.reason());
  }

  @Test
  void anIssuersClockOpensNothing() {
    String expired =
        TestClaims.id(node.now).with("exp", node.now / 1000 - 5).signed("one", TestKeys.RSA);
    PoolNode.Outcome outcome = node.call(expired);
    node.asked.getFirst().answer(200, ONE, "Date", http(Instant.EPOCH));
    assertEquals(Reason.TOKEN_EXPIRED, outcome.reason());
  }

  @Test
  void aDateThatIsNoneSaysNothing() {
    PoolNode.Outcome outcome = node.call(one(node));
    node.asked.getFirst().answer(200, ONE, "Date", "yesterday");
    assertNull(outcome.reason());
  }

  private static String http(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  @Test
  void keysFromTheFutureAreNotBelieved() {
    String token = taken(node);
    node.pass(Duration.ofDays(-30)); // somebody has set the clock back
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(node, token).reason());
  }

  @Test
  void newTokensAreFromTheFutureForAClockThatIsBehind() {
    node.keys = ONE;
    String token = TestClaims.id(node.now + 3_600_000).signed("one", TestKeys.RSA);
    assertEquals(Reason.TOKEN_NOT_YET_VALID, node.call(token).reason());
  }
}
