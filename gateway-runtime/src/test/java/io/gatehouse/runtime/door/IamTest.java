package io.gatehouse.runtime.door;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.aws.SessionToken;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Reason;
import io.netty.handler.codec.http2.Http2Headers;
import java.io.InputStream;
import java.net.Socket;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** AWS_IAM at a real door: callers sign with the SDK for Java. */
class IamTest {

  private static final String ACCOUNT = SampleApi.ACCOUNT;
  private static final String OTHER_ACCOUNT = "999988887777";
  private static final String KEY = "AKIAEXAMPLEEXAMPLE12";
  private static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
  private static final String TEMPORARY = "ASIAEXAMPLEEXAMPLE12";
  private static final String WHO =
      "$context.identity.accountId $context.identity.accessKey $context.identity.caller"
          + " $context.identity.user $context.identity.userArn [$context.identity.principalOrgId]";

  private Door door;
  private RawBackend backend;

  @BeforeEach
  void open() throws Exception {
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
    door = new Door("127.0.0.1/32", 1000);
    serve(null);
    door.live.put(SampleUser.user(ACCOUNT, "ci", KEY, SECRET, SampleUser.ALL));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private void serve(String policy) {
    door.serve(
        SampleApi.api("abc123", "dev")
            .with(api -> api.policy(policy))
            .method("GET", "/who", who())
            .method("GET", "/{proxy+}", who())
            .method(
                "POST",
                "/body",
                SampleApi.proxyMethod("/body", backend.url() + "/")
                    .authorizationType("AWS_IAM")
                    .build())
            .snapshot(1));
  }

  private static Method who() {
    return Method.builder()
        .authorizationType("AWS_IAM")
        .methodIntegration(
            Integration.builder()
                .type("MOCK")
                .requestTemplates(Map.of("application/json", "{statusCode: 200}"))
                .integrationResponses(
                    Map.of(
                        "200",
                        IntegrationResponse.builder()
                            .statusCode("200")
                            .responseTemplates(Map.of("application/json", WHO))
                            .build()))
                .build())
        .build();
  }

  private static SignedCall call(String path) {
    return SignedCall.of(path, KEY, SECRET);
  }

  /** The answer's status and body, and the reason if it is a refusal. */
  private String answer(SignedCall.Sent sent) throws Exception {
    return answer(door.raw(sent.bytes()));
  }

  private String answer(String raw) throws Exception {
    Exchange x = door.exchange();
    String body = raw.substring(raw.indexOf("\r\n\r\n") + 4);
    return raw.substring(9, 12)
        + " "
        + body
        + (x.refusal() == null ? "" : " " + x.refusal().reason() + " " + x.refusal().errorType());
  }

  private void assertPasses(SignedCall.Sent sent) throws Exception {
    String answer = answer(sent);
    assertTrue(answer.startsWith("200 "), answer);
  }

  private void assertRefused(SignedCall.Sent sent, Reason reason) throws Exception {
    String answer = answer(sent);
    assertTrue(answer.contains(" " + reason + " "), answer);
    assertTrue(backend.received.isEmpty());
  }

  @Test
  void mappingsKnowWhoHasSigned() throws Exception {
    assertEquals(
        "200 123456789012 AKIAEXAMPLEEXAMPLE12 AIDACI AIDACI arn:aws:iam::123456789012:user/ci []",
        answer(call("/dev/who").signed()));
    door.live.put(SampleUser.role(ACCOUNT, "deploy", SampleUser.ALL));
    assertEquals(
        "200 123456789012 ASIAEXAMPLEEXAMPLE12 AROADEPLOY:ci AROADEPLOY:ci"
            + " arn:aws:sts::123456789012:assumed-role/deploy/ci []",
        answer(temporary(session("deploy", 600, null)).signed()));
  }

  @Test
  void presignedRequestsPassWithinTheirLifeOnly() throws Exception {
    assertPasses(call("/dev/who").query("q", "a b+c").presigned().signed());
    Instant now = Instant.now();
    assertPasses(call("/dev/who").presigned().at(now.minusSeconds(890)).signed());
    assertRefused(
        call("/dev/who").presigned().at(now.minusSeconds(905)).signed(),
        Reason.SIGNATURE_NOT_CURRENT);
    assertRefused(
        call("/dev/who").presigned().at(now.plusSeconds(310)).signed(),
        Reason.SIGNATURE_NOT_CURRENT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/dev/a/b",
        "/dev/a//b",
        "/dev/a/",
        "/dev/%E2%82%AC/x",
        "/dev/a%2Fb",
        "/dev/a%2fb",
        "/dev/a%252Fb",
        "/dev/a+b",
        "/dev/a%20b",
        "/dev/a:b@c!$&'()*+,;=~",
        "/dev/.x/..y"
      })
  void pathsAreSignedAsTheyAreSent(String path) throws Exception {
    assertPasses(call(path).signed());
    assertPasses(call(path).presigned().signed());
    assertRefused(call(path).signed().withPath(path + "x"), Reason.SIGNATURE_MISMATCH);
  }

  @Test
  void aBodyIsCoveredInEveryWayThatItsSignerChooses() throws Exception {
    byte[] body = "{\"a\": 1}".getBytes(UTF_8);
    byte[] large = new byte[300_000];
    for (byte[] content : new byte[][] {body, large, new byte[0]}) {
      assertHandedOn(call("/dev/body").post(content), content);
      assertHandedOn(call("/dev/body").post(content).unsignedPayload(), content);
      assertHandedOn(call("/dev/body").post(content).chunked(false), content);
      assertHandedOn(call("/dev/body").post(content).chunked(true), content);
      assertHandedOn(call("/dev/body").post(content).chunked(true).unsignedPayload(), content);
    }
  }

  private void assertHandedOn(SignedCall call, byte[] content) throws Exception {
    assertPasses(call.signed());
    RawBackend.Received received = backend.next();
    assertEquals(new String(content, UTF_8), new String(received.body(), UTF_8));
    String head = received.head().toLowerCase();
    assertFalse(head.contains("aws-chunked"), head);
    assertFalse(head.contains("x-amz-decoded-content-length"), head);
    assertFalse(head.contains("streaming-"), head);
    assertFalse(head.contains("authorization:"), head);
  }

  @Test
  void whatIsSignedForAnotherServiceOrRegionIsRefused() throws Exception {
    assertPasses(call("/dev/who").scope("execute-api", "us-east-1").signed());
    assertRefused(call("/dev/who").scope("s3", "us-east-1").signed(), Reason.SIGNATURE_SCOPE);
    assertRefused(
        call("/dev/who").scope("execute-api", "us-west-2").presigned().signed(),
        Reason.SIGNATURE_SCOPE);
  }

  @Test
  void anotherBodyIsRefused() throws Exception {
    byte[] body = "{\"a\": 1}".getBytes(UTF_8);
    byte[] other = "{\"a\": 2}".getBytes(UTF_8);
    assertRefused(call("/dev/body").post(body).signed().withBody(other), Reason.SIGNATURE_MISMATCH);
    assertRefused(
        call("/dev/body").post(body).signed().without("x-amz-content-sha256").withBody(other),
        Reason.SIGNATURE_MISMATCH);
    byte[] large = new byte[300_000];
    SignedCall.Sent chunks = call("/dev/body").post(large).chunked(false).signed();
    byte[] changed = chunks.body().clone();
    changed[changed.length / 2] ^= 1;
    assertRefused(chunks.withBody(changed), Reason.SIGNATURE_MISMATCH);
    byte[] largeHashed = large.clone();
    largeHashed[5] = 1;
    assertRefused(
        call("/dev/body").post(large).signed().withBody(largeHashed), Reason.SIGNATURE_MISMATCH);
    // What says that nothing covers it has to be signed itself.
    assertRefused(
        call("/dev/body")
            .post(body)
            .signed()
            .without("x-amz-content-sha256")
            .withHeader("x-amz-content-sha256: UNSIGNED-PAYLOAD")
            .withBody(other),
        Reason.SIGNATURE_MISMATCH);
  }

  @Test
  void aStrangersBodyIsNotRead() throws Exception {
    SignedCall.Sent stranger =
        SignedCall.of("/dev/body", "AKIASTRANGERSTRANGER", SECRET).post(new byte[1000]).signed();
    assertTrue(announced(stranger).startsWith("HTTP/1.1 403 "));
    assertEquals(Reason.ACCESS_KEY_UNKNOWN, door.exchange().refusal().reason());
    assertTrue(
        announced(call("/dev/body").post(new byte[1000]).signed())
            .startsWith("HTTP/1.1 100 Continue"));
  }

  /** The first bytes that come when a body is announced and not sent. */
  private String announced(SignedCall.Sent sent) throws Exception {
    String whole = new String(sent.withHeader("Expect: 100-continue").bytes(), UTF_8);
    try (Socket socket = new Socket("127.0.0.1", door.port)) {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write(whole.substring(0, whole.indexOf("\r\n\r\n") + 4).getBytes(UTF_8));
      InputStream in = socket.getInputStream();
      return new String(in.readNBytes(25), UTF_8);
    }
  }

  @Test
  void theEventLoopDoesTheCheckAndOnlyLargeBodiesWaitForAWorker() throws Exception {
    CountDownLatch until = new CountDownLatch(1);
    assertTrue(door.occupy("somebody", until).await(10, TimeUnit.SECONDS));
    assertPasses(call("/dev/who").signed());
    assertPasses(call("/dev/body").post(new byte[20_000]).signed());
    backend.next();
    byte[] large = call("/dev/body").post(new byte[200_000]).signed().bytes();
    CompletableFuture<String> waits =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return door.raw(large);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    while (door.workers.waiting() == 0) {
      Thread.onSpinWait();
    }
    assertFalse(waits.isDone());
    until.countDown();
    assertTrue(waits.get(10, TimeUnit.SECONDS).startsWith("HTTP/1.1 200 "));
  }

  @Test
  void whoIsNotAllowedIsToldWhatForAndLearnsNoAccount() throws Exception {
    String arn = "arn:aws:execute-api:us-east-1:********9012:abc123/dev/GET/who";
    door.live.put(SampleUser.user(ACCOUNT, "ci", KEY, SECRET));
    assertEquals(
        "403 {\"Message\":\"User: arn:aws:iam::123456789012:user/ci is not authorized to perform:"
            + " execute-api:Invoke on resource: "
            + arn
            + " because no identity-based policy allows the execute-api:Invoke action\"}"
            + " CALLER_NOT_ALLOWED AccessDeniedException",
        answer(call("/dev/who").signed()));
    door.live.put(
        SampleUser.user(ACCOUNT, "ci", KEY, SECRET, SampleUser.ALL, statement("Deny", "*", "")));
    assertEquals(
        "403 {\"Message\":\"User: arn:aws:iam::123456789012:user/ci is not authorized to perform:"
            + " execute-api:Invoke on resource: "
            + arn
            + " with an explicit deny in an identity-based policy\"} CALLER_DENIED"
            + " AccessDeniedException",
        answer(call("/dev/who").signed()));
  }

  private static String statement(String effect, String resource, String more) {
    return """
        {"Version": "2012-10-17", "Statement": [{"Effect": "%s", "Action": "execute-api:Invoke",
         "Resource": "%s"%s}]}"""
        .formatted(effect, resource, more);
  }

  private static String forEverybody(String effect) {
    return statement(effect, "*", ", \"Principal\": \"*\"");
  }

  @Test
  void withinAnAccountEitherPolicyAllowsAndAcrossAccountsBothMust() throws Exception {
    String silent = statement("Allow", "arn:aws:execute-api:*:*:other/*", ", \"Principal\": \"*\"");
    String[][] rows = {
      // account, identity-based, resource policy, outcome
      {ACCOUNT, "allow", "none", "200"},
      {ACCOUNT, "none", "none", "403"},
      {ACCOUNT, "none", "allow", "200"},
      {ACCOUNT, "allow", "silent", "200"},
      {ACCOUNT, "allow", "deny", "403"},
      {ACCOUNT, "deny", "allow", "403"},
      {OTHER_ACCOUNT, "allow", "none", "403"},
      {OTHER_ACCOUNT, "allow", "allow", "200"},
      {OTHER_ACCOUNT, "none", "allow", "403"},
      {OTHER_ACCOUNT, "allow", "silent", "403"},
      {OTHER_ACCOUNT, "allow", "deny", "403"},
      {OTHER_ACCOUNT, "deny", "allow", "403"},
    };
    Map<String, String> resource =
        Map.of("allow", forEverybody("Allow"), "deny", forEverybody("Deny"), "silent", silent);
    for (String[] row : rows) {
      serve(resource.get(row[2]));
      String[] own =
          switch (row[1]) {
            case "allow" -> new String[] {SampleUser.ALL};
            case "deny" -> new String[] {SampleUser.ALL, statement("Deny", "*", "")};
            default -> new String[0];
          };
      door.live.put(SampleUser.user(row[0], "ci", KEY, SECRET, own));
      String answer = answer(call("/dev/who").signed());
      assertTrue(answer.startsWith(row[3]), String.join(" ", row) + ": " + answer);
    }
  }

  @Test
  void policiesTellCallersApartByWhatIsKnownOfThem() throws Exception {
    String[][] rows = {
      {"\"StringEquals\": {\"aws:username\": \"ci\"}", "200"},
      {"\"StringEquals\": {\"aws:username\": \"cd\"}", "403"},
      {"\"StringEquals\": {\"aws:PrincipalArn\": \"arn:aws:iam::123456789012:user/ci\"}", "200"},
      {"\"StringEquals\": {\"aws:PrincipalAccount\": \"123456789012\"}", "200"},
      {"\"StringEquals\": {\"aws:PrincipalType\": \"User\"}", "200"},
      {"\"StringEquals\": {\"aws:userid\": \"AIDACI\"}", "200"},
      {"\"StringEquals\": {\"aws:PrincipalTag/Team\": \"blue\"}", "200"},
      {"\"StringEquals\": {\"aws:PrincipalTag/Team\": \"red\"}", "403"},
      {"\"IpAddress\": {\"aws:SourceIp\": \"127.0.0.0/8\"}", "200"},
      {"\"IpAddress\": {\"aws:SourceIp\": \"10.0.0.0/8\"}", "403"},
      {"\"Bool\": {\"aws:SecureTransport\": \"true\"}", "403"},
      {"\"StringEquals\": {\"aws:RequestedRegion\": \"us-east-1\"}", "200"},
      {"\"StringEquals\": {\"aws:ResourceAccount\": \"${aws:PrincipalAccount}\"}", "200"},
      {"\"DateLessThan\": {\"aws:CurrentTime\": \"2020-01-01T00:00:00Z\"}", "403"},
      {"\"Null\": {\"aws:TokenIssueTime\": \"true\"}", "200"},
      {"\"Null\": {\"aws:SourceVpce\": \"true\"}", "200"},
    };
    for (String[] row : rows) {
      PrincipalSnapshot user =
          SampleUser.user(
              ACCOUNT,
              "ci",
              KEY,
              SECRET,
              statement("Allow", "*", ", \"Condition\": {" + row[0] + "}"));
      door.live.put(tagged(user));
      String answer = answer(call("/dev/who").signed());
      assertTrue(answer.startsWith(row[1]), row[0] + ": " + answer);
    }
  }

  private static PrincipalSnapshot tagged(PrincipalSnapshot p) {
    return new PrincipalSnapshot(
        2,
        p.account(),
        p.kind(),
        p.name(),
        p.arn(),
        p.id(),
        p.sealedSecrets(),
        p.policies(),
        Optional.empty(),
        Map.of("team", "blue"));
  }

  @Test
  void changesOfAUserTakeEffectAtOnce() throws Exception {
    assertPasses(call("/dev/who").signed());
    door.live.put(SampleUser.user(ACCOUNT, "ci", KEY, SECRET));
    assertRefused(call("/dev/who").signed(), Reason.CALLER_NOT_ALLOWED);
    door.live.put(SampleUser.user(ACCOUNT, "ci", KEY, "another secret", SampleUser.ALL));
    assertRefused(call("/dev/who").signed(), Reason.SIGNATURE_MISMATCH);
    door.live.put(SampleUser.user(ACCOUNT, "ci", "AKIAANOTHER", SECRET, SampleUser.ALL));
    assertRefused(call("/dev/who").signed(), Reason.ACCESS_KEY_UNKNOWN);
    door.live.put(SampleUser.user(ACCOUNT, "ci", KEY, SECRET, SampleUser.ALL));
    assertPasses(call("/dev/who").signed());
    door.live.removePrincipal("principal/" + ACCOUNT + "/user/ci");
    assertRefused(call("/dev/who").signed(), Reason.ACCESS_KEY_UNKNOWN);
  }

  private SessionToken session(String role, int seconds, String policy) {
    PrincipalSnapshot issuer = door.live.principal(ACCOUNT, PrincipalSnapshot.Kind.ROLE, role);
    return SampleUser.session(
        issuer, TEMPORARY, "session secret", Instant.now().plusSeconds(seconds), policy);
  }

  private static SignedCall temporary(SessionToken session) {
    return SignedCall.of("/dev/who", session.accessKeyId(), session.secret())
        .token(SampleUser.sealed(session));
  }

  @Test
  void aSessionIsTakenAsLongAsItsTokenHoldsAndItsRoleIsThere() throws Exception {
    door.live.put(SampleUser.role(ACCOUNT, "deploy", SampleUser.ALL));
    SessionToken session = session("deploy", 600, null);
    assertPasses(temporary(session).signed());
    assertPasses(temporary(session).presigned().signed());
    assertRefused(temporary(session("deploy", -1, null)).signed(), Reason.SESSION_TOKEN_EXPIRED);
    assertRefused(
        SignedCall.of("/dev/who", TEMPORARY, "session secret").signed(), Reason.ACCESS_KEY_UNKNOWN);
    assertRefused(
        call("/dev/who").token(SampleUser.sealed(session)).signed(), Reason.SESSION_TOKEN_INVALID);
    assertRefused(
        SignedCall.of("/dev/who", TEMPORARY, "session secret")
            .token(SampleUser.sealed(session).replace('A', 'B'))
            .signed(),
        Reason.SESSION_TOKEN_INVALID);
    assertRefused(
        SignedCall.of("/dev/who", TEMPORARY, "other").token(SampleUser.sealed(session)).signed(),
        Reason.SIGNATURE_MISMATCH);
    SignedCall.Sent kept = temporary(session).signed();
    assertPasses(kept);
    door.live.put(SampleUser.role(ACCOUNT, "deploy", statement("Deny", "*", "")));
    assertRefused(kept, Reason.CALLER_DENIED);
    door.live.removePrincipal("principal/" + ACCOUNT + "/role/deploy");
    assertRefused(kept, Reason.SESSION_ISSUER_GONE);
    PrincipalSnapshot namesake = SampleUser.role(ACCOUNT, "deploy", SampleUser.ALL);
    door.live.put(
        new PrincipalSnapshot(
            3,
            ACCOUNT,
            namesake.kind(),
            "deploy",
            namesake.arn(),
            "AROANOTHER",
            Map.of(),
            namesake.policies(),
            Optional.empty(),
            Map.of()));
    assertRefused(kept, Reason.SESSION_ISSUER_GONE);
  }

  @Test
  void aSessionIsLimitedByItsOwnPolicyAndByWhenItBegan() throws Exception {
    door.live.put(SampleUser.role(ACCOUNT, "deploy", SampleUser.ALL));
    String elsewhere = statement("Allow", "arn:aws:execute-api:*:*:*/dev/GET/other", "");
    assertRefused(temporary(session("deploy", 600, elsewhere)).signed(), Reason.CALLER_NOT_ALLOWED);
    assertRefused(temporary(session("deploy", 600, "no policy")).signed(), Reason.CALLER_DENIED);
    String later =
        ", \"Condition\": {\"DateLessThan\": {\"aws:TokenIssueTime\": \"%s\"}}"
            .formatted(Instant.now());
    door.live.put(
        SampleUser.role(ACCOUNT, "deploy", SampleUser.ALL, statement("Deny", "*", later)));
    assertRefused(temporary(session("deploy", 600, null)).signed(), Reason.CALLER_DENIED);
  }

  @Test
  void whatCannotBeReadOrOpenedLetsNobodyIn() throws Exception {
    door.live.put(SampleUser.user(ACCOUNT, "ci", KEY, SECRET, SampleUser.ALL, "{\"no\": 1}"));
    assertRefused(call("/dev/who").signed(), Reason.CALLER_DENIED);
    PrincipalSnapshot sealedForAnother = SampleUser.user(OTHER_ACCOUNT, "ci", KEY, SECRET);
    PrincipalSnapshot user = SampleUser.user(ACCOUNT, "ci", KEY, SECRET, SampleUser.ALL);
    door.live.put(
        new PrincipalSnapshot(
            4,
            ACCOUNT,
            user.kind(),
            "ci",
            user.arn(),
            user.id(),
            sealedForAnother.sealedSecrets(),
            user.policies(),
            Optional.empty(),
            Map.of()));
    assertRefused(call("/dev/who").signed(), Reason.ACCESS_KEY_SEALED);
  }

  @Test
  void inHttp2TheAuthorityIsWhatIsSignedAsHost() throws Exception {
    SignedCall.Sent sent = call("/dev/who").signed();
    try (Http2Wire wire = new Http2Wire(door.port)) {
      wire.headers(1, http2(sent), true);
      assertEquals("200", wire.answer(1).status());
      wire.headers(3, http2(sent).authority("abc123.execute-api.evil.example"), true);
      assertEquals("403", wire.answer(3).status());
    }
    door.exchange();
    assertEquals(Reason.SIGNATURE_MISMATCH, door.exchange().refusal().reason());
  }

  private static Http2Headers http2(SignedCall.Sent sent) {
    Http2Headers headers =
        Http2Wire.request(sent.verb(), sent.path()).authority(sent.header("Host"));
    sent.without("Host")
        .headers()
        .forEach(
            line ->
                headers.add(
                    line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT),
                    line.substring(line.indexOf(':') + 1).strip()));
    return headers;
  }

  @Test
  void nobodyIsKnownWhereNothingIsAskedFor() throws Exception {
    door.serve(SampleApi.api("open", "dev").mock("GET", "/", 200, "open").snapshot(1));
    door.get("/_aws/execute-api/open/dev/");
    assertNull(door.exchange().identity());
  }
}
