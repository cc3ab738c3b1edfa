package io.gatehouse.runtime.door;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.LimitHeadersTag;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.limit.Limits;
import io.gatehouse.runtime.limit.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** What a request counts against, and what a caller is told who goes too far. */
class MeteringTest {

  private static final String KEY = "x-api-key: secret-key-value-12345";
  private static final String AT = "/_aws/execute-api/abc123/dev";
  private static final String SHA =
      SnapshotCodec.sha256("secret-key-value-12345".getBytes(StandardCharsets.UTF_8));

  private Door door;

  @BeforeEach
  void open() throws Exception {
    door = new Door("", 100);
    door.serve(api().snapshot(1));
    door.live.put(new KeySnapshot(1, SampleApi.ACCOUNT, "k1", SHA, true, Set.of("p1")));
    door.live.put(plan());
  }

  @AfterEach
  void close() throws Exception {
    door.close();
  }

  private static SampleApi api() {
    Method keyed =
        SampleApi.api("x", "x")
            .mock("GET", "/", 200, "fine")
            .snapshot(1)
            .definition()
            .resources()
            .values()
            .iterator()
            .next()
            .resourceMethods()
            .get("GET")
            .toBuilder()
            .apiKeyRequired(true)
            .build();
    return SampleApi.api("abc123", "dev")
        .mock("GET", "/open", 200, "fine")
        .method("GET", "/pets", keyed)
        .stage(
            stage ->
                stage.methodSettings(
                    Map.of(
                        "*/*",
                        MethodSetting.builder()
                            .throttlingRateLimit(-1.0)
                            .throttlingBurstLimit(-1)
                            .build(),
                        "pets/GET",
                        MethodSetting.builder()
                            .throttlingRateLimit(20.0)
                            .throttlingBurstLimit(10)
                            .build())));
  }

  private static PlanSnapshot plan() {
    return new PlanSnapshot(
        1,
        SampleApi.ACCOUNT,
        "p1",
        Set.of("abc123:dev"),
        Optional.of(new RateLimit(5, 10)),
        Optional.of(new Quota(1000, 0, Quota.Period.DAY)),
        Map.of("abc123:dev", Map.of("/pets/GET", new RateLimit(2, 3))),
        WhenUnreachable.REFUSE);
  }

  @Test
  void aRequestByAKeyCountsAgainstPlanMethodAndAccountInThisOrder() throws Exception {
    assertTrue(door.get(AT + "/pets", KEY).endsWith("fine"));
    ScriptedLimits.Asked asked = door.counters.asked.take();
    String caller = SampleApi.ACCOUNT + "/p1/k1/abc123:dev";
    assertEquals(
        List.of(
            "plan-method/" + caller + "/pets/GET",
            "plan/" + caller,
            "method/" + SampleApi.ACCOUNT + "/abc123:dev/pets/GET",
            "account/" + SampleApi.ACCOUNT),
        asked.throttles().stream().map(limit -> limit.key()).toList());
    assertEquals(
        List.of(3L, 10L, 10L, 5000L),
        asked.throttles().stream().map(limit -> limit.burst()).toList());
    assertEquals(1000, asked.quota().limitIn(0));
  }

