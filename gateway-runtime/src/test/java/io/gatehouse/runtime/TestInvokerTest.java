package io.gatehouse.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.TestInvoker.Call;
import io.gatehouse.runtime.TestInvoker.Outcome;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.HeaderList;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** A draft's method, served once by a node without a door. */
class TestInvokerTest {

  private static final String TIME = "Mon Jun 01 12:00:00 UTC 2026 : ";
  private static final String LOOPBACK = "127.0.0.1/32";

  private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z"));
  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;
  private byte[] answer = "{\"pets\":[]}".getBytes(StandardCharsets.UTF_8);

  @BeforeEach
  void aBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void noBackend() {
    server.stop(0);
  }

  private void answer(HttpExchange in) throws IOException {
    calls.incrementAndGet();
    in.getRequestBody().readAllBytes();
    in.getResponseHeaders().set("Content-Type", "application/json");
    in.getResponseHeaders().set("X-Asked", in.getRequestURI().toString());
    in.sendResponseHeaders(201, answer.length);
    in.getResponseBody().write(answer);
    in.close();
  }

  private String backend() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private Outcome invoke(String egress, SampleApi api, Call call) throws Exception {
    try (TestInvoker invoker =
        new TestInvoker(
            egress,
            TestInvoker.BackendSettings.NONE,
            Optional.empty(),
            Functions.NONE,
            Duration.ofSeconds(29),
            () -> new Random(7),
            clock,
            System::nanoTime)) {
      StageSnapshot draft = api.snapshot(1);
      String path = draft.definition().resourceList().getFirst().path();
      return invoker.invoke(
          draft, new Call(path, call.verb(), call.target(), call.headers(), call.body()));
    }
  }

  private static Call get(String target) {
    return new Call("", "GET", target, new HeaderList(), new byte[0]);
  }

  private static SampleApi api() {
    return SampleApi.api("api0000001", "test-invoke-stage");
  }

  @Test
  void aMockSaysNothingOfEndpoints() throws Exception {
    Outcome outcome = invoke("", api().mock("GET", "/pets", 200, "{\"a\":1}"), get("/pets?b=c"));

    assertEquals(200, outcome.status());
    assertEquals("{\"a\":1}", outcome.body());
    assertEquals("[Content-Type, application/json]", outcome.headers().toString());
    String id = outcome.log().lines().findFirst().orElseThrow().replaceAll(".* ", "");
    assertEquals(
        "Execution log for request "
            + id
            + "\n"
            + TIME
            + "Starting execution for request: "
            + id
            + "\n"
            + TIME
            + "HTTP Method: GET, Resource Path: /pets\n"
            + TIME
            + "Method request path: {}\n"
            + TIME
            + "Method request query string: {b=c}\n"
            + TIME
            + "Method request headers: {}\n"
            + TIME
            + "Method request body before transformations: \n"
            + TIME
            + "Method response body after transformations: {\"a\":1}\n"
            + TIME
            + "Method response headers: {Content-Type=application/json}\n"
            + TIME
            + "Successfully completed execution\n"
            + TIME
            + "Method completed with status: 200\n",
        outcome.log());
  }

  @Test
  void aBackendIsCalledWithThePathParametersAndTheLogTellsAllOfIt() throws Exception {
    Call call =
        new Call(
            "",
            "POST",
            "/pets/4%202?b=c",
            new HeaderList().add("Authorization", "Bearer abcdefghijkl").add("x-a", "1"),
            "{\"n\":1}".getBytes(StandardCharsets.UTF_8));
    Outcome outcome =
        invoke(LOOPBACK, api().proxy("ANY", "/pets/{id}", backend() + "/v1/{id}"), call);

    assertEquals(201, outcome.status());
    assertEquals("{\"pets\":[]}", outcome.body());
    assertEquals("/v1/4%202?b=c", outcome.headers().first("X-Asked"));
    assertEquals(null, outcome.headers().first("x-amzn-RequestId"));
    String url = backend() + "/v1/4%202?b=c";
    assertLines(
        outcome,
        "HTTP Method: POST, Resource Path: /pets/4%202",
        "Method request path: {id=4 2}",
        "Method request query string: {b=c}",
        "Method request headers: {Authorization=*****, x-a=1}",
        "Method request body before transformations: {\"n\":1}",
        "Endpoint request URI: " + url,
        "Endpoint request body after transformations: {\"n\":1}",
        "Sending request to " + url,
        "Endpoint response body before transformations: {\"pets\":[]}",
        "Method response body after transformations: {\"pets\":[]}",
        "Successfully completed execution",
        "Method completed with status: 201");
    assertTrue(
        outcome.log().contains("Received response. Status: 201, Integration latency: "),
        outcome.log());
    assertTrue(
        outcome.log().contains("Endpoint request headers: {X-Amzn-Trace-Id="), outcome.log());
  }

