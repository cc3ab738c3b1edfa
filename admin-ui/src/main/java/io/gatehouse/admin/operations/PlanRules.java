package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.QuotaPeriodType;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** What a usage plan may be: its limits, whose stages, shared with which other plans. */
@ApplicationScoped
public class PlanRules {

  private static final int MOST_STAGES = 300;
  private static final int MOST_METHODS_OF_A_STAGE = 1000;
  private static final Pattern METHOD = Pattern.compile("/.{0,1000}/[A-Z*]{1,7}");

  private StageStore stages;
  private PlanStore plans;

  protected PlanRules() {}

  @Inject
  public PlanRules(StageStore stages, PlanStore plans) {
    this.stages = stages;
    this.plans = plans;
  }

  /**
   * The plan with what the vendor fills in.
   *
   * @throws ApiError bad request, naming what a plan may not have
   */
  static UsagePlan checked(UsagePlan plan) {
    if (plan.name() == null || plan.name().isBlank()) {
      throw ApiError.badRequest("Usage Plan name cannot be blank");
    }
    StageRules.requireDescription(plan.description());
    TagRules.check(plan.tags());
    WhenUnreachable.check(plan.tags());
    check(plan.throttle(), "the plan");
    for (ApiStage stage : plan.apiStages()) {
      if (stage.throttle().size() > MOST_METHODS_OF_A_STAGE) {
        throw ApiError.badRequest(
            "A stage of a usage plan can have limits for at most 1000 methods");
      }
      stage
          .throttle()
          .forEach(
              (method, limits) -> {
                if (!METHOD.matcher(method).matches()) {
                  throw ApiError.badRequest(
                      "Invalid method specified for an API Stage's throttle. Must be /path/VERB");
                }
                check(limits, method);
              });
    }
    return plan.quota() == null ? plan : plan.toBuilder().quota(checked(plan.quota())).build();
  }

  private static void check(ThrottleSettings limits, String whose) {
    boolean isNone =
        limits != null
            && ((limits.rateLimit() != null && !(limits.rateLimit() >= 0))
                || (limits.burstLimit() != null && limits.burstLimit() < 0));
    if (isNone) {
      throw ApiError.badRequest("The throttle of " + whose + " cannot be negative");
    }
  }

  private static QuotaSettings checked(QuotaSettings quota) {
    if (quota.limit() == null || quota.limit() < 0) {
      throw ApiError.badRequest("Usage Plan quota limit must be zero or more");
    }
    QuotaPeriodType period = quota.period();
    if (period == null || period == QuotaPeriodType.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest("Usage Plan quota period must be one of DAY, WEEK, MONTH");
    }
    int offset = quota.offset() == null ? 0 : quota.offset();
    int most =
        switch (period) {
          case WEEK -> 6;
          case MONTH -> 27;
          default -> 0;
        };
    if (offset < 0 || offset > most) {
      throw ApiError.badRequest(
          "Usage Plan quota offset must be "
              + switch (period) {
                case WEEK -> "between zero and six inclusive in the WEEK period";
                case MONTH -> "between zero and 27 inclusive in the MONTH period";
                default -> "zero in the DAY period";
              });
    }
    return quota.toBuilder().offset(offset).build();
  }

  /**
   * @param before the plan's stages so far
   * @throws ApiError when a new stage is not the caller's own, or another plan has the same stage
   *     for one of the plan's keys
   */
  public void require(Caller caller, UsagePlan plan, List<ApiStage> before) {
    if (plan.apiStages().size() > MOST_STAGES) {
      throw ApiError.badRequest("A usage plan can have at most " + MOST_STAGES + " API stages");
    }
    List<ApiStage> added =
        plan.apiStages().stream()
            .filter(stage -> before.stream().noneMatch(there -> isSame(there, stage)))
            .toList();
    for (ApiStage stage : added) {
      if (stages.find(caller, stage.apiId(), stage.stage()).isEmpty()) {
        throw notAttached(plan, stage);
      }
    }
    requireNoOverlap(caller, plan.id(), added);
  }

  /**
   * @throws ApiError conflict: which plan would count for a key must never be a matter of chance
   */
  public void requireNoOverlap(Caller caller, String planId, List<ApiStage> added) {
    if (added.isEmpty()) {
      return;
    }
    for (StoredUsagePlan other : plans.plansSharingKeys(caller, planId)) {
      for (ApiStage stage : other.body().apiStages()) {
        if (added.stream().anyMatch(mine -> isSame(mine, stage))) {
          throw ApiError.conflict(
              "Usage Plan %s holds the same API Key and the same API Stage {api: %s, stage: %s}"
                  .formatted(other.planId(), stage.apiId(), stage.stage()));
        }
      }
    }
  }

  /** Whether the plans have a stage in common. */
  static boolean overlap(UsagePlan one, UsagePlan other) {
    return one.apiStages().stream()
        .anyMatch(mine -> other.apiStages().stream().anyMatch(theirs -> isSame(mine, theirs)));
  }

  /** Each stage once, without the empty members that tools send. */
  static List<ApiStage> plain(List<ApiStage> stages) {
    List<ApiStage> plain = new ArrayList<>();
    for (ApiStage stage : stages) {
      if (StageRules.given(stage.apiId()) == null || StageRules.given(stage.stage()) == null) {
        throw ApiError.badRequest("Invalid API Stage specified");
      }
      ApiStage bare =
          stage.toBuilder().throttle(stage.throttle().isEmpty() ? null : stage.throttle()).build();
      if (plain.stream().noneMatch(there -> isSame(there, bare))) {
        plain.add(bare);
      }
    }
    return plain;
  }

  static boolean isSame(ApiStage one, ApiStage other) {
    return one.apiId().equals(other.apiId()) && one.stage().equals(other.stage());
  }

  static ApiError notAttached(UsagePlan plan, ApiStage stage) {
    return ApiError.notFound(
        "Invalid API Stage {api: %s, stage: %s} specified for usageplan %s"
            .formatted(stage.apiId(), stage.stage(), plan.id()));
  }
}
