package io.gatehouse.admin.console.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.parts.Waterfall.Bar;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ClientCertificates;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.TestInvocations;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificatesRequest;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificatesResponse;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodResponse;

class TestPresenterTest {

  private static final Caller CALLER =
      new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private static final String LOG =
      """
      Execution log for request 1
      Mon Jun 01 12:00:00 UTC 2026 : Starting execution for request: 1
      Mon Jun 01 12:00:00 UTC 2026 : Method request path: {petId=7}
      Mon Jun 01 12:00:00 UTC 2026 : Method request body before transformations: {"a" : "b"}
      Mon Jun 01 12:00:00 UTC 2026 : Endpoint request URI: http://b/7
      Mon Jun 01 12:00:00 UTC 2026 : Sending request to http://b/7
      Mon Jun 01 12:00:00 UTC 2026 : Method response headers: {A=b}
      Mon Jun 01 12:00:00 UTC 2026 : Method completed with status: 200
      """;

  private TestInvokeMethodRequest asked;
  private String body = "{\"id\":7}";
  private boolean refused;
  private Optional<ApiError> refusal = Optional.empty();
  private List<Step> steps =
      List.of(
          new Step("ValidateParameters", 100),
          new Step("MapRequest", 200),
          new Step("CallBackend", 5_000),
          new Step("MapResponse", 50));

  private final TestedMethod method =
      new TestedMethod(
          "a1",
          "r1",
          "/pets/{petId}",
          Method.builder().httpMethod("GET").authorizationType("AWS_IAM").build());

  private TestPresenter presenter(TestedMethod of) {
    return new TestPresenter(
        new FakeTests(),
        new FakeStages(),
        new FakeCertificates(),
        new Addresses("http://here", "us-east-1", List.of("http://node"), ""),
        of);
  }

  private TestResult send() {
    return presenter(method)
        .send(CALLER, call("7"), Optional.of(Stage.builder().stageName("prod").build()))
        .result()
        .orElseThrow();
  }

  private static TestCall call(String petId) {
    return new TestCall("GET", Map.of("petId", petId), "", "", "", "", "");
  }

  @Test
  void eachStepBeginsWhereTheOneBeforeEndedAndTellsWhatItMade() {
    List<Bar> bars = send().bars();

    assertEquals(List.of(0L, 100L, 300L, 5_300L), bars.stream().map(Bar::startMicros).toList());
    assertEquals("Call the backend", bars.get(2).step());
    assertEquals(List.of("Sending request to http://b/7"), bars.get(2).made());
    assertEquals(
        List.of(
            "Method request path: {petId=7}",
            "Method request body before transformations: {\"a\" : \"b\"}"),
        bars.getFirst().made(),
        "what no step of its own did is told of the one before");
    assertEquals(List.of("Method response headers: {A=b}"), bars.getLast().made());
    assertFalse(bars.getLast().endedHere());
  }

  @Test
  void aRefusalEndsAtTheLastStepWithItsReason() {
    refused = true;
    steps = List.of(new Step("ValidateParameters", 100), new Step("MapRequest", 20));

    List<Bar> bars = send().bars();
    assertTrue(bars.getLast().endedHere());
    assertFalse(bars.getFirst().endedHere());
    assertTrue(send().refused());
  }

  @Test
  void jsonIsIndentedAndLongBodiesAreCut() {
    assertTrue(send().body().contains("\n"), send().body());
    assertEquals("Indented to be read.", send().bodyNote());

    body = "x".repeat(TestPresenter.LONGEST_BODY + 1);
    assertEquals(TestPresenter.LONGEST_BODY, send().body().length());
    assertEquals("The first 65,536 of 65,537 characters.", send().bodyNote());

    body = "{broken";
    assertEquals("{broken", send().body());
    assertEquals("", send().bodyNote());
  }

  @Test
  void theSameCallIsGivenForTools() {
    assertTrue(send().cli().contains("--path-with-query-string '/pets/7'"), send().cli());
    assertEquals(
        "curl -i 'http://node/_aws/execute-api/a1/prod/pets/7'", send().curl().orElseThrow());
    assertTrue(
        presenter(method)
            .send(CALLER, call("7"), Optional.empty())
            .result()
            .orElseThrow()
            .curl()
            .isEmpty());
  }

  @Test
  void aRefusalOfTheOperationOrOfTheFormIsASentence() {
    assertEquals(
        "The path parameter petId has no value",
        presenter(method).send(CALLER, call(""), Optional.empty()).refusal());
    refusal = Optional.of(ApiError.badRequest("Invalid header specified: x"));
    assertEquals(
        "Invalid header specified: x",
        presenter(method).send(CALLER, call("7"), Optional.empty()).refusal());
  }

  @Test
  void itSaysWhatATestDoesNotAskFor() {
    String words = presenter(method).notAsked();
    assertTrue(words.contains("does not ask for authorization (AWS_IAM),"), words);
    String both =
        presenter(new TestedMethod("a1", "r1", "/", Method.builder().httpMethod("GET").build()))
            .notAsked();
    assertTrue(both.contains("authorization and API keys"), both);
  }

  @Test
  void variablesOfAStageFillTheFormInOrder() {
    Stage stage = presenter(method).stages(CALLER).getFirst();

    assertEquals("a=1\nb=2", TestPresenter.lines(stage));
    assertEquals(1, presenter(method).certificates(CALLER).size());
  }

  private final class FakeTests extends TestInvocations {
    @Override
    public Trial tryMethod(Caller caller, TestInvokeMethodRequest in) {
      refusal.ifPresent(
          why -> {
            throw why;
          });
      asked = in;
      assertEquals("/pets/7", asked.pathWithQueryString());
      return new Trial(
          TestInvokeMethodResponse.builder()
              .status(200)
              .latency(5L)
              .body(body)
              .log(LOG)
              .multiValueHeaders(Map.of("A", List.of("b")))
              .build(),
          steps,
          refused);
    }
  }

  private static final class FakeStages extends Stages {
    @Override
    public GetStagesResponse getStages(Caller caller, GetStagesRequest in) {
      return GetStagesResponse.builder()
          .item(Stage.builder().stageName("prod").variables(Map.of("b", "2", "a", "1")).build())
          .build();
    }
  }

  private static final class FakeCertificates extends ClientCertificates {
    @Override
    public GetClientCertificatesResponse getClientCertificates(
        Caller caller, GetClientCertificatesRequest in) {
      return GetClientCertificatesResponse.builder()
          .items(ClientCertificate.builder().clientCertificateId("c1").build())
          .build();
    }
  }
}