  @Test
  void aRequestWithoutAKeyCountsForItsAccountAlone() throws Exception {
    assertTrue(door.get(AT + "/open", KEY).endsWith("fine"));
    ScriptedLimits.Asked asked = door.counters.asked.take();
    assertEquals(1, asked.throttles().size());
    assertEquals("account/" + SampleApi.ACCOUNT, asked.throttles().getFirst().key());
    assertNull(asked.quota());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/pets/*", "/*/*"})
  void aStarOfAPlanStandsForAnyVerbOrMethod(String name) throws Exception {
    door.live.put(
        new PlanSnapshot(
            2,
            SampleApi.ACCOUNT,
            "p1",
            Set.of("abc123:dev"),
            Optional.empty(),
            Optional.empty(),
            Map.of("abc123:dev", Map.of(name, new RateLimit(2, 3))),
            WhenUnreachable.REFUSE));
    door.get(AT + "/pets", KEY);
    assertEquals(3, door.counters.asked.take().throttles().getFirst().burst());
  }

  @Test
  void halfALimitOfAMethodIsALimit() throws Exception {
    door.serve(
        api()
            .stage(
                stage ->
                    stage.methodSettings(
                        Map.of(
                            "open/GET",
                            MethodSetting.builder()
                                .throttlingRateLimit(-1.0)
                                .throttlingBurstLimit(7)
                                .build())))
            .snapshot(2));
    door.get(AT + "/open");
    ScriptedLimits.Asked asked = door.counters.asked.take();
    assertEquals(2, asked.throttles().size());
    assertEquals(7, asked.throttles().getFirst().burst());
  }

  @Test
  void whatIsChangedHoldsForTheNextRequest() throws Exception {
    door.get(AT + "/pets", KEY);
    door.counters.asked.take();
    door.live.put(new AccountSnapshot(2, SampleApi.ACCOUNT, new RateLimit(7, 8)));
    door.live.put(new PlanSnapshot(2, SampleApi.ACCOUNT, "p1", Set.of("abc123:dev")));
    door.get(AT + "/pets", KEY);
    ScriptedLimits.Asked asked = door.counters.asked.take();
    assertEquals(2, asked.throttles().size());
    assertEquals(8, asked.throttles().getLast().burst());
    assertTrue(asked.quota().limitIn(0) < 0, "used is counted without a quota, too");
  }

  @Test
  void nothingIsServedForASuspendedAccountUntilItIsResumed() throws Exception {
    door.live.put(new AccountSnapshot(2, SampleApi.ACCOUNT, RateLimit.OF_ACCOUNT, true));
    String answer = door.get(AT + "/open");
    assertTrue(answer.startsWith("HTTP/1.1 403 "), answer);
    assertTrue(
        answer.endsWith("{\"Message\":\"User is not authorized to access this resource\"}"),
        answer);
    assertEquals(Reason.ACCOUNT_SUSPENDED, door.exchange().refusal().reason());
    door.live.removeAccount(SampleApi.ACCOUNT);
    assertTrue(door.get(AT + "/open").endsWith("fine"));
  }

  static Stream<Arguments> throttles() {
    return Stream.of(
        Arguments.of(0, Reason.THROTTLED_BY_PLAN_FOR_METHOD),
        Arguments.of(1, Reason.THROTTLED_BY_PLAN),
        Arguments.of(2, Reason.THROTTLED_BY_METHOD),
        Arguments.of(3, Reason.THROTTLED_BY_ACCOUNT));
  }

  @ParameterizedTest
  @MethodSource("throttles")
  void aThrottleThatIsSpentAnswers429AndSaysWhen(int index, Reason reason) throws Exception {
    door.counters.verdicts.add(new Verdict.Throttled(index, 1_200_000_000L));
    String answer = door.get(AT + "/pets", KEY);
    assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
    assertTrue(answer.endsWith("{\"message\":\"Too Many Requests\"}"), answer);
    assertTrue(answer.contains("\r\nx-amzn-ErrorType: TooManyRequestsException\r\n"), answer);
    assertTrue(answer.contains("\r\nRetry-After: 2\r\n"), answer);
    assertEquals(reason, door.exchange().refusal().reason());
  }

  @Test
  void aThrottleThatLetsNothingPassNamesNoTime() throws Exception {
    door.counters.verdicts.add(new Verdict.Throttled(0, Long.MAX_VALUE));
    String answer = door.get(AT + "/open");
    assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
    assertFalse(answer.contains("Retry-After"), answer);
  }

  @Test
  void aBugInCountingIsAnAnswer() throws Exception {
    door.counters.verdicts.add(new Verdict.Throttled(17, 1));
    String answer = door.get(AT + "/open");
    assertTrue(answer.startsWith("HTTP/1.1 500 "), answer);
    assertEquals(Reason.BUG, door.exchange().refusal().reason());
  }

  @Test
  void aQuotaThatIsSpentAnswers429UntilThePeriodEnds() throws Exception {
    door.counters.verdicts.add(
        new Verdict.QuotaExceeded(System.currentTimeMillis() + TimeUnit.HOURS.toMillis(2)));
    String answer = door.get(AT + "/pets", KEY);
    assertTrue(answer.startsWith("HTTP/1.1 429 "), answer);
    assertTrue(answer.endsWith("{\"message\":\"Limit Exceeded\"}"), answer);
    assertTrue(answer.contains("\r\nx-amzn-ErrorType: LimitExceededException\r\n"), answer);
    String after = answer.split("\r\nRetry-After: ")[1].split("\r\n")[0];
    assertTrue(Long.parseLong(after) > 7000 && Long.parseLong(after) <= 7200, after);
    assertEquals(Reason.QUOTA_EXCEEDED, door.exchange().refusal().reason());
  }

  @Test
  void aQuotaThatNobodyCanTellAnswers503() throws Exception {
    door.counters.verdicts.add(new Verdict.QuotaUnreachable());
    String answer = door.get(AT + "/pets", KEY);
    assertTrue(answer.startsWith("HTTP/1.1 503 "), answer);
    assertEquals(Reason.QUOTA_UNREACHABLE, door.exchange().refusal().reason());
  }

  @Test
  void aRequestWaitsForTheOwnerOfItsLimitAndHoldsUpNobody() throws Exception {
    door.counters.verdicts.add(Verdict.WAITING);
    CompletableFuture<String> waiting = new CompletableFuture<>();
    Thread.startVirtualThread(
        () -> {
          try {
            waiting.complete(door.get(AT + "/pets", KEY));
          } catch (Exception e) {
            waiting.completeExceptionally(e);
          }
        });
    Limits.Waiter waiter = door.counters.asked.take().waiter();
    assertTrue(door.get(AT + "/open").endsWith("fine"));
    assertFalse(waiting.isDone());
    waiter.decided(Verdict.ADMITTED);
    assertTrue(waiting.get(10, TimeUnit.SECONDS).endsWith("fine"));
  }

  @Test
  void answersTellWhatIsLeftOfThePlan() throws Exception {
    door.counters.left =
        new Limits.Left(4, 57, 1000, System.currentTimeMillis() + TimeUnit.HOURS.toMillis(1));
    String answer = door.get(AT + "/pets", KEY);
    assertTrue(
        answer.contains(
            "\r\nRateLimit-Policy: \"method\";q=3;w=2, \"throttle\";q=10;w=2, \"quota\";q=1000;w=86400\r\n"),
        answer);
    assertTrue(
        answer.matches("(?s).*\r\nRateLimit: \"throttle\";r=4, \"quota\";r=57;t=3[56]\\d\\d\r\n.*"),
        answer);
    assertFalse(door.get(AT + "/open").contains("RateLimit"), "no plan, nothing to tell");
    door.serve(api().stage(s -> s.tags(Map.of(LimitHeadersTag.TAG, "off"))).snapshot(2));
    assertFalse(door.get(AT + "/pets", KEY).contains("RateLimit"));
  }
}
