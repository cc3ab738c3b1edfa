package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.Tenant.OURS;
import static io.gatehouse.runtime.auth.Tenant.THEIRS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.NodeClock;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.Identities;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.door.SampleUser;
import io.gatehouse.runtime.door.SignedCall;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * Whatever is missing, unreadable, wrong or broken of who may call, nobody is let in who would not
 * be otherwise: the caller is refused and the backend hears of nothing. Of those who sign, and of
 * every kind of authorizer that breaks.
 */
class FailClosedTest {

  private static final String DENY_ALL =
      "{\"Statement\":{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}}";

  @TempDir Path directory;
  private RawBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nin"));
    door = new Door("127.0.0.0/8", 100);
    door.live.put(OURS.ann());
    door.live.put(OURS.role());
    door.serve(api("AWS_IAM"));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private Method method(String authorization) {
    return SampleApi.proxyMethod("/pets", backend.url() + "/")
        .authorizationType(authorization)
        .authorizerId(Tenant.AUTHORIZER)
        .build();
  }

  private StageSnapshot api(String authorization) {
    return OURS.api(method(authorization), null);
  }

  private static SignedCall key() {
    return SignedCall.of("/dev/pets", OURS.keyId(), OURS.secret()).to(OURS.apiId());
  }

  private static SignedCall session() {
    return key().token(OURS.session());
  }

  private String raw(SignedCall call) throws Exception {
    return door.raw(call.signed().bytes());
  }

  private void passes(String answer) throws Exception {
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    door.exchange();
    backend.next();
  }

  private void refused(Reason reason, String answer) throws Exception {
    Exchange x = door.exchange();
    assertEquals(reason, x.refusal() == null ? null : x.refusal().reason(), answer);
    assertTrue(backend.received.isEmpty(), "the backend was called");
    assertTrue(answer.matches("HTTP/1.1 [45](?s:.*)"), answer);
  }

  private String get() throws Exception {
    return door.get("/_aws/execute-api/" + OURS.apiId() + "/dev/pets", "Authorization: token");
  }

  private NodeAuthorizers authorizers(Identities identities, Optional<Seal> nodeKey) {
    InstantSource clock = InstantSource.system();
    return new NodeAuthorizers(
        new KeyHolders(identities, nodeKey),
        new UserPoolTokens(identities, door.issuers, clock),
        new LambdaAuthorizers(door.backends, door.backends::loop, System::nanoTime),
        door.workers);
  }

  private void serve(StageSnapshot stage, NodeAuthorizers authorizers) {
    door.live.put(StageCompiler.compile(stage, door.backends, authorizers));
  }

  @Test
  void withoutANodeKeyNoSignerIsKnown() throws Exception {
    serve(api("AWS_IAM"), authorizers(door.live, Optional.empty()));
    refused(Reason.ACCESS_KEY_SEALED, raw(key()));
    refused(Reason.ACCESS_KEY_SEALED, raw(session()));
  }

  @Test
  void underAnotherNodeKeyNothingOpens() throws Exception {
    byte[] other = new byte[Seal.KEY_BYTES];
    other[0] = 1;
    serve(api("AWS_IAM"), authorizers(door.live, Optional.of(new Seal(other))));
    refused(Reason.ACCESS_KEY_SEALED, raw(key()));
    refused(Reason.SESSION_TOKEN_INVALID, raw(session()));
  }

  @Test
  void aSecretThatWasSealedForAnotherAccountDoesNotOpen() throws Exception {
    PrincipalSnapshot theirs =
        SampleUser.user(THEIRS.account(), "ann", OURS.keyId(), OURS.secret());
    door.live.put(
        copy(OURS.ann(), OURS.ann().id(), theirs.sealedSecrets(), List.of(SampleUser.ALL), null));
    refused(Reason.ACCESS_KEY_SEALED, raw(key()));
  }

  private static PrincipalSnapshot copy(
      PrincipalSnapshot of,
      String id,
      Map<String, String> secrets,
      List<String> policies,
      String boundary) {
    return new PrincipalSnapshot(
        2,
        of.account(),
        of.kind(),
        of.name(),
        of.arn(),
        id,
        secrets,
        policies,
        Optional.ofNullable(boundary),
        Map.of());
  }

