package io.gatehouse.runtime.observe;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.TestInvoker;
import io.gatehouse.runtime.TestInvoker.Call;
import io.gatehouse.runtime.TestInvoker.Outcome;
import io.gatehouse.runtime.door.ScriptedFunctions;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** What a test's log says of Lambda integrations; a good one's is compared where it is recorded. */
class LambdaTestLogTest {

  private static final String TIME = "Mon Jun 01 12:00:00 UTC 2026 : ";
  private static final String CONFIGURATION = "Execution failed due to configuration error: ";
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:f";
  private static final String URL =
      "https://lambda.us-east-1.amazonaws.com/2015-03-31/functions/" + FUNCTION + "/invocations";

  private final ScriptedFunctions functions = new ScriptedFunctions();

  private void answers(int status, String body, String... headers) {
    HeaderList list = new HeaderList().add("x-amzn-RequestId", "the-id");
    for (int i = 0; i < headers.length; i += 2) {
      list.add(headers[i], headers[i + 1]);
    }
    functions.script(
        (call, reply) -> {
          call.log().accept("START");
          reply.answer(new BackendResponse(status, list, new Body.Bytes(body.getBytes(UTF_8))));
        });
  }

  private Outcome invoke(Consumer<Integration.Builder> change) throws Exception {
    Integration.Builder integration =
        Integration.builder()
            .type("AWS_PROXY")
            .httpMethod("POST")
            .uri(
                "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                    + FUNCTION
                    + "/invocations");
    change.accept(integration);
    Method method =
        Method.builder().authorizationType("NONE").methodIntegration(integration.build()).build();
    try (TestInvoker invoker =
        new TestInvoker(
            "",
            TestInvoker.BackendSettings.NONE,
            Optional.empty(),
            functions,
            Duration.ofSeconds(29),
            () -> new Random(7),
            InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")),
            System::nanoTime)) {
      return invoker.invoke(
          SampleApi.api("api0000001", "test-invoke-stage").method("GET", "/p", method).snapshot(1),
          new Call("/p", "GET", "", new HeaderList(), new byte[0]));
    }
  }

  private Outcome invoke() throws Exception {
    return invoke(i -> {});
  }

  private static void assertLines(Outcome outcome, String... lines) {
    for (String line : lines) {
      assertTrue(
          outcome.log().contains("\n" + TIME + line + "\n"),
          "no line '" + line + "' in\n" + outcome.log());
    }
  }

  @Test
  void anInvocationShowsWhereItWentAndWhatTheFunctionWrote() throws Exception {
    answers(200, "{\"statusCode\":201,\"body\":\"made\"}");
    Outcome outcome = invoke();
    assertEquals(201, outcome.status());
    assertEquals("made", outcome.body());
    assertLines(
        outcome,
        "Endpoint request URI: " + URL,
        "Sending request to " + URL,
        "Function log: START",
        "Endpoint response headers: {x-amzn-RequestId=the-id}",
        "Endpoint response body before transformations: {\"statusCode\":201,\"body\":\"made\"}",
        "Method response body after transformations: made");
    String headers =
        outcome.log().lines().filter(l -> l.contains("request headers: {x-amzn")).findFirst().get();
    assertTrue(
        headers.matches(
            ".*\\{x-amzn-lambda-integration-tag=[0-9a-f-]{36}, Authorization=\\*+,"
                + " X-Amz-Date=20260601T120000Z, x-amzn-apigateway-api-id=api0000001,"
                + " X-Amz-Source-Arn=arn:aws:execute-api:us-east-1:123456789012:api0000001"
                + "/test-invoke-stage/GET/p, Accept=application/json,"
                + " User-Agent=AmazonAPIGateway_api0000001, X-Amz-Security-Token=\\*+"
                + " \\[TRUNCATED]"),
        headers);
  }

  @Test
  void aMalformedAnswerIsNamedByItsMember() throws Exception {
    answers(200, "{\"headers\":{\"x\":[]}}");
    Outcome outcome = invoke();
    assertEquals(502, outcome.status());
    assertLines(
        outcome,
        CONFIGURATION + "Malformed Lambda proxy response",
        "Because what the Lambda function returned is no answer of a proxy integration: /headers/x"
            + " must be a string, a number or a boolean and is a list",
        "Method completed with status: 502");
  }

  @Test
  void aFunctionsErrorIsShownInTheVendorsWords() throws Exception {
    answers(
        200,
        "{\"errorMessage\":\"no\",\"errorType\":\"ValueError\"}",
        "X-Amz-Function-Error",
        "Unhandled");
    assertLines(
        invoke(),
        "Lambda execution failed with status 200 due to customer function error: ValueError: no."
            + " Lambda request id: the-id");
  }

  @Test
  void whoMayNotInvokeIsTold() throws Exception {
    answers(403, "{\"Message\":\"denied\"}", "x-amzn-ErrorType", "AccessDeniedException");
    assertLines(
        invoke(),
        CONFIGURATION + "Invalid permissions on Lambda function",
        "Because the integration is not permitted to invoke the Lambda function:"
            + " AccessDeniedException: denied");
  }

  @Test
  void aThrottledInvocationIsToldWithItsStatus() throws Exception {
    answers(429, "");
    Outcome outcome = invoke();
    assertEquals(500, outcome.status());
    assertLines(
        outcome,
        "Lambda invocation failed with status: 429. Lambda request id: the-id",
        "Because Lambda throttled the invocation; for integrations the vendor answers 500:"
            + " status 429");
  }

  @Test
  void anotherVerbThanPostSaysSo() throws Exception {
    Outcome outcome = invoke(i -> i.httpMethod("GET"));
    assertEquals(500, outcome.status());
    assertTrue(functions.received.isEmpty());
    assertFalse(outcome.log().contains("Endpoint request URI"), outcome.log());
    assertTrue(outcome.log().contains("a Lambda function is invoked by POST"), outcome.log());
  }

  @Test
  void noFunctionIsAnInvalidAddress() throws Exception {
    assertLines(
        invoke(i -> i.uri("arn:aws:apigateway:us-east-1:lambda:path/x")),
        CONFIGURATION + "Invalid endpoint address");
  }

  @Test
  void secretsThatAreMappedAreStars() throws Exception {
    answers(200, "1");
    Outcome outcome =
        invoke(
            i ->
                i.type("AWS")
                    .requestParameters(
                        Map.of("integration.request.header.x-api-key", "'0123456789abcdefgh'"))
                    .integrationResponses(Map.of("200", IntegrationResponse.builder().build())));
    assertFalse(outcome.log().contains("0123456789"), outcome.log());
  }
}
