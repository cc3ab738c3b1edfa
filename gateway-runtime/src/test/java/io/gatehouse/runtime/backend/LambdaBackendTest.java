package io.gatehouse.runtime.backend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.ScriptedFunctions;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Timeline;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Method;

/** Where a function is called, and that each call is answered once. */
class LambdaBackendTest {

  private static final String ACCOUNT = SampleApi.ACCOUNT;
  private static final String FUNCTION = "arn:aws:lambda:eu-west-1:123456789012:function:f:live";
  private static final String URI = "/2015-03-31/functions/" + FUNCTION + "/invocations";

  private final LiveSnapshots live = new LiveSnapshots();
  private final ScriptedFunctions functions = new ScriptedFunctions();
  private final List<AwsTarget> made = new ArrayList<>();
  private final List<BackendRequest> sent = new ArrayList<>();
  private final List<Object> answers = new ArrayList<>();
  private long nanos;
  private Runnable nextTick = () -> {};
  private final Deadlines deadlines = new Deadlines(() -> nanos, turn -> nextTick = turn);
  private final Exchange x = exchange();

  private final Backend.Reply reply =
      new Backend.Reply() {
        @Override
        public void answer(BackendResponse response) {
          answers.add(response.status());
        }

        @Override
        public void fail(GatewayException failure) {
          answers.add(failure.reason());
        }
      };

  private LambdaBackend backend(String role) {
    return new LambdaBackend(
        new LambdaTarget(ACCOUNT, "eu-west-1", FUNCTION, role, 100),
        new Reach(
            new EgressGuard(List.of()),
            Optional.empty(),
            live,
            AwsEndpoints.NONE,
            "",
            functions,
            InstantSource.system()),
        () -> deadlines,
        target -> {
          made.add(target);
          return (exchange, request, to) -> sent.add(request);
        });
  }

  private static BackendRequest request(String uri, String payload) {
    return new BackendRequest(
        "POST", uri, new HeaderList(), new Body.Bytes(payload.getBytes(UTF_8)), null);
  }

  private Exchange exchange() {
    Method method =
        Method.builder()
            .authorizationType("NONE")
            .methodIntegration(
                i ->
                    i.type("AWS_PROXY")
                        .httpMethod("POST")
                        .uri("arn:aws:apigateway:eu-west-1:lambda:path" + URI))
            .build();
    CompiledStage stage =
        StageCompiler.compile(
            SampleApi.api("api0000001", "dev").method("ANY", "/f/{id}", method).snapshot(1),
            new NoBackends());
    Request request =
        new Request(
            "GET",
            "/dev/f/1",
            "",
            "x",
            new HeaderList(),
            Body.EMPTY,
            "10.0.0.9",
            "https",
            "HTTP/1.1");
    Exchange made = new Exchange(request, "id", "extended", "Root=1-2-3", 0, new Timeline(0));
    made.stage(stage, "/f/1");
    var found = stage.routes().find("/f/1", resource -> true);
    made.method(found.value().method("GET"), found.captures());
    return made;
  }

  private void endpoints(Map<String, String> endpoints) {
    live.put(new BackendAccessSnapshot(1, ACCOUNT, List.of(), endpoints, Map.of()));
  }

  private void callOnce() {
    backend(null).call(x, request(URI, "{}"), reply);
  }

  private void assertHosted() {
    assertEquals(1, functions.received.size());
    assertEquals(List.of(), sent);
  }

  private void assertRemote() {
    assertEquals(0, functions.received.size());
    assertEquals(1, sent.size());
  }

  @Test
  void whereTheAccountSaysNothingTheFunctionRunsHere() {
    callOnce();
    assertHosted();
  }

  @Test
  void whereTheAccountSaysSoTheFunctionRunsHereWhateverItSaysOfOtherServices() {
    endpoints(Map.of("lambda", "gatehouse", "*", "https://aws.example.com"));
    callOnce();
    assertHosted();
  }

  @Test
  void anEndpointForLambdaIsWhereFunctionsAreCalled() {
    endpoints(Map.of("lambda", "https://lambda.example.com"));
    callOnce();
    assertRemote();
  }

  @Test
  void soIsAnEndpointForAllServices() {
    endpoints(Map.of("*", "https://aws.example.com"));
    callOnce();
    assertRemote();
  }

  @Test
  void theVendorsOwnIsNotHere() {
    endpoints(Map.of("lambda", "aws"));
    callOnce();
    assertRemote();
  }

  @Test
  void anAccountThatMayHaveNoFunctionsHereHasThemElsewhere() {
    functions.allowed(false);
    callOnce();
    assertRemote();
  }