  private void becomes(List<String> policies, String boundary) {
    for (PrincipalSnapshot one : List.of(OURS.ann(), OURS.role())) {
      door.live.put(copy(one, one.id(), one.sealedSecrets(), policies, boundary));
    }
  }

  @Test
  void aPrincipalThatIsGoneCallsNoMore() throws Exception {
    passes(raw(key()));
    String token = OURS.session();
    passes(raw(key().token(token)));
    door.live.removePrincipal(OURS.ann().key());
    door.live.removePrincipal(OURS.role().key());
    refused(Reason.ACCESS_KEY_UNKNOWN, raw(key()));
    refused(Reason.SESSION_ISSUER_GONE, raw(key().token(token)));
  }

  @Test
  void aNamesakeInheritsNeitherKeysNorSessions() throws Exception {
    String token = OURS.session();
    passes(raw(key()));
    passes(raw(key().token(token)));
    door.live.put(copy(OURS.ann(), "AIDAOTHER", Map.of(), List.of(SampleUser.ALL), null));
    door.live.put(copy(OURS.role(), "AROAOTHER", Map.of(), List.of(SampleUser.ALL), null));
    refused(Reason.ACCESS_KEY_UNKNOWN, raw(key()));
    refused(Reason.SESSION_ISSUER_GONE, raw(key().token(token)));
  }

  @Test
  void whosePoliciesHaveNotComeYetMayDoNothing() throws Exception {
    becomes(List.of(), null);
    refused(Reason.CALLER_NOT_ALLOWED, raw(key()));
    refused(Reason.CALLER_NOT_ALLOWED, raw(session()));
  }

  @Test
  void whoseAllowIsTakenAwayIsRefusedFromThenOn() throws Exception {
    String token = OURS.session();
    passes(raw(key()));
    passes(raw(key().token(token)));
    becomes(List.of(), null);
    refused(Reason.CALLER_NOT_ALLOWED, raw(key()));
    refused(Reason.CALLER_NOT_ALLOWED, raw(key().token(token)));
  }

  @ParameterizedTest
  @EnumSource
  void aPolicyThatCannotBeReadDeniesEverything(Unreadable policy) throws Exception {
    becomes(List.of(SampleUser.ALL, policy.text), null);
    refused(Reason.CALLER_DENIED, raw(key()));
    refused(Reason.CALLER_DENIED, raw(session()));
    becomes(List.of(SampleUser.ALL), policy.text);
    refused(Reason.CALLER_DENIED, raw(key()));
    refused(Reason.CALLER_DENIED, raw(session()));
    becomes(List.of(SampleUser.ALL), null);
    String limited =
        SampleUser.sealed(
            SampleUser.session(
                OURS.role(),
                OURS.keyId(),
                OURS.secret(),
                Instant.now().plusSeconds(600),
                policy.text));
    refused(Reason.CALLER_DENIED, raw(key().token(limited)));
  }

  /** Policies that are none. */
  enum Unreadable {
    EMPTY(""),
    CUT_OFF(SampleUser.ALL.substring(0, SampleUser.ALL.length() - 2)),
    NULL("null"),
    UNKNOWN_OPERATOR(
        SampleUser.ALL.replace("\"*\"", "\"*\", \"Condition\": {\"X\": {\"a\": \"b\"}}")),
    UNKNOWN_EFFECT(SampleUser.ALL.replace("Allow", "Maybe")),
    NESTED("[".repeat(1_000) + "]".repeat(1_000));

    private final String text;

    Unreadable(String text) {
      this.text = text;
    }
  }

  @Test
  void aResourcePolicyThatCannotBeReadLetsNobodyIn() throws Exception {
    for (Unreadable policy : EnumSet.complementOf(EnumSet.of(Unreadable.EMPTY))) { // that is none
      for (String authorization : List.of("NONE", "AWS_IAM")) {
        door.serve(OURS.api(method(authorization), policy.text));
        String answer = authorization.equals("NONE") ? get() : raw(key());
        door.exchange();
        assertTrue(answer.matches("HTTP/1.1 [45](?s:.*)"), policy + " " + answer);
        assertTrue(backend.received.isEmpty());
      }
    }
  }

