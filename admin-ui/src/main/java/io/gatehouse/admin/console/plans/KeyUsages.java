package io.gatehouse.admin.console.plans;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.UsageRecords;
import io.gatehouse.model.snapshot.Quota;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/** What the keys of a plan have used in the present period, and how to give one more. */
public final class KeyUsages {

  /**
   * @param used in the period
   * @param remaining empty in a plan without a quota
   */
  public record KeyUsage(UsagePlanKey key, long today, long used, OptionalLong remaining) {}

  private final UsageRecords usage;
  private final Supplier<Caller> caller;
  private final InstantSource clock;

  public KeyUsages(UsageRecords usage, Supplier<Caller> caller, InstantSource clock) {
    this.usage = usage;
    this.caller = caller;
    this.clock = clock;
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** That of the quota; without one, use is shown by months. */
  Quota.Period period(UsagePlan plan) {
    return Optional.ofNullable(plan.quota())
        .map(quota -> Quota.Period.valueOf(quota.periodAsString()))
        .orElse(Quota.Period.MONTH);
  }

  /** In the order of the keys, which are the plan's first ones. */
  public List<KeyUsage> of(UsagePlan plan, List<UsagePlanKey> keys) {
    LocalDate today = today();
    LocalDate first = LocalDate.ofEpochDay(period(plan).startOf(today.toEpochDay()));
    Map<String, List<List<Long>>> days =
        usage
            .getUsage(
                caller.get(),
                GetUsageRequest.builder()
                    .usagePlanId(plan.id())
                    .startDate(first.toString())
                    .endDate(today.toString())
                    .limit(PlanPresenter.MOST)
                    .build())
            .items();
    return keys.stream()
        .filter(key -> days.containsKey(key.id()))
        .map(key -> keyUsage(key, days.get(key.id())))
        .toList();
  }

  private static KeyUsage keyUsage(UsagePlanKey key, List<List<Long>> days) {
    long left = days.getLast().getLast();
    return new KeyUsage(
        key,
        days.getLast().getFirst(),
        days.stream().mapToLong(List::getFirst).sum(),
        left < 0 ? OptionalLong.empty() : OptionalLong.of(left));
  }

  /** Sets what a key has left until the period ends. */
  void extend(UsagePlan plan, UsagePlanKey key, long remaining) {
    usage.updateUsage(
        caller.get(),
        UpdateUsageRequest.builder()
            .usagePlanId(plan.id())
            .keyId(key.id())
            .patchOperations(
                PatchOperation.builder()
                    .op(Op.REPLACE)
                    .path("/remaining")
                    .value(Long.toString(remaining))
                    .build())
            .build());
  }
}
