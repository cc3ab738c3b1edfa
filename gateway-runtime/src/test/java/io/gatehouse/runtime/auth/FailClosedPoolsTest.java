package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.Tenant.OURS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.NodeClock;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Whatever becomes of an issuer, its keys and the clocks, and where half of what is there came. */
class FailClosedPoolsTest {

  private static final String KEYS =
      TestKeys.published(TestKeys.jwk("one", TestKeys.RSA.getPublic()));
  private static final String DOWN =
      "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n";
  private static final String ISSUER = TestClaims.ISSUER;

  @TempDir Path directory;
  private RawBackend backend;
  private RawBackend issuer;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nin"));
    issuer = new RawBackend(RawBackend.answering(keys("")));
    door = new Door("127.0.0.0/8", 100);
    door.live.put(OURS.pool(ISSUER, issuer.url()));
    door.serve(OURS.api(method(false), null, pools()));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    issuer.close();
    backend.close();
  }

  private static String keys(String header) {
    return "HTTP/1.1 200 OK\r\n" + header + "Content-Length: " + KEYS.length() + "\r\n\r\n" + KEYS;
  }

  private Method method(boolean wantsKey) {
    return SampleApi.proxyMethod("/pets", backend.url() + "/")
        .authorizationType("COGNITO_USER_POOLS")
        .authorizerId(Tenant.AUTHORIZER)
        .apiKeyRequired(wantsKey)
        .build();
  }

  private static Authorizer pools() {
    return Tenant.authorizer(a -> a.type("COGNITO_USER_POOLS").providerARNs(OURS.pool()));
  }

  private String call(TestClaims claims, String... more) throws Exception {
    String[] headers =
        Stream.concat(Stream.of("Authorization: " + signed(claims)), Stream.of(more))
            .toArray(String[]::new);
    return door.get("/_aws/execute-api/" + OURS.apiId() + "/dev/pets", headers);
  }

  private static String signed(TestClaims claims) {
    return claims.signed("one", TestKeys.RSA);
  }

  /** Good for ten minutes by a clock that is so far ahead of the system's. */
  private static TestClaims token(Duration ahead) {
    return TestClaims.id(System.currentTimeMillis() + ahead.toMillis()).with("iss", ISSUER);
  }

  private void passes(TestClaims claims) throws Exception {
    String answer = call(claims);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    door.exchange();
    backend.next();
  }

  private void refused(Reason reason, String answer) throws Exception {
    Exchange x = door.exchange();
    assertEquals(reason, x.refusal() == null ? null : x.refusal().reason(), answer);
    assertTrue(answer.matches("HTTP/1.1 [45](?s:.*)"), answer);
    assertTrue(backend.received.isEmpty(), "the backend was called");
  }

  @Test
  void withoutKeysNoTokenIsGood() throws Exception {
    issuer.script(RawBackend.answering(DOWN));
    refused(Reason.ISSUER_UNREACHABLE, call(token(Duration.ZERO)));
    refused(Reason.ISSUER_UNREACHABLE, call(token(Duration.ZERO)));
  }

  @Test
  void keysThatAreTooOldServeNoMore() throws Exception {
    TestClaims early = token(Duration.ZERO).with("exp", Instant.now().getEpochSecond() + 999_999);
    passes(early);
    issuer.script(RawBackend.answering(DOWN));
    Duration later = Door.KEYS_SERVE_FOR.plusMinutes(1);
    door.clockAhead.set(later.toMillis());
    refused(Reason.ISSUER_KEYS_TOO_OLD, call(early));
    refused(Reason.ISSUER_KEYS_TOO_OLD, call(token(later)));
  }

  @Test
  void keysOfTheFutureServeNoMoreWhereTheClockIsSetBack() throws Exception {
    passes(token(Duration.ZERO));
    issuer.script(RawBackend.answering(DOWN));
    Duration back = Duration.ofHours(-2);
    door.clockAhead.set(back.toMillis());
    refused(Reason.ISSUER_KEYS_TOO_OLD, call(token(back)));
  }

  @Test
  void aTokenIsOverByTheNodesClockThoughItIsRemembered() throws Exception {
    TestClaims token = token(Duration.ZERO);
    passes(token);
    passes(token);
    door.clockAhead.set(Duration.ofMinutes(20).toMillis());
    refused(Reason.TOKEN_EXPIRED, call(token));
  }

  @Test
  void aTokenThatIsOverStaysSoWhereTheClockIsSetBack() throws Exception {
    TestClaims token = token(Duration.ZERO);
    passes(token);
    door.clock = new NodeClock(directory.resolve("clock"), door.clock, System::nanoTime);
    door.clockAhead.set(-Duration.ofMinutes(20).toMillis());
    refused(Reason.TOKEN_EXPIRED, call(token(Duration.ofMinutes(-20))));
    passes(token);
  }

  @Test
  void aTokenIsOverByItsIssuersClockWhereTheNodesIsBehind() throws Exception {
    String now =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.now().atOffset(ZoneOffset.UTC));
    issuer.script(RawBackend.answering(keys("Date: " + now + "\r\n")));
    Duration back = Duration.ofHours(-2);
    door.clockAhead.set(back.toMillis());
    refused(Reason.TOKEN_EXPIRED, call(token(back)));
  }

  @Test
  void aPoolThatHasNotComeYetOrIsGoneTakesNoToken() throws Exception {
    passes(token(Duration.ZERO));
    door.live.removeUserPool(UserPoolSnapshot.key(OURS.account(), Tenant.POOL));
    refused(Reason.TOKEN_ISSUER_UNKNOWN, call(token(Duration.ZERO)));
  }

  @Test
  void whatAPoolNoLongerTakesIsRefusedThoughItIsRemembered() throws Exception {
    TestClaims token = token(Duration.ZERO);
    passes(token);
    becomes(Set.of("another client"), Set.of("RS256"));
    refused(Reason.TOKEN_CLIENT, call(token));
    becomes(Set.of(), Set.of("ES256"));
    refused(Reason.TOKEN_ALGORITHM, call(token));
    becomes(Set.of(), Set.of("RS256"));
    passes(token);
  }

  private void becomes(Set<String> clients, Set<String> algorithms) {
    door.live.put(
        new UserPoolSnapshot(
            2,
            OURS.account(),
            Tenant.POOL,
            ISSUER,
            Optional.of(issuer.url()),
            clients,
            algorithms));
  }

  @Test
  void anApiKeyWhosePlanHasNotComeYetOpensNothing() throws Exception {
    door.serve(OURS.api(method(true), null, pools()));
    String key = "x-api-key: our value";
    refused(Reason.API_KEY_UNKNOWN, call(token(Duration.ZERO), key));
    door.live.put(OURS.apiKey("our value", true, "plan01"));
    refused(Reason.API_KEY_NOT_IN_PLAN, call(token(Duration.ZERO), key));
    door.live.put(new PlanSnapshot(1, OURS.account(), "plan01", Set.of()));
    refused(Reason.API_KEY_NOT_IN_PLAN, call(token(Duration.ZERO), key));
  }

  /** Each byte of the file in turn would be much; every seventh shows the same. */
  @Test
  void keysOnTheDiskThatAreNotWholeAreNotThere() throws Exception {
    PoolNode node = new PoolNode(directory);
    node.keys = KEYS;
    String token = signed(TestClaims.id(node.now));
    assertEquals(null, node.call(token).reason());
    Path file;
    try (Stream<Path> files = Files.list(directory)) {
      file = files.toList().getFirst();
    }
    byte[] whole = Files.readAllBytes(file);
    node.keys = null;
    node.start();
    assertEquals(null, node.call(token).reason(), "what is whole serves");
    for (int at = 0; at < whole.length; at += 7) {
      for (byte[] broken : List.of(flipped(whole, at), cut(whole, at))) {
        Files.write(file, broken);
        node.start();
        PoolNode.Outcome outcome = node.call(token);
        node.asked.getLast().fail();
        assertEquals(Reason.ISSUER_UNREACHABLE, outcome.reason());
      }
    }
  }

  private static byte[] flipped(byte[] whole, int at) {
    byte[] broken = whole.clone();
    broken[at] ^= 1;
    return broken;
  }

  private static byte[] cut(byte[] whole, int at) {
    return Arrays.copyOf(whole, at);
  }
}