  @Test
  void unlessItInsists() {
    functions.allowed(false);
    endpoints(Map.of("lambda", "gatehouse"));
    callOnce();
    assertEquals(List.of(Reason.FUNCTIONS_NOT_ALLOWED), answers);
    assertEquals(List.of(), sent);
  }

  @Test
  void whatTheAccountChangesCountsForTheNextCall() {
    LambdaBackend backend = backend(null);
    backend.call(exchange(), request(URI, "{}"), reply);
    endpoints(Map.of("lambda", "aws"));
    backend.call(exchange(), request(URI, "{}"), reply);
    backend.call(exchange(), request(URI, "{}"), reply);
    assertEquals(1, functions.received.size());
    assertEquals(2, sent.size());
    assertEquals(1, made.size(), "the way there is made once");
  }

  @Test
  void elsewhereTheArnIsOneEncodedSegmentOfInvokesPath() {
    functions.allowed(false);
    String latest = URI.replace(":live", ":$LATEST") + "?Qualifier=a%3Ab";
    backend("arn:aws:iam::123456789012:role/r").call(x, request(latest, "{\"a\":1}"), reply);
    assertEquals(
        List.of(
            new AwsTarget(
                ACCOUNT, "eu-west-1", "lambda", "", "arn:aws:iam::123456789012:role/r", 100)),
        made);
    BackendRequest request = sent.getFirst();
    assertEquals("POST", request.method());
    assertEquals(
        "/2015-03-31/functions/arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Af"
            + "%3A%24LATEST/invocations?Qualifier=a%3Ab",
        request.uri());
    assertEquals("{\"a\":1}", new String(((Body.Bytes) request.body()).bytes(), UTF_8));
  }

  @Test
  void hereTheCallSaysWhoAsks() throws Exception {
    callOnce();
    FunctionCall call = functions.received.take();
    assertEquals(ACCOUNT, call.account());
    assertEquals(FUNCTION, call.function());
    assertEquals("", call.qualifier());
    assertEquals(FunctionCall.Kind.REQUEST_RESPONSE, call.kind());
    assertEquals("Root=1-2-3", call.traceId());
    assertEquals(100, call.timeoutMillis());
    assertEquals(
        new FunctionCall.Invoker.Service(
            "arn:aws:execute-api:us-east-1:123456789012:api0000001/dev/ANY/f/{id}"),
        call.invoker());
  }

  @Test
  void nothingIsAnEmptyEvent() throws Exception {
    backend(null).call(x, request(URI, ""), reply);
    assertEquals("{}", new String(functions.received.take().payload(), UTF_8));
  }

  @Test
  void aFunctionThatDoesNotAnswerInTimeIsATimeoutAndItsLateAnswerIsNothing() {
    List<Backend.Reply> late = new ArrayList<>();
    functions.script((call, to) -> late.add(to));
    callOnce();
    for (int i = 0; i < 20 && answers.isEmpty(); i++) {
      nanos += 10_000_000;
      nextTick.run();
    }
    assertEquals(List.of(Reason.BACKEND_TIMEOUT), answers);
    assertTrue(nanos >= 100_000_000, "not early");
    late.getFirst().answer(new BackendResponse(200, new HeaderList(), Body.EMPTY));
    assertEquals(1, answers.size());
  }

  @Test
  void oneThatAnswersHasNoTimeoutAfterwards() {
    functions.script(
        (call, to) -> {
          to.answer(new BackendResponse(202, new HeaderList(), Body.EMPTY));
          to.answer(new BackendResponse(500, new HeaderList(), Body.EMPTY));
        });
    callOnce();
    for (int i = 0; i < 20; i++) {
      nanos += 10_000_000;
      nextTick.run();
    }
    assertEquals(List.of(202), answers);
  }

  @Test
  void aBugOfTheHostIsAnsweredAndToldToWhoeverLogs() {
    functions.script(
        (call, to) -> {
          throw new IllegalStateException("bug");
        });
    assertThrows(IllegalStateException.class, this::callOnce);
    assertEquals(List.of(Reason.BUG), answers);
  }

  @Test
  void whatTheFunctionWritesIsTheExchanges() {
    functions.script(
        (call, to) -> {
          call.log().accept("one");
          call.log().accept("two");
        });
    callOnce();
    assertEquals(List.of("one", "two"), x.functionLog().lines());
  }

  /** Compiles, and calls nothing. */
  private static final class NoBackends implements Backends {
    @Override
    public Backend http(HttpTarget target) {
      return mock();
    }

    @Override
    public Backend aws(AwsTarget target) {
      return mock();
    }

    @Override
    public Backend lambda(LambdaTarget target) {
      return mock();
    }

    @Override
    public Backend mock() {
      return (exchange, request, to) -> {};
    }

    @Override
    public Optional<ClientIdentity> identity(String account, SealedCertificate certificate) {
      return Optional.empty();
    }
  }
}
