package io.gatehouse.admin.publish;

import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredPlanKey;
import io.gatehouse.admin.store.StoredQuotaGrant;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.admin.store.UsageStore;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.RateLimit;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.WhenUnreachable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;

/** Usage plans, and the keys in them, as nodes are told of them. */
record PlanRows(PlanStore plans, UsageStore usage) {

  PlanSnapshot plan(StoredUsagePlan plan) {
    Set<String> stages = new HashSet<>();
    Map<String, Map<String, RateLimit>> methods = new HashMap<>();
    for (ApiStage stage : plan.body().apiStages()) {
      String name = stage.apiId() + ":" + stage.stage();
      stages.add(name);
      if (!stage.throttle().isEmpty()) {
        methods.put(
            name,
            stage.throttle().entrySet().stream()
                .collect(
                    Collectors.toMap(Map.Entry::getKey, limit -> rateLimit(limit.getValue()))));
      }
    }
    return new PlanSnapshot(
        plan.revision(),
        plan.account(),
        plan.planId(),
        stages,
        Optional.ofNullable(plan.body().throttle()).map(PlanRows::rateLimit),
        Optional.ofNullable(plan.body().quota()).map(PlanRows::quota),
        methods,
        WhenUnreachable.of(plan.body().tags()));
  }

  /** What a throttle leaves out is as much as an account's. */
  private static RateLimit rateLimit(ThrottleSettings limit) {
    return new RateLimit(
        limit.rateLimit() == null ? RateLimit.OF_ACCOUNT.rate() : limit.rateLimit(),
        limit.burstLimit() == null ? RateLimit.OF_ACCOUNT.burst() : limit.burstLimit());
  }

  private static Quota quota(QuotaSettings quota) {
    return new Quota(
        quota.limit(),
        quota.offset() == null ? 0 : quota.offset(),
        Quota.Period.valueOf(quota.period().name()));
  }

  /** All of one account. */
  List<KeySnapshot> keys(List<StoredApiKey> keys) {
    if (keys.isEmpty()) {
      return List.of();
    }
    String account = keys.getFirst().account();
    List<String> ids = keys.stream().map(StoredApiKey::keyId).toList();
    Map<String, List<StoredPlanKey>> memberships =
        plans.memberships(account, ids).stream()
            .collect(Collectors.groupingBy(StoredPlanKey::keyId));
    Map<String, List<StoredQuotaGrant>> grants =
        usage.lastGrants(account, ids).stream()
            .collect(Collectors.groupingBy(StoredQuotaGrant::keyId));
    return keys.stream()
        .map(
            key ->
                key(
                    key,
                    memberships.getOrDefault(key.keyId(), List.of()),
                    grants.getOrDefault(key.keyId(), List.of())))
        .toList();
  }

  private static KeySnapshot key(
      StoredApiKey key, List<StoredPlanKey> memberships, List<StoredQuotaGrant> grants) {
    Set<String> planIds = new HashSet<>();
    Map<String, Long> joined = new HashMap<>();
    for (StoredPlanKey membership : memberships) {
      planIds.add(membership.planId());
      membership.joinedOn().ifPresent(day -> joined.put(membership.planId(), day));
    }
    Map<String, Quota.Total> totals = new HashMap<>();
    grants.stream()
        .filter(grant -> planIds.contains(grant.planId()))
        .forEach(grant -> totals.put(grant.planId(), grant.total()));
    return new KeySnapshot(
        key.revision(),
        key.account(),
        key.keyId(),
        key.sha256(),
        Boolean.TRUE.equals(key.body().enabled()),
        planIds,
        joined,
        totals);
  }
}
