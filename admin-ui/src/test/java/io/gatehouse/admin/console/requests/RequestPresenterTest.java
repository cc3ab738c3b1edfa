package io.gatehouse.admin.console.requests;

import static io.gatehouse.admin.logs.Requests.refused;
import static io.gatehouse.admin.logs.Requests.served;
import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.exchange.Reason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.GetResourceRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class RequestPresenterTest implements RequestPresenter.Screen {

  /** Screens that are there, by the beginnings of their addresses. */
  private static final List<String> SCREENS =
      List.of(
          "apis",
          "keys",
          "plans",
          "iam",
          "pools",
          "functions",
          "backends",
          "backend-access",
          "vpclinks",
          "logs");

  private final Map<String, RequestRecord> stored = new HashMap<>();
  private final Map<String, Method> methods = new HashMap<>(Map.of("GET", method()));
  private final RequestPresenter presenter =
      new RequestPresenter(
          new StoredLogs(),
          new OneResource(),
          new OnePlan(),
          new Addresses("http://m", "us-east-1", List.of("http://gw:8081"), ""),
          () -> ALICE,
          this);
  private Inspection shown;
  private String unknown = "";

  @Override
  public void show(Inspection inspection) {
    shown = inspection;
  }

  @Override
  public void showUnknown(String requestId) {
    unknown = requestId;
  }

  private void load(RequestRecord request) {
    stored.put(request.requestId(), request);
    assertTrue(presenter.load(request.requestId()));
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void everyReasonSaysWhatToLookAtAndWhere(Reason reason) {
    load(refused(ALICE.account(), "r", NOON, reason));

    assertTrue(shown.advice().length() > 40, reason + ": " + shown.advice());
    assertTrue(shown.advice().endsWith("."), reason + ": " + shown.advice());
    assertTrue(shown.verdict().toLowerCase().startsWith(reason.text().toLowerCase()));
    String path = shown.setting().orElseThrow().path();
    assertTrue(SCREENS.contains(path.split("[/?]")[0]), reason + ": " + path);
    assertFalse(path.contains("null") || path.contains("//"), path);
  }

  @ParameterizedTest
  @EnumSource(Reason.class)
  void alsoWhereNoApiWasReached(Reason reason) {
    RequestRecord request = refused(ALICE.account(), "r", NOON, reason);
    load(
        with(
            request,
            new RequestRecord.Place("", "", "", false, "", null, null),
            new RequestRecord.Call("GET", "/x", "", null)));

    String path = shown.setting().orElseThrow().path();
    assertTrue(SCREENS.contains(path), reason + ": " + path);
  }

  private static RequestRecord with(
      RequestRecord request, RequestRecord.Place place, RequestRecord.Call call) {
    return new RequestRecord(
        request.requestId(),
        request.extendedRequestId(),
        request.xrayTraceId(),
        request.time(),
        place,
        call,
        request.answer(),
        request.steps(),
        request.level(),
        request.execution(),
        request.access());
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED_BY_PLAN, Open the usage plan, plans/plan1",
    "BODY_INVALID, Open the method, apis/api1/resources/res1/GET",
    "ENDPOINT_INVALID, Open the stage, apis/api1/stages/prod",
    "API_KEY_DISABLED, Open the API key, keys?q=key1",
    "RESOURCE_POLICY_DENIES, Open the API, apis/api1",
    "HEADER_TIMEOUT, See all requests like it, logs?q=api%3Aapi1+reason%3AHEADER_TIMEOUT",
  })
  void theLinkLeadsToTheVerySetting(Reason reason, String label, String path) {
    load(refused(ALICE.account(), "r", NOON, reason));

    assertEquals(new Link(label, path), shown.setting().orElseThrow());
  }

  @Test
  void aMethodIsLookedForAsItIsNow() {
    RequestRecord request = refused(ALICE.account(), "r", NOON, Reason.BODY_INVALID);
    methods.clear();
    methods.put("ANY", method());
    load(request);
    assertEquals("apis/api1/resources/res1/ANY", shown.setting().orElseThrow().path());

    methods.clear();
    methods.put("POST", method());
    load(request);
    assertEquals("apis/api1/resources/res1", shown.setting().orElseThrow().path());

    methods.clear();
    load(request);
    assertEquals("apis/api1/resources", shown.setting().orElseThrow().path());
  }

  @Test
  void theStepThatRefusedIsTheLastOne() {
    load(refused(ALICE.account(), "r", NOON, Reason.THROTTLED_BY_PLAN));

    assertEquals(
        List.of("Find API and stage false", "Throttles and quota true"),
        shown.steps().stream().map(step -> step.words() + " " + step.refusedHere()).toList());
  }

  @Test
  void anAnswerOfTheBackendIsSaidToBeItsOwn() {
    load(served(ALICE.account(), "fine", NOON, 200));
    assertEquals("The integration answered 200, and the caller got 200.", shown.verdict());
    assertEquals("", shown.advice());
    assertTrue(shown.setting().isEmpty());
    assertTrue(shown.steps().stream().noneMatch(Inspection.PassedStep::refusedHere));

    load(served(ALICE.account(), "broken", NOON, 502));
    assertTrue(shown.advice().startsWith("The answer is the backend's own."), shown.advice());
    assertEquals("Open the method", shown.setting().orElseThrow().label());
  }

  @Test
  void aReasonOfAnotherVersionIsShownWithoutAdvice() {
    RequestRecord request = refused(ALICE.account(), "r", NOON, Reason.BUG);
    RequestRecord.Answer answer = request.answer();
    stored.put(
        "r",
        new RequestRecord(
            "r",
            "e",
            "t",
            request.time(),
            request.place(),
            request.call(),
            new RequestRecord.Answer(
                418,
                new RequestRecord.Refusal("TEAPOT", "it is a teapot", "DEFAULT_4XX", null),
                answer.latencyMicros(),
                null,
                null,
                0),
            request.steps(),
            request.level(),
            List.of(),
            null));

    assertTrue(presenter.load("r"));
    assertEquals("It is a teapot.", shown.verdict());
    assertTrue(shown.setting().isEmpty());
  }

  @Test
  void whatIsNotKnownIsSaidToBe() {
    assertFalse(presenter.load("nobody"));
    assertEquals("nobody", unknown);
  }

  @Test
  void theCommandAsksTheSameAndRunsNothingElse() {
    RequestRecord request = served(ALICE.account(), "r", NOON, 200);
    load(
        with(
            request,
            request.place(),
            new RequestRecord.Call("POST", "/prod/a'; rm -rf $HOME;'", "ip", "key1")));

    assertEquals(
        "curl -i -X 'POST' -H \"x-api-key: $API_KEY\" -H 'content-type: application/json'"
            + " --data-binary @body.json"
            + " 'http://gw:8081/_aws/execute-api/api1/prod/a'\\''; rm -rf $HOME;'\\'''",
        shown.curl());
  }

  @ParameterizedTest
  @CsvSource({
    "0A1B2C3D-0000-1111-2222-333344445555, requests/0a1b2c3d-0000-1111-2222-333344445555",
    "status:5xx cat, logs?q=status%3A5xx+cat",
    "../apis, logs?q=..%2Fapis",
  })
  void aPastedIdOpensItsRequestAndWordsTheLogs(String text, String path) {
    assertEquals(path, RequestSearch.path(text));
  }

  private static Method method() {
    return Method.builder().build();
  }

  private final class StoredLogs extends Logs {

    @Override
    public RequestRecord loggedRequest(Caller caller, String requestId) {
      RequestRecord found = stored.get(requestId);
      if (found == null) {
        throw ApiError.notFound("none");
      }
      return found;
    }

    @Override
    public List<RequestRecord> requestsAround(Caller caller, String requestId) {
      return List.of();
    }
  }

  private final class OneResource extends Resources {

    @Override
    public Resource getResource(Caller caller, GetResourceRequest in) {
      if (methods.isEmpty()) {
        throw ApiError.notFound("Invalid Resource identifier specified");
      }
      return Resource.builder().id(in.resourceId()).resourceMethods(methods).build();
    }
  }

  private static final class OnePlan extends UsagePlans {

    @Override
    public GetUsagePlansResponse getUsagePlans(Caller caller, GetUsagePlansRequest in) {
      assertEquals("key1", in.keyId());
      return GetUsagePlansResponse.builder()
          .items(plan("plan0", "other"), plan("plan1", "prod"))
          .build();
    }

    private static UsagePlan plan(String id, String stage) {
      return UsagePlan.builder()
          .id(id)
          .apiStages(ApiStage.builder().apiId("api1").stage(stage).build())
          .build();
    }
  }
}
