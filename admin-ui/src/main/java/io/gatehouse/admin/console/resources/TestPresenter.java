package io.gatehouse.admin.console.resources;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.parts.Waterfall.Bar;
import io.gatehouse.admin.console.requests.StepWords;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.ClientCertificates;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.TestInvocations;
import io.gatehouse.admin.operations.TestInvocations.Trial;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.ClientCertificate;
import software.amazon.awssdk.services.apigateway.model.GetClientCertificatesRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodResponse;

/** Tries a method as it is now, and makes the answer readable. */
final class TestPresenter {

  /** Characters of a body that a screen shows. */
  static final int LONGEST_BODY = 64 << 10;

  private static final int MOST_CERTIFICATES = 100;

  /**
   * One of both.
   *
   * @param refusal why nothing was sent; empty when something was
   */
  record Answer(Optional<TestResult> result, String refusal) {}

  private final TestInvocations tests;
  private final Stages stages;
  private final ClientCertificates certificates;
  private final Addresses addresses;
  private final TestedMethod method;

  TestPresenter(
      TestInvocations tests,
      Stages stages,
      ClientCertificates certificates,
      Addresses addresses,
      TestedMethod method) {
    this.tests = tests;
    this.stages = stages;
    this.certificates = certificates;
    this.addresses = addresses;
    this.method = method;
  }

  /** Those of the API. */
  List<Stage> stages(Caller caller) {
    return stages
        .getStages(caller, GetStagesRequest.builder().restApiId(method.apiId()).build())
        .item();
  }

  /** To be shown to the backend; none for whoever may not see them. */
  List<ClientCertificate> certificates(Caller caller) {
    try {
      return certificates
          .getClientCertificates(
              caller, GetClientCertificatesRequest.builder().limit(MOST_CERTIFICATES).build())
          .items();
    } catch (ApiError refused) {
      return List.of();
    }
  }

  /** Variables of a stage as the form has them. */
  static String lines(Stage stage) {
    return new TreeMap<>(stage.variables())
        .entrySet().stream()
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining("\n"));
  }

  /** What a test does not ask for, in a sentence. */
  String notAsked() {
    String asked = "A test runs the method as it is now, deployed or not.";
    String left =
        method.wantsAuthorization() && method.wantsKey()
            ? "authorization (" + method.method().authorizationType() + ") and the API key"
            : method.wantsAuthorization()
                ? "authorization (" + method.method().authorizationType() + ")"
                : method.wantsKey() ? "the API key" : "authorization and API keys";
    return asked
        + " It does not ask for "
        + left
        + ", nor for limits, CORS and gateway responses of your own, as on AWS. The backend is"
        + " really called.";
  }

  /** Sends it and waits for the answer. */
  Answer send(Caller caller, TestCall call, Optional<Stage> stage) {
    try {
      Trial trial = tests.tryMethod(caller, call.request(method));
      return new Answer(Optional.of(result(trial, call, stage)), "");
    } catch (ApiError refused) {
      return new Answer(Optional.empty(), refused.getMessage());
    }
  }

  private TestResult result(Trial trial, TestCall call, Optional<Stage> stage) {
    TestInvokeMethodResponse answer = trial.answer();
    String body = Optional.ofNullable(answer.body()).orElse("");
    Optional<String> pretty = pretty(body);
    String shown = pretty.orElse(body);
    boolean cut = shown.length() > LONGEST_BODY;
    return new TestResult(
        answer.status(),
        answer.latency(),
        trial.refused(),
        bars(trial),
        headers(answer),
        cut ? shown.substring(0, LONGEST_BODY) : shown,
        cut
            ? "The first %,d of %,d characters.".formatted(LONGEST_BODY, shown.length())
            : pretty.filter(text -> !text.equals(body)).map(t -> "Indented to be read.").orElse(""),
        Optional.ofNullable(answer.log()).orElse(""),
        call.cli(method, addresses.managementUrl()),
        stage.flatMap(one -> curl(call, one)));
  }

  private Optional<String> curl(TestCall call, Stage stage) {
    return addresses.gatewayUrls().stream()
        .findFirst()
        .map(url -> Addresses.byPath(url, method.apiId(), stage.stageName()))
        .map(url -> call.curl(method, url, method.wantsKey()));
  }

  private static List<Bar> bars(Trial trial) {
    List<String> passed = trial.steps().stream().map(Step::step).toList();
    Map<String, List<String>> notes =
        StepNotes.of(Optional.ofNullable(trial.answer().log()).orElse(""), passed);
    List<Bar> bars = new ArrayList<>();
    long start = 0;
    for (int i = 0; i < trial.steps().size(); i++) {
      Step step = trial.steps().get(i);
      boolean endedHere = trial.refused() && i == trial.steps().size() - 1;
      bars.add(
          new Bar(
              StepWords.of(step.step()),
              start,
              step.micros(),
              endedHere,
              notes.getOrDefault(step.step(), List.of())));
      start += step.micros();
    }
    return bars;
  }

  private static String headers(TestInvokeMethodResponse answer) {
    return answer.multiValueHeaders().entrySet().stream()
        .flatMap(entry -> entry.getValue().stream().map(value -> entry.getKey() + ": " + value))
        .collect(Collectors.joining("\n"));
  }

  /** With a line for each member; empty for what is no object and no list. */
  static Optional<String> pretty(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("{") && !stripped.startsWith("[")
        || stripped.length() > LONGEST_BODY) {
      return Optional.empty();
    }
    try (JsonReader reader = JSON.createReader(new StringReader(stripped))) {
      JsonValue value = reader.readValue();
      StringWriter out = new StringWriter();
      try (var writer =
          JSON.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true)).createWriter(out)) {
        writer.write(value);
      }
      return Optional.of(out.toString().strip());
    } catch (JsonException broken) {
      return Optional.empty();
    }
  }
}
