package io.gatehouse.admin.console.requests;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.requests.Inspection.PassedStep;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Says why a request got its answer. */
final class RequestPresenter {

  private static final int SERVER_ERRORS = 500;

  interface Screen {
    void show(Inspection inspection);

    /** Nothing is known of it, or not yet. */
    void showUnknown(String requestId);
  }

  private final Logs logs;
  private final Places places;
  private final Supplier<Caller> caller;
  private final String gatewayUrl;
  private final Screen screen;

  RequestPresenter(
      Logs logs,
      Resources resources,
      UsagePlans plans,
      Addresses addresses,
      Supplier<Caller> caller,
      Screen screen) {
    this.logs = logs;
    this.places = new Places(resources, plans, caller);
    this.caller = caller;
    this.gatewayUrl =
        addresses.gatewayUrls().isEmpty()
            ? "http://127.0.0.1:8081"
            : addresses.gatewayUrls().getFirst();
    this.screen = screen;
  }

  /**
   * @return whether something is known of it
   */
  boolean load(String requestId) {
    RequestRecord request;
    try {
      request = logs.loggedRequest(caller.get(), requestId);
    } catch (ApiError e) {
      if (e.kind() != ApiError.Kind.NOT_FOUND) {
        throw e;
      }
      screen.showUnknown(requestId);
      return false;
    }
    Optional<Advice> advice = advice(request);
    screen.show(
        new Inspection(
            request,
            verdict(request),
            advice.map(Advice::sentence).orElse(""),
            advice.map(found -> places.of(found.place(), request)),
            steps(request),
            facts(request),
            logs.requestsAround(caller.get(), requestId),
            Curl.of(request, gatewayUrl)));
    return true;
  }

  private static Optional<Advice> advice(RequestRecord request) {
    Answer answer = request.answer();
    if (answer.refusal() != null) {
      return Advice.of(answer.refusal().reason());
    }
    return answer.status() >= SERVER_ERRORS
        ? Optional.of(
            new Advice(
                answer.integration() == null
                    ? "The status is the method's own: an integration response of it gives it."
                    : "The answer is the backend's own. Look into its log at this time, and at the"
                        + " integration responses if they make this status of another one.",
                Place.METHOD))
        : Optional.empty();
  }

  private static String verdict(RequestRecord request) {
    Answer answer = request.answer();
    if (answer.refusal() != null) {
      return sentence(answer.refusal());
    }
    if (answer.integration() != null) {
      return answer.integration().status() == 0
          ? "The integration was called, and its answer went to the caller."
          : "The integration answered %d, and the caller got %d."
              .formatted(answer.integration().status(), answer.status());
    }
    return "HIT".equals(answer.cache())
        ? "The caller got a kept answer; no backend was called."
        : "The method answered by itself; no backend was called.";
  }

  private static String sentence(Refusal refusal) {
    String because = refusal.because();
    return because.isEmpty()
        ? refusal.reason()
        : Character.toUpperCase(because.charAt(0)) + because.substring(1) + ".";
  }

  private static List<PassedStep> steps(RequestRecord request) {
    List<PassedStep> steps = new ArrayList<>();
    int last = request.steps().size() - 1;
    for (int i = 0; i <= last; i++) {
      Step step = request.steps().get(i);
      boolean refusedHere = i == last && request.answer().refusal() != null;
      steps.add(new PassedStep(StepWords.of(step.step()), step.micros(), refusedHere));
    }
    return steps;
  }

  private List<Fact> facts(RequestRecord request) {
    RequestRecord.Place at = request.place();
    Answer answer = request.answer();
    List<Fact> facts = new ArrayList<>();
    if (!at.apiId().isEmpty()) {
      facts.add(fact("API", at.apiId(), places.of(Place.API, request)));
      facts.add(
          fact(
              "Stage",
              at.stage() + (at.canary() ? ", by its canary" : ""),
              places.of(Place.STAGE, request)));
      facts.add(fact("Deployment", at.deploymentId(), places.of(Place.DEPLOYMENTS, request)));
    }
    if (at.resourcePath() != null) {
      facts.add(
          fact(
              "Method",
              request.call().httpMethod() + " " + at.resourcePath(),
              places.of(Place.METHOD, request)));
    }
    if (request.call().apiKeyId() != null) {
      facts.add(fact("API key", request.call().apiKeyId(), places.of(Place.KEYS, request)));
      facts.add(fact("Usage plan", "of this key", places.of(Place.PLANS, request)));
    }
    if (answer.cache() != null) {
      facts.add(fact("Response cache", answer.cache(), places.of(Place.STAGE, request)));
    }
    if (answer.integration() != null) {
      facts.add(
          fact(
              "Integration",
              (answer.integration().status() == 0
                      ? "gave no status"
                      : "status " + answer.integration().status())
                  + ", "
                  + millis(answer.integration().latencyMicros()),
              places.of(Place.METHOD, request)));
    }
    facts.add(caller(request));
    return facts;
  }

  /** Who else of this address. */
  private static Fact caller(RequestRecord request) {
    String ip = request.call().ip();
    return ip.isEmpty()
        ? new Fact("Caller", "not known", Optional.empty())
        : fact(
            "Caller",
            ip,
            new Link("See its requests", Links.path("logs") + "?q=" + Places.encoded("ip:" + ip)));
  }

  private static Fact fact(String name, String value, Link link) {
    return new Fact(name, value, Optional.of(link));
  }

  static String millis(long micros) {
    return micros < 10_000
        ? String.format(Locale.ROOT, "%.2f ms", micros / 1000.0)
        : String.format(Locale.ROOT, "%,d ms", micros / 1000);
  }
}
