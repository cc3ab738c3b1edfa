package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.TestInvoker;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

/** What a test's log says of drafts that transform and validate, line by line. */
class TestLogTest {

  private static final String TIME = "Mon Jun 01 12:00:00 UTC 2026 : ";
  private static final String JSON = "application/json";
  private static final String STATUS = "{\"statusCode\": 200}";

  private final AtomicInteger calls = new AtomicInteger();
  private HttpServer server;

  @BeforeEach
  void aBackend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        in -> {
          calls.incrementAndGet();
          in.getRequestBody().readAllBytes();
          byte[] answer = "{\"name\":\"rex\"}".getBytes(StandardCharsets.UTF_8);
          in.getResponseHeaders().set("Content-Type", JSON);
          in.sendResponseHeaders(200, answer.length);
          in.getResponseBody().write(answer);
          in.close();
        });
    server.start();
  }

  @AfterEach
  void noBackend() {
    server.stop(0);
  }

  private String backend() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private static Method.Builder mock(String requestTemplate, String responseTemplate) {
    return method(i -> i.type("MOCK"), requestTemplate, responseTemplate);
  }

  private Method.Builder http(String requestTemplate, String responseTemplate) {
    return method(
        i -> i.type("HTTP").httpMethod("POST").uri(backend() + "/pets"),
        requestTemplate,
        responseTemplate);
  }

  private static Method.Builder method(
      Consumer<Integration.Builder> type, String requestTemplate, String responseTemplate) {
    return Method.builder()
        .authorizationType("NONE")
        .methodIntegration(
            i -> {
              type.accept(i);
              i.requestTemplates(Map.of(JSON, requestTemplate))
                  .integrationResponses(
                      Map.of(
                          "200",
                          IntegrationResponse.builder()
                              .statusCode("200")
                              .responseTemplates(Map.of(JSON, responseTemplate))
                              .build()));
            });
  }

  /** A POST of the body, with a model of things that have names, and a validator of both. */
  private static Outcome invoke(Method.Builder method, String body, String... headers)
      throws Exception {
    StageSnapshot one =
        SampleApi.api("api0000001", "test-invoke-stage")
            .method("POST", "/pets", method.build())
            .snapshot(1);
    ApiDefinition definition = one.definition();
    StageSnapshot draft =
        new StageSnapshot(
            1,
            one.account(),
            one.region(),
            one.apiId(),
            one.stage(),
            new ApiDefinition(
                definition.restApi(),
                definition.resources(),
                Map.of(
                    "Pet",
                    Model.builder()
                        .name("Pet")
                        .contentType(JSON)
                        .schema("{\"type\":\"object\",\"required\":[\"name\"]}")
                        .build()),
                Map.of(),
                Map.of(
                    "val001",
                    RequestValidator.builder()
                        .id("val001")
                        .validateRequestBody(true)
                        .validateRequestParameters(true)
                        .build()),
                Map.of()),
            Optional.empty());
    HeaderList sent = new HeaderList();
    for (int i = 0; i < headers.length; i += 2) {
      sent.add(headers[i], headers[i + 1]);
    }
    try (TestInvoker invoker =
        new TestInvoker(
            "127.0.0.1/32",
            TestInvoker.BackendSettings.NONE,
            Optional.empty(),
            Functions.NONE,
            Duration.ofSeconds(29),
            () -> new Random(7),
            InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")),
            System::nanoTime)) {
      return invoker.invoke(
          draft, new Call("/pets", "POST", "/pets", sent, body.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** The lines from the request's body on, without their times. */
  private static List<String> told(Outcome outcome) {
    return outcome
        .log()
        .lines()
        .skip(1)
        .map(line -> line.substring(TIME.length()))
        .dropWhile(line -> !line.startsWith("Method request body before"))
        .toList();
  }

  @Test
  void aMockTellsTheBodyBeforeAndAfterItsTemplates() throws Exception {
    Outcome outcome =
        invoke(mock(STATUS, "{\"hello\": $input.json('$.name')}"), "{\"name\":\"a\"}");

    assertEquals(
        List.of(
            "Method request body before transformations: {\"name\":\"a\"}",
            "Method response body after transformations: {\"hello\": \"a\"}",
            "Method response headers: {Content-Type=application/json}",
            "Successfully completed execution",
            "Method completed with status: 200"),
        told(outcome));
  }

  @Test
  void aBackendsBodiesAreToldBeforeAndAfterTheTemplatesWithWhatTheyOverride() throws Exception {
    Outcome outcome =
        invoke(
            http(
                "#set($context.requestOverride.header.x-kind = 'dog')"
                    + "#set($context.requestOverride.querystring.q = '1')"
                    + "{\"pet\": $input.json('$.name')}",
                "#set($context.responseOverride.status = 202)"
                    + "#set($context.responseOverride.header.x-made = 'yes')"
                    + "{\"made\": $input.json('$.name')}"),
            "{\"name\":\"a\"}");

    List<String> told =
        told(outcome).stream()
            .map(line -> line.replace(backend(), "BACKEND"))
            .map(line -> line.replaceAll("Root=[0-9a-f-]+", "Root"))
            .map(line -> line.replaceAll("latency: \\d+", "latency: N"))
            .filter(line -> !line.startsWith("Endpoint response headers: "))
            .toList();
    assertEquals(
        List.of(
            "Method request body before transformations: {\"name\":\"a\"}",
            "Endpoint request URI: BACKEND/pets?q=1",
            "Endpoint request headers: {X-Amzn-Trace-Id=Root, Accept=application/json,"
                + " User-Agent=AmazonAPIGateway_api0000001, Content-Type=application/json,"
                + " x-kind=dog, X-Amzn-Apigateway-Api-Id=api0000001}",
            "Endpoint request body after transformations: {\"pet\": \"a\"}",
            "Sending request to BACKEND/pets?q=1",
            "Received response. Status: 200, Integration latency: N ms",
            "Endpoint response body before transformations: {\"name\":\"rex\"}",
            "Method response body after transformations: {\"made\": \"rex\"}",
            "Method response headers: {X-Amzn-Trace-Id=Root, x-made=yes,"
                + " Content-Type=application/json}",
            "Successfully completed execution",
            "Method completed with status: 202"),
        told);
  }

  @Test
  void missingParametersAreNamedAndNothingIsCalled() throws Exception {
    Method.Builder method =
        http("{}", "{}")
            .requestValidatorId("val001")
            .requestParameters(
                Map.of("method.request.querystring.q", true, "method.request.header.h", true));

    Outcome outcome = invoke(method, "{}");

    assertFailed(outcome, 400, "{\"message\": \"Missing required request parameters: [h, q]\"}");
    assertEquals(
        List.of(
            "Method request body before transformations: {}",
            "Missing required request parameters: [h, q]",
            "Method completed with status: 400"),
        told(outcome));
    assertEquals(0, calls.get());
  }

  @Test
  void aBodyThatDoesNotFitItsModelIsToldWhatItLacks() throws Exception {
    Method.Builder method =
        http("{}", "{}").requestValidatorId("val001").requestModels(Map.of(JSON, "Pet"));

    Outcome outcome = invoke(method, "{\"age\":3}");

    assertFailed(outcome, 400, "{\"message\": \"Invalid request body\"}");
    assertEquals(
        List.of(
            "Method request body before transformations: {\"age\":3}",
            "Request body does not match model schema for content type application/json:"
                + " [object has missing required properties ([\"name\"])]",
            "Method completed with status: 400"),
        told(outcome));
    assertEquals(0, calls.get());
  }

  @Test
  void aBodyThatIsNoJsonDoesNotFitEither() throws Exception {
    Method.Builder method =
        http("{}", "{}").requestValidatorId("val001").requestModels(Map.of(JSON, "Pet"));

    assertTold(
        invoke(method, "name"),
        "Request body does not match model schema for content type application/json:"
            + " [the request body is not JSON, and the method has a model for it]");
  }

  @Test
  void aRequestTemplateThatFailsIsToldWhere() throws Exception {
    Outcome outcome = invoke(http("{\n \"a\": $util.parseJson('no')}", "{}"), "{}");

    assertFailed(outcome, 500, "{\"message\": \"Internal server error\"}");
    assertEquals(
        "Execution failed due to configuration error: Unable to transform request",
        told(outcome).get(1));
    String cause = told(outcome).get(2);
    assertTrue(
        cause.startsWith("Because $util.parseJson of the request template is given what is no JSON")
            && cause.contains("(line 2, column 7)"),
        cause);
    assertEquals("Method completed with status: 500", told(outcome).get(3));
    assertEquals(0, calls.get());
  }

  @Test
  void aTemplateThatDoesNotCompileIsToldWhere() throws Exception {
    Outcome outcome = invoke(mock("#if(", "{}"), "{}");

    assertEquals(
        "Execution failed due to configuration error: Unable to transform request",
        told(outcome).get(1));
    String cause = told(outcome).get(2);
    assertTrue(
        cause.startsWith("Because the integration's request template does not compile: ")
            && cause.contains("line 1"),
        cause);
  }

  @Test
  void aResponseTemplateThatFailsIsToldAfterTheBackendsAnswer() throws Exception {
    Outcome outcome = invoke(http("{}", "$util.parseJson('no')"), "{}");

    List<String> told = told(outcome);
    int answered =
        told.indexOf("Endpoint response body before transformations: {\"name\":\"rex\"}");
    assertEquals(
        "Execution failed due to configuration error: Unable to transform response",
        told.get(answered + 1));
    assertTrue(told.get(answered + 2).contains("(line 1, column 1)"), outcome.log());
    assertEquals(1, calls.get());
  }

  @Test
  void aTemplateThatReadsJsonWhereThereIsNoneFailsForTheCaller() throws Exception {
    Outcome outcome = invoke(http("$input.json('$.a')", "{}"), "no JSON");

    assertEquals(400, outcome.status());
    assertTold(outcome, "Could not parse request body into json");
  }

  @Test
  void aMediaTypeWithoutTemplateIsNoFaultOfTheConfiguration() throws Exception {
    Method.Builder method = http("{}", "{}");
    Method never =
        method
            .build()
            .copy(
                m ->
                    m.methodIntegration(
                        m.build().methodIntegration().copy(i -> i.passthroughBehavior("NEVER"))));

    assertTold(
        invoke(never.toBuilder(), "a", "Content-Type", "text/plain"),
        "Execution failed: no mapping template for this content type and passthrough is off");
  }

  @Test
  void whatIsNoBase64IsToldInTheVendorsWords() throws Exception {
    Method.Builder method =
        Method.builder()
            .authorizationType("NONE")
            .methodIntegration(
                i ->
                    i.type("HTTP")
                        .httpMethod("POST")
                        .uri(backend())
                        .contentHandling("CONVERT_TO_BINARY"));

    assertTold(
        invoke(method, "***"),
        "Execution failed due to configuration error: Unable to base64 decode the body.");
    assertEquals(0, calls.get());
  }

  private static void assertFailed(Outcome outcome, int status, String body) {
    assertEquals(status, outcome.status());
    assertEquals(body, outcome.body());
  }

  private static void assertTold(Outcome outcome, String line) {
    assertTrue(told(outcome).contains(line), outcome.log());
  }
}
