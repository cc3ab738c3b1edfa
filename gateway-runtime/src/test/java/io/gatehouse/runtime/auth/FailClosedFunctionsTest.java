package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.Tenant.OURS;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.door.ScriptedFunctions.Script;
import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Whatever becomes of an authorizer's function, its answers and their cache, nobody gets in. */
class FailClosedFunctionsTest {

  private static final String ALLOW = answer("Allow", "*");
  private static final int TTL_SECONDS = 60;

  private RawBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend =
        new RawBackend(RawBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nin"));
    door = new Door("127.0.0.0/8", 100);
    door.functions.script((call, reply) -> answer(reply, 200, ALLOW));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
    backend.close();
  }

  private static String answer(String effect, String resource) {
    return """
        {"principalId": "x", "policyDocument": {"Version": "2012-10-17", "Statement":
          [{"Action": "execute-api:Invoke", "Effect": "%s", "Resource": "%s"}]}}
        """
        .formatted(effect, resource);
  }

  private static void answer(Reply reply, int status, String json, String... headers) {
    HeaderList list = new HeaderList();
    for (int i = 0; i < headers.length; i += 2) {
      list.add(headers[i], headers[i + 1]);
    }
    reply.answer(new BackendResponse(status, list, new Body.Bytes(json.getBytes(UTF_8))));
  }

  private Method method(String authorization) {
    return SampleApi.proxyMethod("/pets", backend.url() + "/")
        .authorizationType(authorization)
        .authorizerId(Tenant.AUTHORIZER)
        .build();
  }

  private static Authorizer keeping() {
    return Tenant.asking(OURS.function(), "TOKEN", TTL_SECONDS);
  }

  private String get() throws Exception {
    return door.get("/_aws/execute-api/" + OURS.apiId() + "/dev/pets", "Authorization: token");
  }

  private void passes() throws Exception {
    String answer = get();
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    door.exchange();
    backend.next();
  }

  private void refused(Reason reason) throws Exception {
    refused(reason, get());
  }

  private void refused(Reason reason, String answer) throws Exception {
    Exchange x = door.exchange();
    assertEquals(reason, x.refusal() == null ? null : x.refusal().reason(), answer);
    assertTrue(answer.matches("HTTP/1.1 [45](?s:.*)"), answer);
    assertTrue(backend.received.isEmpty(), "the backend was called");
  }

