package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.Publisher;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.admin.store.UsageStore;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageResponse;

/**
 * What keys have used of their plans' quotas and have left, as pairs {@code [used, remaining]} for
 * each day. Imitates the Usage pages of the API reference.
 */
@ApplicationScoped
public class UsageRecords implements Operations {

  private static final PatchRules<UpdateUsageResponse> RULES =
      PatchRules.of(UpdateUsageResponse::builder)
          .allow(REPLACE, "/remaining")
          .by(UsageRecords::remaining)
          .refusing(Refusal.LISTING_PATHS);

  private PlanStore plans;
  private ApiKeyStore keys;
  private UsageStore usage;
  private UsageFigures figures;
  private Publisher publisher;
  private InstantSource clock;

  protected UsageRecords() {}

  @Inject
  public UsageRecords(
      PlanStore plans,
      ApiKeyStore keys,
      UsageStore usage,
      UsageFigures figures,
      Publisher publisher,
      InstantSource clock) {
    this.plans = plans;
    this.keys = keys;
    this.usage = usage;
    this.figures = figures;
    this.publisher = publisher;
    this.clock = clock;
  }

  @Operation("GET /usageplans/{usageplanId}/usage")
  public GetUsageResponse getUsage(Caller caller, GetUsageRequest in) {
    UsageDays days = UsageDays.of(in.startDate(), in.endDate());
    StoredUsagePlan plan = plans.get(caller, in.usagePlanId());
    Page<String> wanted = keyIds(caller, in);
    return GetUsageResponse.builder()
        .usagePlanId(in.usagePlanId())
        .startDate(in.startDate())
        .endDate(in.endDate())
        .items(figures.of(plan, wanted.items(), days))
        .position(wanted.position().orElse(null))
        .build();
  }

  /**
   * Sets what is left until the quota's period ends, whatever the plan's limit becomes meanwhile;
   * other days stay as they are. Nodes go by it at once.
   */
  @Operation("PATCH /usageplans/{usageplanId}/keys/{keyId}/usage")
  public UpdateUsageResponse updateUsage(Caller caller, UpdateUsageRequest in) {
    StoredUsagePlan plan = plans.lock(caller, in.usagePlanId());
    plans.requireKey(caller, in.usagePlanId(), in.keyId());
    StoredApiKey key = keys.lock(caller, in.keyId());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    UpdateUsageResponse before =
        UpdateUsageResponse.builder()
            .usagePlanId(in.usagePlanId())
            .startDate(today.toString())
            .endDate(today.toString())
            .items(figures.of(plan, List.of(in.keyId()), new UsageDays(today, today)))
            .build();
    UpdateUsageResponse after = RULES.apply(before, in.patchOperations());
    if (!after.equals(before)) {
      grant(caller, plan, key, after.items().get(in.keyId()).getFirst().getLast());
    }
    return after;
  }

  /** Nodes are told a total, which means the same whenever it reaches them. */
  private void grant(Caller caller, StoredUsagePlan plan, StoredApiKey key, long remaining) {
    Quota quota =
        figures
            .quota(plan)
            .orElseThrow(
                () -> ApiError.badRequest("Usage Plan " + plan.planId() + " has no quota"));
    long today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    long allowed = figures.used(plan, key.keyId(), quota, today) + remaining;
    usage.grant(caller, plan.planId(), key.keyId(), today, quota.period(), allowed);
    keys.touch(key);
    publisher.changed(key);
  }

  private static UpdateUsageResponse remaining(UpdateUsageResponse usage, Change change) {
    long remaining = change.wholeNumber();
    if (remaining < 0) {
      throw ApiError.badRequest("The remaining quota cannot be negative");
    }
    Map<String, List<List<Long>>> items = new LinkedHashMap<>();
    usage
        .items()
        .forEach(
            (key, days) -> items.put(key, List.of(List.of(days.getFirst().getFirst(), remaining))));
    return usage.toBuilder().items(items).build();
  }

  private Page<String> keyIds(Caller caller, GetUsageRequest in) {
    if (StageRules.given(in.keyId()) == null) {
      return plans
          .keys(caller, in.usagePlanId(), "", new Page.Ask(in.position(), in.limit()))
          .map(StoredApiKey::keyId);
    }
    keys.get(caller, in.keyId());
    return new Page<>(
        plans.holds(caller, in.usagePlanId(), in.keyId()) ? List.of(in.keyId()) : List.of(),
        Optional.empty());
  }
}
