package io.gatehouse.admin.console.plans;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.plans.KeyUsages.KeyUsage;
import io.gatehouse.admin.console.plans.PlanLimits.Limits;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.admin.operations.UsageRecords;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.WhenUnreachable;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageResponse;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/** What the page of a plan shows and writes of its limits and of what its keys have used. */
class PlanLimitsTest {

  private static final Caller ALICE =
      new Caller("111111111111", "eu-west-1", "alice", Set.of(), Caller.Door.CONSOLE);
  private static final UsagePlan BARE = UsagePlan.builder().id("plan1").name("Basic").build();
  private static final UsagePlan LIMITED =
      BARE.toBuilder()
          .throttle(t -> t.rateLimit(10.0).burstLimit(20))
          .quota(q -> q.limit(5000).period("MONTH").offset(0))
          .build();

  private final List<String> asked = new ArrayList<>();
  private final PlanLimits limits = new PlanLimits(new FakePlans(), new FakeTags(), () -> ALICE);
  private final KeyUsages usages =
      new KeyUsages(
          new FakeUsage(), () -> ALICE, InstantSource.fixed(Instant.parse("2026-06-03T23:59:59Z")));

  @Test
  void onlyWhatDiffersIsWritten() {
    limits.change(LIMITED, new Limits(10.0, 50, 5000, "WEEK", 3, WhenUnreachable.REFUSE));
    limits.change(LIMITED, Limits.of(LIMITED));

    assertEquals(
        List.of(
            "replace /throttle/burstLimit 50",
            "replace /quota/period WEEK",
            "replace /quota/offset 3"),
        asked);
  }

  @Test
  void aPlanWithoutLimitsGetsWholeOnes() {
    limits.change(BARE, new Limits(2.5, 5, 100, "MONTH", 0, WhenUnreachable.REFUSE));

    assertEquals(
        List.of(
            "replace /throttle/rateLimit 2.5",
            "replace /throttle/burstLimit 5",
            "replace /quota/limit 100",
            "replace /quota/period MONTH"),
        asked);
  }

  @Test
  void anEmptyFormTakesLimitsAway() {
    limits.change(LIMITED, new Limits(null, null, null, "MONTH", 0, WhenUnreachable.REFUSE));

    assertEquals(List.of("remove /throttle null", "remove /quota null"), asked);
  }

  @Test
  void thePolicyIsATagOfThePlan() {
    Limits same = Limits.of(BARE);
    limits.change(
        BARE,
        new Limits(same.rate(), same.burst(), same.quota(), "MONTH", 0, WhenUnreachable.SERVE));
    UsagePlan serving =
        BARE.toBuilder().tags(Map.of("gatehouse:when-unreachable", "serve")).build();
    limits.change(serving, Limits.of(BARE));

    assertEquals(
        List.of(
            "tag arn:aws:apigateway:eu-west-1::/usageplans/plan1 {gatehouse:when-unreachable=serve}",
            "untag arn:aws:apigateway:eu-west-1::/usageplans/plan1 [gatehouse:when-unreachable]"),
        asked);
  }

  @Test
  void usageIsThatOfThePresentPeriod() {
    UsagePlanKey key = UsagePlanKey.builder().id("k1").name("Acme").build();
    UsagePlanKey other = UsagePlanKey.builder().id("k9").name("Later").build();

    assertEquals(
        List.of(new KeyUsage(key, 3, 10, OptionalLong.of(90))),
        usages.of(LIMITED, List.of(key, other)));
    assertEquals(
        List.of(new KeyUsage(key, 3, 10, OptionalLong.empty())), usages.of(BARE, List.of(key)));
    assertEquals(
        List.of("usage 2026-06-01 2026-06-03 90", "usage 2026-06-01 2026-06-03 -1"), asked);
  }

  @Test
  void toExtendIsToSetWhatIsLeft() {
    usages.extend(LIMITED, UsagePlanKey.builder().id("k1").build(), 500);

    assertEquals(List.of("extend k1 [/remaining 500]"), asked);
  }

  @Test
  void limitsAreSaidInWords() {
    assertEquals("10 requests a second, bursts of 20", PlanWords.throttle(LIMITED));
    assertEquals("no rate limit", PlanWords.throttle(BARE));
    assertEquals(
        "nothing is let through",
        PlanWords.throttle(BARE.toBuilder().throttle(t -> t.rateLimit(5.0).burstLimit(0)).build()));
    assertEquals("5,000 requests a month", PlanWords.quota(LIMITED));
    assertEquals(
        "5,000 requests a week, 6 fewer in a key's first week",
        PlanWords.quota(
            BARE.toBuilder().quota(q -> q.limit(5000).period("WEEK").offset(6)).build()));
    LocalDate wednesday = LocalDate.parse("2026-06-03");
    assertEquals("2026-06-03", PlanWords.period(Quota.Period.DAY, wednesday));
    assertEquals("2026-05-31 to 2026-06-06", PlanWords.period(Quota.Period.WEEK, wednesday));
  }

  private final class FakePlans extends UsagePlans {
    @Override
    public UsagePlan updateUsagePlan(Caller caller, UpdateUsagePlanRequest in) {
      in.patchOperations()
          .forEach(patch -> asked.add(patch.op() + " " + patch.path() + " " + patch.value()));
      return BARE;
    }
  }

  private final class FakeTags extends Tags {
    @Override
    public void tagResource(Caller caller, TagResourceRequest in) {
      asked.add("tag " + in.resourceArn() + " " + in.tags());
    }

    @Override
    public void untagResource(Caller caller, UntagResourceRequest in) {
      asked.add("untag " + in.resourceArn() + " " + in.tagKeys());
    }
  }

  private final class FakeUsage extends UsageRecords {
    @Override
    public GetUsageResponse getUsage(Caller caller, GetUsageRequest in) {
      long left = asked.isEmpty() ? 90 : -1;
      asked.add("usage " + in.startDate() + " " + in.endDate() + " " + left);
      return GetUsageResponse.builder()
          .items(Map.of("k1", List.of(List.of(0L, left), List.of(7L, left), List.of(3L, left))))
          .build();
    }

    @Override
    public UpdateUsageResponse updateUsage(Caller caller, UpdateUsageRequest in) {
      asked.add(
          "extend "
              + in.keyId()
              + " "
              + in.patchOperations().stream().map(p -> p.path() + " " + p.value()).toList());
      return UpdateUsageResponse.builder().build();
    }
  }
}