  private void expire() {
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(TTL_SECONDS + 1));
  }

  /** What a function may do when it is asked once more. */
  enum Then {
    THROWS(
        Reason.AUTHORIZER_NOT_INVOKED,
        (call, reply) -> {
          throw new IllegalStateException("meant to be");
        }),
    FAILS(
        Reason.AUTHORIZER_FUNCTION_ERROR,
        (call, reply) ->
            answer(reply, 200, "{\"errorMessage\": \"no\"}", "X-Amz-Function-Error", "Unhandled")),
    FAILS_AND_ALLOWS(
        Reason.AUTHORIZER_FUNCTION_ERROR,
        (call, reply) -> answer(reply, 200, ALLOW, "X-Amz-Function-Error", "Unhandled")),
    KNOWS_NOBODY(
        Reason.AUTHORIZER_UNAUTHORIZED,
        (call, reply) ->
            answer(
                reply,
                200,
                "{\"errorMessage\": \"Unauthorized\"}",
                "X-Amz-Function-Error",
                "Unhandled")),
    IS_GONE(Reason.AUTHORIZER_NOT_INVOKED, (call, reply) -> answer(reply, 404, ALLOW)),
    IS_BUSY(Reason.AUTHORIZER_NOT_INVOKED, (call, reply) -> answer(reply, 429, ALLOW)),
    SAYS_NOTHING(Reason.AUTHORIZER_ANSWER_MALFORMED, (call, reply) -> answer(reply, 200, "")),
    SAYS_NULL(Reason.AUTHORIZER_ANSWER_MALFORMED, (call, reply) -> answer(reply, 200, "null")),
    SAYS_HALF(
        Reason.AUTHORIZER_ANSWER_MALFORMED,
        (call, reply) -> answer(reply, 200, ALLOW.substring(0, ALLOW.length() - 4))),
    SAYS_IT_TWICE(
        Reason.AUTHORIZER_ANSWER_MALFORMED, (call, reply) -> answer(reply, 200, ALLOW + ALLOW)),
    SAYS_TOO_MUCH(
        Reason.AUTHORIZER_ANSWER_TOO_LARGE,
        (call, reply) -> answer(reply, 200, ALLOW + " ".repeat(70_000))),
    NESTS(
        Reason.AUTHORIZER_ANSWER_MALFORMED,
        (call, reply) -> answer(reply, 200, "{\"a\":".repeat(9_000) + "1" + "}".repeat(9_000))),
    SAYS_MAYBE(
        Reason.AUTHORIZER_ANSWER_MALFORMED,
        (call, reply) -> answer(reply, 200, answer("Maybe", "*"))),
    ALLOWS_ELSEWHERE(
        Reason.AUTHORIZER_POLICY_SILENT,
        (call, reply) -> answer(reply, 200, answer("Allow", "arn:aws:execute-api:*/other"))),
    DENIES_THEN_ALLOWS(
        Reason.AUTHORIZER_POLICY_DENIES,
        (call, reply) -> {
          answer(reply, 200, answer("Deny", "*"));
          answer(reply, 200, ALLOW);
        });

    private final Reason reason;
    private final Script script;

    Then(Reason reason, Script script) {
      this.reason = reason;
      this.script = script;
    }
  }

  @ParameterizedTest
  @EnumSource
  void anAllowThatHasExpiredHelpsNobodyWhateverTheFunctionDoesNow(Then then) throws Exception {
    door.serve(OURS.api(method("CUSTOM"), null, keeping()));
    passes();
    door.functions.script(then.script);
    passes();
    expire();
    refused(then.reason);
    refused(then.reason);
  }

  @Test
  void anAllowThatHasExpiredHelpsNobodyWhileTheFunctionHangs() throws Exception {
    door.serve(OURS.api(method("CUSTOM"), null, keeping()));
    passes();
    door.functions.received.clear();
    door.functions.script((call, reply) -> {});
    expire();
    CompletableFuture<String> answer = new CompletableFuture<>();
    Thread.startVirtualThread(() -> ask(answer));
    door.functions.received.poll(10, TimeUnit.SECONDS);
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(30));
    refused(Reason.AUTHORIZER_NOT_INVOKED, answer.get(20, TimeUnit.SECONDS));
  }

  private void ask(CompletableFuture<String> answer) {
    try {
      answer.complete(get());
    } catch (Exception e) {
      answer.completeExceptionally(e);
    }
  }

  @Test
  void aClockThatIsSetBackProlongsNoAnswer() throws Exception {
    door.serve(OURS.api(method("CUSTOM"), null, keeping()));
    passes();
    door.functions.script((call, reply) -> answer(reply, 200, answer("Deny", "*")));
    door.clockAhead.set(-TimeUnit.HOURS.toMillis(1));
    expire();
    refused(Reason.AUTHORIZER_POLICY_DENIES);
  }

  @Test
  void whatIsDrivenOutOfAFullCacheIsAskedAgain() throws Exception {
    LambdaAuthorizers functions =
        new LambdaAuthorizers(door.backends, door.backends::loop, System::nanoTime);
    NodeAuthorizers authorizers =
        new NodeAuthorizers(
            new KeyHolders(door.live, Optional.of(Door.NODE_KEY)), null, functions, door.workers);
    door.live.put(
        StageCompiler.compile(
            OURS.api(method("CUSTOM"), null, keeping()), door.backends, authorizers));
    passes();
    AuthorizerAnswer other = AuthorizerAnswer.read(ALLOW.getBytes(UTF_8));
    for (int i = 0; i < AuthorizerCache.USUAL_OF_ACCOUNT.entries(); i++) {
      functions
          .cache()
          .put(OURS.account(), new AuthorizerCache.Key(this, "" + i), other, Long.MAX_VALUE / 2);
    }
    door.functions.script((call, reply) -> answer(reply, 200, answer("Deny", "*")));
    refused(Reason.AUTHORIZER_POLICY_DENIES);
  }

  @Test
  void aDenialForACallerThatHasLeftCallsNobody() throws Exception {
    CompletableFuture<Reply> asked = new CompletableFuture<>();
    CompletableFuture<Context> loop = new CompletableFuture<>();
    door.functions.script(
        (call, reply) -> {
          loop.complete(Vertx.currentContext());
          asked.complete(reply);
        });
    door.serve(OURS.api(method("CUSTOM"), null, keeping()));
    try (Socket caller = new Socket("127.0.0.1", door.port)) {
      caller
          .getOutputStream()
          .write(
              ("GET /_aws/execute-api/"
                      + OURS.apiId()
                      + "/dev/pets HTTP/1.1\r\nHost: x\r\nAuthorization: token\r\n\r\n")
                  .getBytes(US_ASCII));
      asked.get(10, TimeUnit.SECONDS);
    }
    Reply reply = asked.get();
    loop.get().runOnContext(v -> answer(reply, 200, answer("Deny", "*")));
    door.exchange();
    assertTrue(backend.received.isEmpty(), "the backend was called");
    assertEquals(0, door.inFlight.count());
  }

  @Test
  void aStageWhoseAuthorizerIsMissingServesNobody() throws Exception {
    door.serve(OURS.api(method("CUSTOM"), null));
    refused(Reason.AUTHORIZER_INVALID);
    door.serve(OURS.api(method("COGNITO_USER_POOLS"), null));
    refused(Reason.USER_POOL_AUTHORIZER_INVALID);
  }

  @Test
  void anAuthorizerOfAnotherKindThanTheMethodsServesNobody() throws Exception {
    door.serve(OURS.api(method("COGNITO_USER_POOLS"), null, keeping()));
    refused(Reason.USER_POOL_AUTHORIZER_INVALID);
    Authorizer pools =
        Tenant.authorizer(a -> a.type("COGNITO_USER_POOLS").providerARNs(OURS.pool()));
    door.serve(OURS.api(method("CUSTOM"), null, pools));
    refused(Reason.AUTHORIZER_INVALID);
  }

  @Test
  void whereNoFunctionsAreHostedAuthorizersLetNobodyIn() throws Exception {
    door.functions.allowed(false);
    door.serve(OURS.api(method("CUSTOM"), null, keeping()));
    refused(Reason.AUTHORIZER_NOT_INVOKED);
  }

  @Test
  void aValidationThatCostsTooMuchIsARefusal() throws Exception {
    Authorizer dear =
        keeping().toBuilder().identityValidationExpression("(a|a?)+(b|b?)+(c|c?)+$x").build();
    door.serve(OURS.api(method("CUSTOM"), null, dear));
    String answer =
        door.get(
            "/_aws/execute-api/" + OURS.apiId() + "/dev/pets",
            "Authorization: " + "abc".repeat(1_500));
    door.exchange();
    assertTrue(answer.startsWith("HTTP/1.1 401 "), answer);
    assertTrue(backend.received.isEmpty());
    assertEquals(0, door.functions.received.size());
  }
}
