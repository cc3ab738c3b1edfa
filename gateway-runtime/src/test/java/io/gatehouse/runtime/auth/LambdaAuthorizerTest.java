package io.gatehouse.runtime.auth;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Identity;
import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** What authorizers' functions answer is kept, shared and decided by, through a real door. */
class LambdaAuthorizerTest {

  private static final String API = "authapi001";
  private static final String EVERYTHING = "*";

  private Door door;

  /** Answers that no test has given yet. */
  private final BlockingQueue<Unanswered> unanswered = new LinkedBlockingQueue<>();

  /** Answered on the event loop that asked, as functions are. */
  private record Unanswered(Reply reply, Context loop) {
    void with(String json) {
      loop.runOnContext(v -> answer(reply, json));
    }
  }

  private void answersLater(FunctionCall call, Reply reply) {
    unanswered.add(new Unanswered(reply, Vertx.currentContext()));
  }

  @BeforeEach
  void aDoor() throws Exception {
    door = new Door("", 3000);
    door.functions.script((call, reply) -> answer(reply, allowing(EVERYTHING)));
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  private static String allowing(String resource) {
    return statement("Allow", resource);
  }

  private static String statement(String effect, String resource) {
    return """
        {"principalId": "ann", "context": {"n": 1},
         "policyDocument": {"Version": "2012-10-17", "Statement": [
           {"Action": "execute-api:Invoke", "Effect": "%s", "Resource": "%s"}]}}
        """
        .formatted(effect, resource);
  }

  private static void answer(Reply reply, String json) {
    reply.answer(new BackendResponse(200, new HeaderList(), new Body.Bytes(json.getBytes(UTF_8))));
  }

  private static Authorizer token(Consumer<Authorizer.Builder> change) {
    Authorizer.Builder authorizer =
        Authorizer.builder()
            .id("a1")
            .name("who")
            .type("TOKEN")
            .identitySource("method.request.header.Authorization")
            .authorizerUri(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    + "arn:aws:lambda:us-east-1:123456789012:function:auth/invocations");
    change.accept(authorizer);
    return authorizer.build();
  }

  private static Method method(String authorizer) {
    return Method.builder()
        .authorizationType("CUSTOM")
        .authorizerId(authorizer)
        .methodIntegration(
            Integration.builder()
                .type("MOCK")
                .requestTemplates(Map.of("application/json", "{statusCode: 200}"))
                .integrationResponses(
                    Map.of(
                        "200",
                        IntegrationResponse.builder()
                            .statusCode("200")
                            .responseTemplates(
                                Map.of(
                                    "application/json",
                                    "$context.authorizer.principalId $context.authorizer.n"))
                            .build()))
                .build())
        .build();
  }

  /** With methods of two paths, both of which ask the first authorizer. */
  private static StageSnapshot stage(long revision, Authorizer... authorizers) {
    SampleApi api =
        SampleApi.api(API, "dev")
            .method("GET", "/one", method("a1"))
            .method("GET", "/two", method("a1"));
    for (int i = 1; i < authorizers.length; i++) {
      api.method("GET", "/" + authorizers[i].id(), method(authorizers[i].id()));
    }
    return with(api.snapshot(revision), authorizers);
  }

  private static StageSnapshot with(StageSnapshot plain, Authorizer... authorizers) {
    Map<String, Authorizer> byId = new LinkedHashMap<>();
    for (Authorizer one : authorizers) {
      byId.put(one.id(), one);
    }
    return new StageSnapshot(
        plain.revision(),
        plain.account(),
        plain.region(),
        plain.apiId(),
        plain.stage(),
        plain.definition().withAuthorizers(byId),
        plain.certificate(),
        plain.canary());
  }

  private String get(String path, String... headers) throws Exception {
    return door.get("/_aws/execute-api/" + API + "/dev" + path, headers);
  }

  private void passes(String path, String token) throws Exception {
    String answer = get(path, "Authorization: " + token);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    assertTrue(answer.endsWith("ann 1"), answer);
  }

  private void refuses(int status, Reason reason, String path, String token) throws Exception {
    String answer = get(path, "Authorization: " + token);
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertTrue(answer.contains("x-gatehouse-reason: " + reason + "\r\n"), answer);
  }

  private int asked() {
    return door.functions.received.size();
  }

  @Test
  void anAnswerIsKeptForTheIdentityAndSharedByTheMethods() throws Exception {
    door.serve(stage(1, token(a -> {})));
    passes("/one", "t1");
    passes("/one", "t1");
    passes("/two", "t1");
    assertEquals(1, asked());
    passes("/one", "t2");
    assertEquals(2, asked());
  }

  @Test
  void aKeptPolicyDecidesAnewAboutEachMethod() throws Exception {
    door.functions.script((call, reply) -> answer(reply, allowing("*/GET/one")));
    door.serve(stage(1, token(a -> {})));
    passes("/one", "t");
    refuses(403, Reason.AUTHORIZER_POLICY_SILENT, "/two", "t");
    passes("/one", "t");
    assertEquals(1, asked());
  }

  @Test
  void denialsAreKeptToo() throws Exception {
    door.functions.script((call, reply) -> answer(reply, statement("Deny", EVERYTHING)));
    door.serve(stage(1, token(a -> {})));
    refuses(403, Reason.AUTHORIZER_POLICY_DENIES, "/one", "t");
    refuses(403, Reason.AUTHORIZER_POLICY_DENIES, "/two", "t");
    assertEquals(1, asked());
  }

  @Test
  void anAnswerHoldsForItsTimeAndNoLonger() throws Exception {
    door.serve(stage(1, token(a -> a.authorizerResultTtlInSeconds(60))));
    passes("/one", "t");
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(50));
    passes("/one", "t");
    assertEquals(1, asked());
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(11));
    passes("/one", "t");
    assertEquals(2, asked());
  }

  @Test
  void withoutATimeToLiveAnAnswerHoldsForFiveMinutes() throws Exception {
    door.serve(stage(1, token(a -> {})));
    passes("/one", "t");
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(290));
    passes("/one", "t");
    assertEquals(1, asked());
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(11));
    passes("/one", "t");
    assertEquals(2, asked());
  }

  @Test
  void withATimeToLiveOfZeroNothingIsKept() throws Exception {
    door.serve(stage(1, token(a -> a.authorizerResultTtlInSeconds(0))));
    passes("/one", "t");
    passes("/one", "t");
    assertEquals(2, asked());
  }

  @Test
  void failuresAreNotKept() throws Exception {
    door.serve(stage(1, token(a -> {})));
    door.functions.script((call, reply) -> answer(reply, "{}"));
    refuses(500, Reason.AUTHORIZER_ANSWER_MALFORMED, "/one", "t");
    door.functions.script(
        (call, reply) ->
            reply.answer(
                new BackendResponse(
                    200,
                    new HeaderList().add("X-Amz-Function-Error", "Unhandled"),
                    new Body.Bytes("{\"errorMessage\": \"Unauthorized\"}".getBytes(UTF_8)))));
    refuses(401, Reason.AUTHORIZER_UNAUTHORIZED, "/one", "t");
    door.functions.script((call, reply) -> answer(reply, allowing(EVERYTHING)));
    passes("/one", "t");
    assertEquals(3, asked());
  }

  @Test
  void aNewRevisionOfTheStageKnowsNoAnswers() throws Exception {
    door.serve(stage(1, token(a -> {})));
    passes("/one", "t");
    door.functions.script((call, reply) -> answer(reply, statement("Deny", EVERYTHING)));
    passes("/one", "t");
    door.serve(stage(2, token(a -> {})));
    refuses(403, Reason.AUTHORIZER_POLICY_DENIES, "/one", "t");
  }

  @Test
  void authorizersOfOneStageDoNotShareAnswers() throws Exception {
    door.serve(stage(1, token(a -> {}), token(a -> a.id("a2").name("other"))));
    passes("/one", "t");
    passes("/a2", "t");
    assertEquals(2, asked());
  }

  @Test
  void theCanaryAsksForItself() throws Exception {
    StageSnapshot plain = stage(1, token(a -> {}));
    ApiDefinition definition = plain.definition();
    door.serve(
        new StageSnapshot(
            1,
            plain.account(),
            plain.region(),
            API,
            plain.stage().toBuilder()
                .canarySettings(
                    CanarySettings.builder().deploymentId("dep2").percentTraffic(50.0).build())
                .build(),
            definition,
            Optional.empty(),
            Optional.of(definition)));
    door.draw = 0.9;
    passes("/one", "t");
    door.draw = 0.1;
    passes("/one", "t");
    assertEquals(2, asked());
  }

  @Test
  void identitiesThatReadAlikeAreNotTheSame() throws Exception {
    Authorizer request =
        token(
            a ->
                a.type("REQUEST")
                    .identitySource(
                        "method.request.header.a, method.request.header.b,"
                            + " method.request.querystring.c"));
    door.serve(stage(1, request));
    List<List<String>> alike =
        List.of(
            List.of("/one?c=3", "a: 12", "b: 3"),
            List.of("/one?c=3", "a: 1", "b: 23"),
            List.of("/one?c=3", "a: 1", "a: 2", "b: 3"),
            List.of("/one?c=3", "a: 1", "a: 23", "b: 3"),
            List.of("/one?c=3", "a: 12", "a: 3", "b: 3"),
            List.of("/one?c=3", "a: 1, 2", "b: 3"),
            List.of("/one?c=3", "a: 1", "b: 2", "b: 3"),
            List.of("/one?c=2&c=3", "a: 1", "b: 3"),
            List.of("/one?c=3&c=2", "a: 1", "b: 3"),
            List.of("/one?c=23", "a: 1", "b: 3"));
    int calls = 0;
    for (List<String> one : alike) {
      for (int i = 0; i < 2; i++) {
        String answer = get(one.getFirst(), one.subList(1, one.size()).toArray(String[]::new));
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
      }
      assertEquals(++calls, asked(), one.toString());
    }
  }

  @Test
  void whoeverComesWhileAnIdentityIsAskedAboutWaitsForTheOneAnswer() throws Exception {
    door.functions.script(this::answersLater);
    door.serve(stage(1, token(a -> {})));
    List<Socket> callers = callers(20, "/one");
    Unanswered asked = unanswered.poll(10, TimeUnit.SECONDS);
    awaitWaiting(20);
    callers.removeFirst().close(); // perhaps the one that made the call
    asked.with(allowing(EVERYTHING));
    for (Socket caller : callers) {
      String answer = read(caller);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
    assertEquals(1, asked());
    passes("/one", "t");
  }

  @Test
  void whoWaitsIsToldThatTheFunctionFailed() throws Exception {
    door.functions.script(this::answersLater);
    door.serve(stage(1, token(a -> {})));
    List<Socket> callers = callers(5, "/one");
    Unanswered asked = unanswered.poll(10, TimeUnit.SECONDS);
    awaitWaiting(5);
    asked.with("no");
    for (Socket caller : callers) {
      String answer = read(caller);
      assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
      assertTrue(answer.endsWith("{\"message\": null}"), answer);
    }
    assertEquals(1, asked());
  }

  @Test
  void theBodyWaitsUntilTheCallerMayPass() throws Exception {
    String body = "0123456789".repeat(50_000);
    try (RawBackend backend =
            new RawBackend(
                (head, out, socket) ->
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(UTF_8)));
        Door reaching = new Door("127.0.0.1/32:" + backend.port(), 10)) {
      reaching.functions.script(this::answersLater);
      Method proxy =
          SampleApi.proxyMethod("/p", backend.url() + "/")
              .authorizationType("CUSTOM")
              .authorizerId("a1")
              .build();
      reaching.serve(
          with(SampleApi.api(API, "dev").method("POST", "/p", proxy).snapshot(1), token(a -> {})));
      try (Socket caller = new Socket("127.0.0.1", reaching.port)) {
        caller.setSoTimeout(15_000);
        Thread sending = Thread.startVirtualThread(() -> post(caller, body));
        Unanswered asked = unanswered.poll(10, TimeUnit.SECONDS);
        assertEquals(0, backend.received.size());
        asked.with(allowing(EVERYTHING));
        String answer = new String(caller.getInputStream().readAllBytes(), UTF_8);
        assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
        sending.join();
        RawBackend.Received received = backend.next();
        assertEquals(body, new String(received.body(), UTF_8));
      }
    }
  }

  private static void post(Socket caller, String body) {
    try {
      caller
          .getOutputStream()
          .write(
              ("POST /_aws/execute-api/"
                      + API
                      + "/dev/p HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: t\r\n"
                      + "Content-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void onlySoManyWaitForOneAnswer() throws Exception {
    door.functions.script(this::answersLater);
    door.serve(stage(1, token(a -> {})));
    List<Socket> callers = callers(500, "/one");
    Unanswered asked = unanswered.poll(10, TimeUnit.SECONDS);
    awaitWaiting(500);
    refuses(500, Reason.AUTHORIZER_BUSY, "/one", "t");
    asked.with(allowing(EVERYTHING));
    for (Socket caller : callers) {
      String answer = read(caller);
      assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    }
  }

  @Test
  void aFunctionThatDoesNotAnswerInTimeLetsNobodyIn() throws Exception {
    door.functions.script(this::answersLater);
    door.serve(stage(1, token(a -> {})));
    List<Socket> callers = callers(2, "/one");
    unanswered.poll(10, TimeUnit.SECONDS);
    awaitWaiting(2);
    door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(30));
    for (Socket caller : callers) {
      String answer = read(caller);
      assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
      assertTrue(answer.contains("AuthorizerFailureException"), answer);
    }
    assertEquals("BACKEND_TIMEOUT: " + Reason.BACKEND_TIMEOUT.text(), refused().detail());
  }

  private GatewayException refused() throws Exception {
    return door.exchange().refusal();
  }

  @Test
  void aFunctionThatMeetsABugLetsNobodyInAndIsAskedAgain() throws Exception {
    door.functions.script(
        (call, reply) -> {
          throw new IllegalStateException("meant to be");
        });
    door.serve(stage(1, token(a -> {})));
    refuses(500, Reason.AUTHORIZER_NOT_INVOKED, "/one", "t");
    door.functions.script((call, reply) -> answer(reply, allowing(EVERYTHING)));
    passes("/one", "t");
  }

  @Test
  void anAnswerThatComesTwiceCountsOnce() throws Exception {
    door.functions.script(
        (call, reply) -> {
          answer(reply, statement("Deny", EVERYTHING));
          answer(reply, allowing(EVERYTHING));
        });
    door.serve(stage(1, token(a -> {})));
    refuses(403, Reason.AUTHORIZER_POLICY_DENIES, "/one", "t");
    refuses(403, Reason.AUTHORIZER_POLICY_DENIES, "/one", "t");
  }

  @Test
  void theIdentityTellsHowLongTheFunctionTookAndNothingOfAKeptAnswer() throws Exception {
    door.functions.script(
        (call, reply) -> {
          door.ahead.addAndGet(TimeUnit.MILLISECONDS.toNanos(1200));
          answer(reply, allowing(EVERYTHING));
        });
    door.serve(stage(1, token(a -> {})));
    passes("/one", "t");
    assertTrue(latency(door.exchange()) >= 1200);
    passes("/one", "t");
    assertEquals(0, latency(door.exchange()));
  }

  private static long latency(Exchange x) {
    return ((Identity.Authorized) x.identity()).latencyMillis();
  }

  @Test
  void theLinesOfAFunctionThatFailedBelongToTheStory() throws Exception {
    door.functions.script(
        (call, reply) -> {
          call.log().accept("no database");
          answer(reply, "null");
        });
    door.serve(stage(1, token(a -> {})));
    refuses(500, Reason.AUTHORIZER_ANSWER_MALFORMED, "/one", "t");
    assertEquals(List.of("no database"), door.exchange().functionLog().lines());
  }

  @Test
  void anIntegrationThatIsAFunctionHasItsOwnLines() throws Exception {
    door.functions.script(
        (call, reply) -> {
          call.log().accept("line of " + call.function());
          answer(
              reply, call.function().endsWith(":auth") ? allowing(EVERYTHING) : "no proxy answer");
        });
    Method proxy =
        method("a1").toBuilder()
            .methodIntegration(
                Integration.builder()
                    .type("AWS_PROXY")
                    .httpMethod("POST")
                    .uri(
                        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                            + "arn:aws:lambda:us-east-1:123456789012:function:f/invocations")
                    .build())
            .build();
    door.serve(
        with(SampleApi.api(API, "dev").method("GET", "/f", proxy).snapshot(1), token(a -> {})));
    refuses(502, Reason.LAMBDA_ANSWER_MALFORMED, "/f", "t");
    assertEquals(
        List.of("line of arn:aws:lambda:us-east-1:123456789012:function:f"),
        door.exchange().functionLog().lines());
    List<FunctionCall> calls = new ArrayList<>(door.functions.received);
    assertEquals(
        new FunctionCall.Invoker.Service(
            "arn:aws:execute-api:us-east-1:123456789012:" + API + "/authorizers/a1"),
        calls.getFirst().invoker());
    assertEquals(
        new FunctionCall.Invoker.Service(
            "arn:aws:execute-api:us-east-1:123456789012:" + API + "/dev/GET/f"),
        calls.getLast().invoker());
  }

  /** Each has sent its request and waits. */
  private List<Socket> callers(int count, String path) throws Exception {
    List<Socket> callers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Socket caller = new Socket("127.0.0.1", door.port);
      caller.setSoTimeout(15_000);
      OutputStream out = caller.getOutputStream();
      out.write(
          ("GET /_aws/execute-api/"
                  + API
                  + "/dev"
                  + path
                  + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: t\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      callers.add(caller);
    }
    return callers;
  }

  /** What is in flight has come as far as it may: nothing ends before the answer. */
  private void awaitWaiting(int count) {
    while (door.inFlight.count() < count) {
      Thread.onSpinWait();
    }
  }

  private static String read(Socket caller) throws Exception {
    try (caller) {
      return new String(caller.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
