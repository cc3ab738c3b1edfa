package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.TestKeys.jwk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.IssuerStatus;
import io.gatehouse.runtime.exchange.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Issuers that rotate keys, fall silent, lie and come back; and clocks that are wrong. */
class IssuerKeysTest {

  private static final String ONE =
      TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"sig\""));
  private static final String BOTH =
      TestKeys.published(
          jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"sig\""),
          jwk("two", TestKeys.OTHER_RSA.getPublic()));
  private static final String TWO = TestKeys.published(jwk("two", TestKeys.OTHER_RSA.getPublic()));

  @TempDir Path directory;
  private PoolNode node;

  @BeforeEach
  void start() {
    node = new PoolNode(directory);
  }

  private String one() {
    return TestClaims.id(node.now)
        .with("exp", node.now / 1000 + 200_000)
        .signed("one", TestKeys.RSA);
  }

  private String two() {
    return TestClaims.id(node.now).signed("two", TestKeys.OTHER_RSA);
  }

  private void pass(Duration time) {
    node.now += time.toMillis();
  }

  /** Once its keys are known. */
  private String taken() {
    node.keys = ONE;
    String token = one();
    assertNull(node.call(token).reason());
    node.asked.clear();
    return token;
  }

  private IssuerStatus status() {
    return node.issuers.statuses().getFirst();
  }

  @Test
  void keysAreAskedForOnceAndThenKnown() {
    node.keys = ONE;
    assertTrue(node.call(one()).fetched);
    assertEquals("/pool/keys", node.asked.getFirst().request().uri());
    assertTrue(node.asked.getFirst().target().tls());
    assertFalse(node.call(one()).fetched);
    assertFalse(node.call(one()).fetched);
    assertEquals(1, node.asked.size());
  }

  @Test
  void allWhoWaitAreAnsweredByOneRequest() {
    List<PoolNode.Outcome> waiting = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      waiting.add(node.call(one()));
    }
    assertTrue(waiting.stream().allMatch(PoolNode.Outcome::waits));
    assertEquals(1, node.asked.size());
    node.asked.getFirst().answer(200, ONE);
    waiting.forEach(one -> assertNull(one.reason()));
  }

  @Test
  void anIssuerWithoutKeysIsAFailureAndNeverALeave() {
    PoolNode.Outcome outcome = node.call(one());
    node.asked.getFirst().fail();
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
    assertEquals(500, outcome.refusal.status());
    assertNull(outcome.refusal.answer());
    assertNull(outcome.x.identity());

    // The failure stands for a while; then it is asked again.
    assertEquals(Reason.ISSUER_UNREACHABLE, node.call(one()).reason());
    assertEquals(1, node.asked.size());
    pass(Duration.ofSeconds(30));
    node.keys = ONE;
    assertNull(node.call(one()).reason());
  }

  @Test
  void aNewKeyIsFoundAtOnce() {
    taken();
    node.keys = BOTH;
    assertNull(node.call(two()).reason());
    assertEquals(1, node.asked.size());
  }

  @Test
  void unknownKeysHaveTheIssuerAskedOnceInHalfAMinute() {
    taken();
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, node.call(two()).reason());
    assertEquals(1, node.asked.size());
    for (int i = 0; i < 29; i++) {
      pass(Duration.ofSeconds(1));
      PoolNode.Outcome outcome = node.call(two());
      assertEquals(Reason.TOKEN_KEY_UNKNOWN, outcome.reason());
      assertFalse(outcome.fetched);
    }
    assertEquals(1, node.asked.size());
    pass(Duration.ofSeconds(1));
    node.keys = BOTH;
    assertNull(node.call(two()).reason());
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
    String old = one();
    assertNull(node.call(old).reason());
    node.keys = TWO;
    pass(Duration.ofMinutes(5));
    // The one that has it asked again is served by what is known; the next is not.
    assertNull(node.call(two()).reason());
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, node.call(old).reason());
    assertNull(node.call(two()).reason());
  }

  @Test
  void aKeyOfTheSameNameIsNotTheSameKey() {
    String old = taken();
    node.keys = TestKeys.published(jwk("one", TestKeys.OTHER_RSA.getPublic()));
    pass(Duration.ofMinutes(5));
    node.call(old);
    assertEquals(Reason.TOKEN_SIGNATURE, node.call(old).reason());
    assertNull(node.call(TestClaims.id(node.now).signed("one", TestKeys.OTHER_RSA)).reason());
  }

  @Test
  void keysInUseAreAskedForEveryFiveMinutes() {
    String token = taken();
    pass(Duration.ofMinutes(5).minusMillis(1));
    assertFalse(node.call(token).fetched);
    assertEquals(0, node.asked.size());
    pass(Duration.ofMillis(1));
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
    String token = taken();
    pass(Duration.ofHours(3));
    node.keys = TWO;
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, node.call(token).reason());
  }

  @Test
  void theLastGoodKeysServeOnForABoundedTime() {
    String token = taken();
    for (int i = 0; i < 24 * 60; i++) {
      pass(Duration.ofMinutes(1));
      PoolNode.Outcome outcome = silent(token);
      assertNull(outcome.reason(), "after " + i + " minutes");
    }
    assertTrue(status().failures() > 100);
    assertTrue(node.issuers.failures() > 100);
    pass(Duration.ofMillis(1));
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(token).reason());
    assertEquals(500, silent(token).refusal.status());
    // Nor does a new token get in.
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(one()).reason());

    pass(Duration.ofSeconds(30));
    node.keys = ONE;
    assertNull(node.call(token).reason());
  }

  /** Where no issuer answers. */
  private PoolNode.Outcome silent(String token) {
    node.keys = null;
    node.asked.clear();
    PoolNode.Outcome outcome = node.call(token);
    List.copyOf(node.asked).forEach(PoolNode.Question::fail);
    return outcome;
  }

  @Test
  void whileAnIssuerIsSilentUnknownKeysAreRefused() {
    taken();
    assertEquals(Reason.TOKEN_KEY_UNKNOWN, silent(two()).reason());
  }

  @Test
  void aNodeThatStartsAloneHasTheKeysOnItsDisk() {
    String token = taken();
    pass(Duration.ofHours(23));
    node.start();
    assertNull(silent(token).reason());
    assertEquals(Duration.ofHours(23).toMillis(), status().ageMillis());
    pass(Duration.ofHours(1).plusMillis(1));
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(token).reason());
  }

  @Test
  void keysOnDiskThatAreTooOldAreGone() throws IOException {
    String token = taken();
    pass(PoolNode.MAX_AGE.plusMillis(1));
    node.start();
    assertEquals(0, files().size());
    assertEquals(Reason.ISSUER_UNREACHABLE, silent(token).reason());
  }

  @Test
  void damagedKeysOnDiskCountAsNone() throws IOException {
    String token = taken();
    Path file = files().getFirst();
    String good = Files.readString(file);
    for (String bad :
        List.of(
            "",
            good.substring(0, good.length() / 2),
            good.replace("eu-1_Pool", "eu-1_Pule"),
            good + " ",
            good.replaceFirst("\n", ""),
            "x".repeat(400_000))) {
      Files.writeString(file, bad);
      node.start();
      assertEquals(Reason.ISSUER_UNREACHABLE, silent(token).reason());
      assertFalse(Files.exists(file));
    }
    Files.writeString(file, good);
    node.start();
    assertNull(silent(token).reason());
  }

  @Test
  void aWriteThatWasCutOffLeavesTheLastWholeOne() throws IOException {
    String token = taken();
    Path begun = directory.resolve("0000.begun");
    Files.writeString(begun, "half");
    node.start();
    assertFalse(Files.exists(begun));
    assertNull(silent(token).reason());
  }

  @Test
  void keysOnDiskAreOnlyForTheIssuerTheyAreFrom() {
    String token = taken();
    UserPoolSnapshot pool = PoolNode.pool(PoolNode.POOL);
    node.put(
        new UserPoolSnapshot(
            2,
            pool.account(),
            pool.poolId(),
            pool.issuer(),
            Optional.of("https://issuer.example/elsewhere"),
            pool.clients(),
            pool.algorithms()));
    node.start();
    assertEquals(Reason.ISSUER_UNREACHABLE, silent(token).reason());
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  @Test
  void aPoolThatIsGoneLetsNobodyInAtOnce() {
    String token = taken();
    node.remove(PoolNode.POOL);
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(token).reason());
    node.put(PoolNode.pool(PoolNode.POOL));
    assertNull(node.call(token).reason());
  }

  @Test
  void aChangedPoolDecidesAtOnce() {
    String token = taken();
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
    taken();
    node.put(PoolNode.pool(PoolNode.ACCOUNT, PoolNode.POOL, TestClaims.ISSUER, Set.of(), Set.of()));
    assertNull(node.call(one()).reason());
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
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(one()).reason());
    Authorizer theirs = node.authorizer(List.of(PoolNode.arn(other, PoolNode.POOL)), null);
    assertEquals(Reason.TOKEN_ISSUER_UNKNOWN, node.call(theirs, one()).reason());
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
      assertNull(node.call(both, one()).reason());
      assertNull(node.call(both, second).reason());
      // What is remembered of the second pool is nothing to an authorizer of the first.
      assertEquals(Reason.TOKEN_CLIENT, node.call(node.authorizer(), second).reason());
    }
    assertEquals(2, node.asked.size());
  }

  @Test
  void rememberedTokensExpire() {
    node.keys = ONE;
    String token =
        TestClaims.id(node.now).with("exp", node.now / 1000 + 10).signed("one", TestKeys.RSA);
    assertNull(node.call(token).reason());
    assertEquals(1, node.tokens.remembered());
    pass(Duration.ofSeconds(10));
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
    PoolNode.Outcome outcome = node.call(one());
    node.asked.getFirst().answer(200, ONE, "Date", "yesterday");
    assertNull(outcome.reason());
  }

  private static String http(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }

  @Test
  void keysFromTheFutureAreNotBelieved() {
    String token = taken();
    pass(Duration.ofDays(-30)); // somebody has set the clock back
    assertEquals(Reason.ISSUER_KEYS_TOO_OLD, silent(token).reason());
  }

  @Test
  void newTokensAreFromTheFutureForAClockThatIsBehind() {
    node.keys = ONE;
    String token = TestClaims.id(node.now + 3_600_000).signed("one", TestKeys.RSA);
    assertEquals(Reason.TOKEN_NOT_YET_VALID, node.call(token).reason());
  }

  @Test
  void whereThePoolDoesNotSayItTheDiscoveryDocumentTellsWhereKeysAre() {
    discovering();
    PoolNode.Outcome outcome = node.call(one());
    assertEquals("/pool/.well-known/openid-configuration", node.asked.getFirst().request().uri());
    node.asked
        .getFirst()
        .answer(
            200,
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https://keys.example:8443/k?v=1\"}"
                .formatted(TestClaims.ISSUER));
    assertEquals("/k?v=1", node.asked.getLast().request().uri());
    assertEquals("keys.example", node.asked.getLast().target().host());
    assertEquals(8443, node.asked.getLast().target().port());
    node.asked.getLast().answer(200, ONE);
    assertNull(outcome.reason());
  }

  private void discovering() {
    UserPoolSnapshot pool = PoolNode.pool(PoolNode.POOL);
    node.put(
        new UserPoolSnapshot(
            2,
            pool.account(),
            pool.poolId(),
            pool.issuer(),
            Optional.empty(),
            pool.clients(),
            pool.algorithms()));
  }

  @Test
  void aDiscoveryDocumentThatIsNotTheIssuersTellsNothing() {
    discovering();
    for (String document :
        List.of(
            "{}",
            "[]",
            "",
            "<html>",
            "{\"issuer\":\"https://evil.example\",\"jwks_uri\":\"https://issuer.example/k\"}",
            "{\"issuer\":\"%s/\",\"jwks_uri\":\"https://issuer.example/k\"}"
                .formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":7}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"file:///etc/passwd\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"jar:https://a/b!/c\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https://u:p@a/b\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https:///k\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%s\",\"jwks_uri\":\"https://a b/k\"}".formatted(TestClaims.ISSUER),
            "{\"issuer\":\"%1$s\",\"issuer\":\"%1$s\",\"jwks_uri\":\"https://a/k\"}"
                .formatted(TestClaims.ISSUER))) {
      pass(Duration.ofSeconds(30));
      node.asked.clear();
      PoolNode.Outcome outcome = node.call(one());
      node.asked.getFirst().answer(200, document);
      assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason(), document);
      assertEquals(1, node.asked.size(), document);
    }
  }

  @Test
  void documentsWithoutAKeyThatServesAreFailures() {
    String private1 =
        jwk("one", TestKeys.RSA.getPublic(), "\"d\":\"AQAB\"", "\"p\":\"AQAB\"", "\"q\":\"AQAB\"");
    String one = jwk("one", TestKeys.RSA.getPublic());
    for (String document :
        List.of(
            "",
            "null",
            "{}",
            "{\"keys\":{}}",
            "{\"keys\":[]}",
            "{\"keys\":[1,\"x\",null]}",
            "<html><body>Sign in</body></html>",
            "{\"keys\":[" + one,
            "{\"keys\":[],\"keys\":[" + one + "]}",
            TestKeys.published(one, one),
            TestKeys.published(one, jwk("one", TestKeys.P256.getPublic())),
            TestKeys.published(private1),
            TestKeys.published("{\"kty\":\"oct\",\"kid\":\"one\",\"k\":\"c2VjcmV0\"}"),
            TestKeys.published(
                "{\"kty\":\"AKP\",\"kid\":\"one\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}"),
            TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"use\":\"enc\"")),
            TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"key_ops\":[\"sign\"]")),
            TestKeys.published(jwk("one", TestKeys.RSA.getPublic(), "\"revoked\":{}")),
            TestKeys.published(jwk("", TestKeys.RSA.getPublic())),
            TestKeys.published(jwk("one", TestKeys.SMALL_RSA.getPublic())),
            TestKeys.published(
                "{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"" + "_".repeat(342) + "\",\"e\":\"AQ\"}"),
            TestKeys.published(
                "{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\""
                    + "_".repeat(8000)
                    + "\",\"e\":\"AQAB\"}"),
            TestKeys.published("{\"kty\":\"RSA\",\"kid\":\"one\",\"n\":\"\",\"e\":\"\"}"),
            TestKeys.published(
                "{\"kty\":\"EC\",\"kid\":\"one\",\"crv\":\"P-256\",\"x\":\"AQ\",\"y\":\"AQ\"}"),
            TestKeys.published(
                "{\"kty\":\"EC\",\"kid\":\"one\",\"crv\":\"secp256k1\",\"x\":\"AQ\",\"y\":\"AQ\"}"),
            TestKeys.published(
                "{\"kty\":\"OKP\",\"kid\":\"one\",\"crv\":\"Ed25519\",\"x\":\"AQ\"}"),
            TestKeys.published("{\"kty\":\"OKP\",\"kid\":\"one\",\"crv\":\"X25519\",\"x\":\"AQ\"}"),
            "{\"keys\":[" + (one + ",").repeat(200) + one + "]}",
            "{\"keys\":" + "[".repeat(5000) + "]".repeat(5000) + "}")) {
      pass(Duration.ofSeconds(30));
      node.asked.clear();
      PoolNode.Outcome outcome = node.call(one());
      node.asked.getFirst().answer(200, document);
      assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason(), document);
    }
  }

  @Test
  void aKeyThatServesIsTakenFromAmongOthersThatDoNot() {
    node.keys =
        TestKeys.published(
            "{\"kty\":\"AKP\",\"kid\":\"pq\",\"alg\":\"ML-DSA-44\",\"pub\":\"AA\"}",
            "7",
            jwk("one", TestKeys.RSA.getPublic(), "\"x5c\":[\"garbage\"]", "\"x5t\":\"!\""),
            jwk("enc", TestKeys.OTHER_RSA.getPublic(), "\"use\":\"enc\""));
    assertNull(node.call(one()).reason());
  }

  @Test
  void onlyAPlainAnswerIsOne() {
    for (int status : new int[] {201, 204, 206, 301, 302, 303, 307, 308, 401, 404, 429, 500, 503}) {
      pass(Duration.ofSeconds(30));
      node.asked.clear();
      PoolNode.Outcome outcome = node.call(one());
      node.asked.getFirst().answer(status, ONE, "Location", "http://169.254.169.254/latest");
      assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason(), "" + status);
      assertEquals(1, node.asked.size());
    }
    pass(Duration.ofSeconds(30));
    node.asked.clear();
    PoolNode.Outcome outcome = node.call(one());
    node.asked.getFirst().answer(200, ONE, "Content-Encoding", "gzip");
    assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
  }

  @Test
  void whoMayNotWaitIsToldAtOnceAndOtherAccountsWaitAllTheSame() {
    for (int i = 0; i < 512; i++) {
      assertTrue(node.call(one()).waits());
    }
    assertEquals(Reason.ISSUER_UNREACHABLE, node.call(one()).reason());
    node.asked.getFirst().answer(200, ONE);
    assertNull(node.call(one()).reason());
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
      pass(Duration.ofSeconds(1));
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