  @Test
  void aClockThatIsWrongByAnHourTakesNoSignature() throws Exception {
    for (int seconds : new int[] {-3600, 3600}) {
      Instant other = Instant.now().plusSeconds(seconds);
      refused(Reason.SIGNATURE_NOT_CURRENT, raw(key().at(other)));
      refused(Reason.SIGNATURE_NOT_CURRENT, raw(key().presigned().at(other)));
      refused(Reason.SIGNATURE_NOT_CURRENT, raw(session().at(other)));
    }
  }

  @Test
  void anExpiredSessionIsOverThoughItHasBeenSeen() throws Exception {
    for (int seconds : new int[] {-1, -86_400}) {
      String token =
          SampleUser.sealed(
              SampleUser.session(
                  OURS.role(),
                  OURS.keyId(),
                  OURS.secret(),
                  Instant.now().plusSeconds(seconds),
                  null));
      refused(Reason.SESSION_TOKEN_EXPIRED, raw(key().token(token)));
      refused(Reason.SESSION_TOKEN_EXPIRED, raw(key().token(token)));
    }
  }

  @Test
  void anExpiredSessionStaysOverWhereTheClockIsSetBackAlsoAcrossARestart() throws Exception {
    AtomicLong ahead = new AtomicLong();
    InstantSource system = () -> Instant.now().plusMillis(ahead.get());
    Path file = directory.resolve("clock");
    NodeClock clock = new NodeClock(file, system, System::nanoTime);
    door.clock = clock;
    String token =
        SampleUser.sealed(
            SampleUser.session(
                OURS.role(),
                OURS.keyId(),
                OURS.secret(),
                Instant.now().minus(Duration.ofMinutes(20)),
                null));
    Instant whenItWasGood = Instant.now().minus(Duration.ofMinutes(30));
    SignedCall backdated = key().token(token).at(whenItWasGood);
    refused(Reason.SIGNATURE_NOT_CURRENT, raw(backdated));
    refused(Reason.SESSION_TOKEN_EXPIRED, raw(key().token(token)));
    clock.tick();
    ahead.set(-Duration.ofMinutes(30).toMillis());
    refused(Reason.SIGNATURE_NOT_CURRENT, raw(backdated));
    refused(Reason.SIGNATURE_NOT_CURRENT, raw(key().token(token).presigned().at(whenItWasGood)));
    refused(Reason.SESSION_TOKEN_EXPIRED, raw(key().token(token)));
    passes(raw(session()));
    door.clock = new NodeClock(file, system, System::nanoTime);
    refused(Reason.SIGNATURE_NOT_CURRENT, raw(backdated));
    refused(Reason.SESSION_TOKEN_EXPIRED, raw(key().token(token)));
    passes(raw(session()));
  }

  @Test
  void whereTheWorkersHaveTooMuchToDoALargeSignedBodyIsRefused() throws Exception {
    StageSnapshot plain =
        SampleApi.api(OURS.apiId(), "dev").method("POST", "/pets", method("AWS_IAM")).snapshot(1);
    door.serve(plain);
    byte[] body = new byte[100_000];
    passes(raw(key().post(body)));
    CountDownLatch released = new CountDownLatch(1);
    door.occupy(OURS.account(), released).await();
    for (int i = 0; i < 8; i++) {
      door.occupy(OURS.account(), released);
    }
    while (door.workers.waiting() < 8) {
      Thread.onSpinWait();
    }
    refused(Reason.WORK_QUEUE_FULL, raw(key().post(body)));
    released.countDown();
  }

  /** How a part may break. */
  enum Broken {
    BUG,
    TOO_DEEP;

    <T> T fail() {
      if (this == BUG) {
        throw new IllegalStateException("meant to be");
      }
      throw new StackOverflowError("meant to be");
    }
  }

  private Identities broken(Broken how) {
    return new Identities() {
      @Override
      public PrincipalSnapshot holderOf(String accessKeyId) {
        return how.fail();
      }

      @Override
      public PrincipalSnapshot principal(String account, PrincipalSnapshot.Kind kind, String name) {
        return how.fail();
      }

      @Override
      public UserPoolSnapshot userPool(String account, String poolId) {
        return how.fail();
      }
    };
  }

