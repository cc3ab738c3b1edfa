package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE;
import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** What a usage plan may be: whose stages, shared with which other plans, and what is not built. */
@ApplicationScoped
public class PlanRules {

  static final PatchRules<UsagePlan> PATCHES =
      PatchRules.of(UsagePlan::builder)
          .allow(REPLACE, "/name")
          .reading(PlanRules::name)
          .allow(REPLACE, "/description")
          .allow(ADD_REPLACE, "/productCode")
          .allow(ADD_REMOVE, "/apiStages")
          .by(PlanRules::apiStages)
          .allow(REPLACE, "/throttle/{limit}")
          .by((plan, change) -> refuse("throttle of a usage plan"))
          .allow(REPLACE, "/quota/{limit}")
          .by((plan, change) -> refuse("quota of a usage plan"))
          .allow(REMOVE, "/throttle")
          .allow(REMOVE, "/quota")
          .allow(REPLACE, "/apiStages/{stage}/throttle")
          .by((plan, change) -> refuse("throttle of a usage plan's stage"))
          .allow(REPLACE, "/apiStages/{stage}/throttle/{limit+}")
          .by((plan, change) -> refuse("throttle of a usage plan's stage"))
          .refusing(Refusal.LISTING_PATHS);

  private static final int MOST_STAGES = 300;

  private StageStore stages;
  private PlanStore plans;

  protected PlanRules() {}

  @Inject
  public PlanRules(StageStore stages, PlanStore plans) {
    this.stages = stages;
    this.plans = plans;
  }

  /**
   * @param added the plan's stages that were not in it before
   * @throws ApiError when one of them is not the caller's own, or another plan has the same stage
   *     for one of the plan's keys
   */
  public void require(Caller caller, UsagePlan plan, List<ApiStage> added) {
    if (plan.apiStages().size() > MOST_STAGES) {
      throw ApiError.badRequest("A usage plan can have at most " + MOST_STAGES + " API stages");
    }
    for (ApiStage stage : added) {
      if (stage.apiId() == null || stage.stage() == null) {
        throw ApiError.badRequest("Invalid API Stage specified");
      }
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

  /** Nodes know no limits yet. */
  static void refuseUnbuilt(CreateUsagePlanRequest in) {
    StageRules.refuseIf(in.throttle() != null, "throttle of a usage plan");
    StageRules.refuseIf(in.quota() != null, "quota of a usage plan");
    StageRules.refuseIf(
        in.apiStages().stream().anyMatch(stage -> !stage.throttle().isEmpty()),
        "throttle of a usage plan's stage");
    name(in.name());
  }

  /** Without the empty members that tools send. */
  static List<ApiStage> plain(List<ApiStage> stages) {
    List<ApiStage> plain = new ArrayList<>();
    for (ApiStage stage : stages) {
      ApiStage bare = ApiStage.builder().apiId(stage.apiId()).stage(stage.stage()).build();
      if (plain.stream().noneMatch(there -> isSame(there, bare))) {
        plain.add(bare);
      }
    }
    return plain;
  }

  private static String name(String name) {
    if (name == null || name.isBlank()) {
      throw ApiError.badRequest("Usage Plan name cannot be blank");
    }
    return name;
  }

  /** The value names the stage as {@code APIID:STAGE}. */
  private static UsagePlan apiStages(UsagePlan plan, Change change) {
    String[] parts = change.value().split(":", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw ApiError.badRequest("Invalid API Stage specified");
    }
    ApiStage named = ApiStage.builder().apiId(parts[0]).stage(parts[1]).build();
    List<ApiStage> next = new ArrayList<>(plan.apiStages());
    boolean wasThere = next.removeIf(there -> isSame(there, named));
    if (change.op() == Op.ADD) {
      next.add(named);
    } else if (!wasThere) {
      throw notAttached(plan, named);
    }
    return plan.toBuilder().apiStages(next).build();
  }

  private static boolean isSame(ApiStage one, ApiStage other) {
    return one.apiId().equals(other.apiId()) && one.stage().equals(other.stage());
  }

  private static UsagePlan refuse(String what) {
    throw ApiError.notImplemented(what);
  }

  private static ApiError notAttached(UsagePlan plan, ApiStage stage) {
    return ApiError.notFound(
        "Invalid API Stage {api: %s, stage: %s} specified for usageplan %s"
            .formatted(stage.apiId(), stage.stage(), plan.id()));
  }
}
