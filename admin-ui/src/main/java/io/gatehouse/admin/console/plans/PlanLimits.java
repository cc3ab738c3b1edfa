package io.gatehouse.admin.console.plans;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.model.aws.Arn;
import io.gatehouse.model.snapshot.WhenUnreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Changes the limits of a plan by patches, and its policy by a tag, as any program would. */
final class PlanLimits {

  /**
   * What a form shows.
   *
   * @param rate null with the burst for no limit
   * @param quota null for none
   * @param period as the vendor names it; counts with a quota only, as the offset does
   */
  record Limits(
      Double rate,
      Integer burst,
      Integer quota,
      String period,
      Integer offset,
      WhenUnreachable whenUnreachable) {

    static Limits of(UsagePlan plan) {
      Optional<ThrottleSettings> throttle = Optional.ofNullable(plan.throttle());
      Optional<QuotaSettings> quota = Optional.ofNullable(plan.quota());
      return new Limits(
          throttle.map(ThrottleSettings::rateLimit).orElse(null),
          throttle.map(ThrottleSettings::burstLimit).orElse(null),
          quota.map(QuotaSettings::limit).orElse(null),
          quota.map(QuotaSettings::periodAsString).orElse("MONTH"),
          quota.map(QuotaSettings::offset).orElse(0),
          WhenUnreachable.of(plan.tags()));
    }

    private boolean isThrottled() {
      return rate != null || burst != null;
    }
  }

  private final UsagePlans usagePlans;
  private final Tags tags;
  private final Supplier<Caller> caller;

  PlanLimits(UsagePlans usagePlans, Tags tags, Supplier<Caller> caller) {
    this.usagePlans = usagePlans;
    this.tags = tags;
    this.caller = caller;
  }

  /** Writes only what differs. */
  void change(UsagePlan plan, Limits next) {
    Limits before = Limits.of(plan);
    List<PatchOperation> patches = new ArrayList<>();
    if (before.isThrottled() && !next.isThrottled()) {
      patches.add(PatchOperation.builder().op(Op.REMOVE).path("/throttle").build());
    } else {
      replace(patches, "/throttle/rateLimit", before.rate(), next.rate());
      replace(patches, "/throttle/burstLimit", before.burst(), next.burst());
    }
    if (next.quota() != null) {
      boolean isNew = before.quota() == null;
      replace(patches, "/quota/limit", before.quota(), next.quota());
      replace(patches, "/quota/period", isNew ? null : before.period(), next.period());
      replace(patches, "/quota/offset", before.offset(), next.offset());
    } else if (before.quota() != null) {
      patches.add(PatchOperation.builder().op(Op.REMOVE).path("/quota").build());
    }
    if (!patches.isEmpty()) {
      usagePlans.updateUsagePlan(
          caller.get(),
          UpdateUsagePlanRequest.builder().usagePlanId(plan.id()).patchOperations(patches).build());
    }
    if (next.whenUnreachable() != before.whenUnreachable()) {
      policy(plan.id(), next.whenUnreachable());
    }
  }

  private static void replace(List<PatchOperation> to, String path, Object before, Object next) {
    if (next != null && !Objects.equals(before, next)) {
      to.add(PatchOperation.builder().op(Op.REPLACE).path(path).value(next.toString()).build());
    }
  }

  private void policy(String planId, WhenUnreachable policy) {
    Caller person = caller.get();
    String arn = Arn.apigateway(person.region(), "/usageplans/" + planId).toString();
    if (policy == WhenUnreachable.REFUSE) {
      tags.untagResource(
          person,
          UntagResourceRequest.builder().resourceArn(arn).tagKeys(WhenUnreachable.TAG).build());
    } else {
      tags.tagResource(
          person,
          TagResourceRequest.builder()
              .resourceArn(arn)
              .tags(Map.of(WhenUnreachable.TAG, policy.word()))
              .build());
    }
  }
}
