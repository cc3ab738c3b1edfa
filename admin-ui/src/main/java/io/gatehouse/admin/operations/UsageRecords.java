package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiKeyStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredUsageGrant;
import io.gatehouse.admin.store.UsageStore;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
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
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsageResponse;

/**
 * What keys have used of their plans' quotas and have left, as pairs {@code [used, remaining]} for
 * each day. Nodes do not count yet, so used is 0; of a plan without a quota {@link #NO_QUOTA} is
 * left.
 */
@ApplicationScoped
public class UsageRecords implements Operations {

  static final long NO_QUOTA = -1;

  private static final PatchRules<UpdateUsageResponse> RULES =
      PatchRules.of(UpdateUsageResponse::builder)
          .allow(REPLACE, "/remaining")
          .by(UsageRecords::remaining)
          .refusing(Refusal.LISTING_PATHS);

  private PlanStore plans;
  private ApiKeyStore keys;
  private UsageStore usage;
  private InstantSource clock;

  protected UsageRecords() {}

  @Inject
  public UsageRecords(PlanStore plans, ApiKeyStore keys, UsageStore usage, InstantSource clock) {
    this.plans = plans;
    this.keys = keys;
    this.usage = usage;
    this.clock = clock;
  }

  @Operation("GET /usageplans/{usageplanId}/usage")
  public GetUsageResponse getUsage(Caller caller, GetUsageRequest in) {
    UsageDays days = UsageDays.of(in.startDate(), in.endDate());
    Optional<QuotaSettings> quota =
        Optional.ofNullable(plans.get(caller, in.usagePlanId()).body().quota());
    Page<String> wanted = keyIds(caller, in);
    return GetUsageResponse.builder()
        .usagePlanId(in.usagePlanId())
        .startDate(in.startDate())
        .endDate(in.endDate())
        .items(items(caller, in.usagePlanId(), quota, wanted.items(), days))
        .position(wanted.position().orElse(null))
        .build();
  }

  /** Sets what is left until the quota's period ends; other days stay as they are. */
  @Operation("PATCH /usageplans/{usageplanId}/keys/{keyId}/usage")
  public UpdateUsageResponse updateUsage(Caller caller, UpdateUsageRequest in) {
    Optional<QuotaSettings> quota =
        Optional.ofNullable(plans.lock(caller, in.usagePlanId()).body().quota());
    plans.requireKey(caller, in.usagePlanId(), in.keyId());
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    UsageDays days = new UsageDays(today, today);
    UpdateUsageResponse before =
        UpdateUsageResponse.builder()
            .usagePlanId(in.usagePlanId())
            .startDate(today.toString())
            .endDate(today.toString())
            .items(items(caller, in.usagePlanId(), quota, List.of(in.keyId()), days))
            .build();
    UpdateUsageResponse after = RULES.apply(before, in.patchOperations());
    if (!after.equals(before)) {
      if (quota.isEmpty()) {
        throw ApiError.badRequest("Usage Plan " + in.usagePlanId() + " has no quota");
      }
      long remaining = after.items().get(in.keyId()).getFirst().getLast();
      usage.grant(caller, in.usagePlanId(), in.keyId(), today, remaining);
    }
    return after;
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

  private Map<String, List<List<Long>>> items(
      Caller caller,
      String planId,
      Optional<QuotaSettings> quota,
      List<String> keyIds,
      UsageDays days) {
    List<StoredUsageGrant> grants =
        quota
            .map(q -> UsageDays.periodStart(q.period(), days.first()))
            .map(first -> usage.grants(caller, planId, keyIds, first, days.last()))
            .orElse(List.of());
    Map<String, List<List<Long>>> items = new LinkedHashMap<>();
    for (String keyId : keyIds) {
      List<StoredUsageGrant> mine = grants.stream().filter(g -> g.keyId().equals(keyId)).toList();
      items.put(
          keyId, days.each().stream().map(day -> List.of(0L, left(quota, mine, day))).toList());
    }
    return items;
  }

  private static long left(
      Optional<QuotaSettings> quota, List<StoredUsageGrant> grants, LocalDate day) {
    if (quota.isEmpty()) {
      return NO_QUOTA;
    }
    LocalDate start = UsageDays.periodStart(quota.get().period(), day);
    return grants.reversed().stream()
        .filter(grant -> !grant.day().isAfter(day) && !grant.day().isBefore(start))
        .findFirst()
        .map(StoredUsageGrant::remaining)
        .orElse((long) quota.get().limit());
  }
}