  @Test
  void aPathThatDoesNotFitLeavesThePathParametersOut() throws Exception {
    SampleApi api = api().proxy("GET", "/pets/{id}", backend() + "/v1/{id}");

    assertEquals("/v1/", invoke(LOOPBACK, api, get("/else")).headers().first("X-Asked"));
    Outcome outcome = invoke(LOOPBACK, api, get(""));
    assertEquals("/v1/", outcome.headers().first("X-Asked"));
    assertLines(outcome, "Method request path: {}");
  }

  @Test
  void privateAddressesAreReachedOnlyWhereTheOperatorAllowsThem() throws Exception {
    Outcome outcome = invoke("", api().proxy("GET", "/", backend()), get("/"));

    assertFailed(outcome, 500, "Internal server error");
    assertLines(
        outcome,
        "Execution failed due to configuration error: the backend's address is one that tenants"
            + " may not reach: no address of 127.0.0.1 is public, and the operator allows none of"
            + " them",
        "Method completed with status: 500");
    assertEquals(0, calls.get());
  }

  @Test
  void anAnswerBeyondTheBoundFails() throws Exception {
    answer = new byte[(4 << 20) + 1];

    Outcome outcome = invoke(LOOPBACK, api().proxy("GET", "/", backend()), get("/"));

    assertFailed(outcome, 500, "Internal server error");
    assertLines(
        outcome,
        "Execution failed due to configuration error: the backend's answer is larger than the gateway"
            + " can transform");
  }

  @Test
  void aBackendThatDoesNotAnswerInTimeIsATimeout() throws Exception {
    server.removeContext("/");
    server.createContext("/", in -> calls.incrementAndGet()); // and never a word
    Method slow =
        SampleApi.proxyMethod("/", backend())
            .methodIntegration(
                i -> i.type("HTTP_PROXY").httpMethod("GET").uri(backend()).timeoutInMillis(50))
            .build();

    Outcome outcome = invoke(LOOPBACK, api().method("GET", "/", slow), get("/"));

    assertFailed(outcome, 504, "Endpoint request timed out");
    assertLines(outcome, "Execution failed due to a timeout error");
  }

  @Test
  void anAddressThatIsNoneFailsAsRecorded() throws Exception {
    Outcome outcome =
        invoke("", api().proxy("ANY", "/", "https://${stageVariables.testHost}"), get(""));

    assertFailed(outcome, 500, "Internal server error");
    assertLines(
        outcome,
        "Execution failed due to configuration error: Invalid endpoint address",
        "Method completed with status: 500");
  }

  @Test
  void whatIsNotBuiltFailsAndSaysSo() throws Exception {
    Method method =
        Method.builder()
            .authorizationType("NONE")
            .methodIntegration(
                Integration.builder()
                    .type("AWS_PROXY")
                    .httpMethod("POST")
                    .uri(
                        "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                            + "arn:aws:lambda:us-east-1:123456789012:function:f/invocations")
                    .credentials("arn:aws:iam::*:user/*")
                    .build())
            .build();

    Outcome outcome = invoke("", api().method("GET", "/", method), get("/"));

    assertFailed(outcome, 500, "Internal server error");
    assertLines(
        outcome,
        "Execution failed due to configuration error: an integration with the caller's own"
            + " credentials is not built yet in this version of Gatehouse",
        "Method completed with status: 500");
  }

  @Test
  void noIntegrationResponseIsNamedWithTheStatusThatFoundNone() throws Exception {
    Method method =
        Method.builder()
            .authorizationType("NONE")
            .methodIntegration(
                i ->
                    i.type("HTTP")
                        .httpMethod("GET")
                        .uri(backend())
                        .integrationResponses(
                            java.util.Map.of(
                                "200",
                                IntegrationResponse.builder()
                                    .statusCode("200")
                                    .selectionPattern("404")
                                    .build())))
            .build();

    Outcome outcome = invoke(LOOPBACK, api().method("GET", "/", method), get("/"));

    assertFailed(outcome, 500, "Internal server error");
    assertLines(
        outcome,
        "Endpoint response body before transformations: {\"pets\":[]}",
        "Execution failed due to configuration error: No match for output mapping and no default"
            + " output mapping configured. Endpoint Response Status Code: 201");
  }

  @Test
  void aTargetThatNoNodeWouldTakeIsRefusedBeforeAnythingIsCalled() {
    SampleApi api = api().proxy("GET", "/", backend());

    assertThrows(IllegalArgumentException.class, () -> invoke(LOOPBACK, api, get("/a/../b")));
    assertThrows(ApiError.class, () -> invoke(LOOPBACK, api, get("/?a=%zz")));
    assertEquals(0, calls.get());
  }

  private static void assertFailed(Outcome outcome, int status, String message) {
    assertEquals(status, outcome.status());
    assertEquals("{\"message\": \"" + message + "\"}", outcome.body());
    assertEquals("[x-amzn-ErrorType, InternalServerErrorException]", outcome.headers().toString());
  }

  private static void assertLines(Outcome outcome, String... lines) {
    for (String line : lines) {
      assertTrue(
          outcome.log().contains("\n" + TIME + line + "\n"),
          "no line '" + line + "' in\n" + outcome.log());
    }
  }
}