  @ParameterizedTest
  @EnumSource
  void identitiesThatBreakLetNobodyIn(Broken how) throws Exception {
    NodeAuthorizers authorizers = authorizers(broken(how), Optional.of(Door.NODE_KEY));
    serve(api("AWS_IAM"), authorizers);
    refused(Reason.BUG, raw(key()));
    refused(Reason.BUG, raw(session()));
    Method method = method("COGNITO_USER_POOLS");
    var pools = Tenant.authorizer(a -> a.type("COGNITO_USER_POOLS").providerARNs(OURS.pool()));
    serve(OURS.api(method, null, pools), authorizers);
    String token = OURS.token(TestClaims.ISSUER).signed("one", TestKeys.RSA);
    refused(
        Reason.BUG,
        door.get("/_aws/execute-api/" + OURS.apiId() + "/dev/pets", "Authorization: " + token));
  }

  @ParameterizedTest
  @EnumSource
  void aFunctionHostThatBreaksLetsNobodyInAndNobodyWait(Broken how) throws Exception {
    door.functions.script((call, reply) -> how.fail());
    door.serve(OURS.api(method("CUSTOM"), null, Tenant.asking(OURS.function(), "TOKEN", 300)));
    Reason reason = how == Broken.BUG ? Reason.AUTHORIZER_NOT_INVOKED : Reason.BUG;
    refused(reason, get());
    refused(reason, get());
  }

  @ParameterizedTest
  @EnumSource
  void anAuthorizerThatBreaksLetsNobodyInWhateverStandsAroundIt(Broken how) throws Exception {
    Authorizer breaksAtOnce = x -> how.fail();
    Authorizer breaksLater =
        new Authorizer() {
          @Override
          public boolean passes(Exchange x) {
            return false;
          }

          @Override
          public void fetch(Exchange x, Reply reply) {
            how.fail();
          }
        };
    for (Authorizer broken : List.of(breaksAtOnce, breaksLater)) {
      for (var around :
          List.<BiFunction<StageAccess, Authorizer, Authorizer>>of(
              (stage, next) -> next, PolicyFirst::before, PolicyFirst::after)) {
        guardedBy(around.apply(TestAccess.allowing(OURS), broken));
        refused(Reason.BUG, get());
      }
    }
  }

  private void guardedBy(Authorizer authorizer) {
    door.live.put(Guarded.by(authorizer, StageCompiler.compile(api("NONE"), door.backends)));
  }

  @ParameterizedTest
  @EnumSource
  void workThatBreaksIsARefusalAndTheWorkerGoesOn(Broken how) throws Exception {
    guardedBy(
        new Authorizer() {
          @Override
          public boolean passes(Exchange x) {
            return false;
          }

          @Override
          public void fetch(Exchange x, Reply reply) {
            GatewayException[] refusal = {GatewayException.bug(new IllegalStateException())};
            door.workers.run(OURS.account(), how::fail, () -> reply.refuse(refusal[0]));
          }
        });
    refused(Reason.BUG, get());
    refused(Reason.BUG, get());
  }

  @Test
  void theFirstWordOfAnAuthorizerCounts() throws Exception {
    GatewayException denied = GatewayException.of(ResponseType.ACCESS_DENIED, Reason.CALLER_DENIED);
    guardedBy(
        new Authorizer() {
          @Override
          public boolean passes(Exchange x) {
            return false;
          }

          @Override
          public void fetch(Exchange x, Reply reply) {
            reply.refuse(denied);
            reply.pass();
            reply.pass();
            throw new IllegalStateException("meant to be");
          }
        });
    refused(Reason.CALLER_DENIED, get());
    assertEquals(0, door.seen.size());
  }

  @Test
  void aPassThatIsFollowedByARefusalOfThePolicyIsARefusal() throws Exception {
    Authorizer passesLater =
        new Authorizer() {
          @Override
          public boolean passes(Exchange x) {
            return false;
          }

          @Override
          public void fetch(Exchange x, Reply reply) {
            reply.pass();
          }
        };
    guardedBy(PolicyFirst.after(TestAccess.of(OURS, DENY_ALL), passesLater));
    refused(Reason.RESOURCE_POLICY_DENIES, get());
  }

  @Test
  void aMethodWhoseAuthorizationNobodyKnowsIsServedToNobody() throws Exception {
    door.serve(api("SOMETHING_NEW"));
    String answer = get();
    door.exchange();
    assertTrue(answer.matches("HTTP/1.1 [45](?s:.*)"), answer);
    assertTrue(backend.received.isEmpty());
  }
}
