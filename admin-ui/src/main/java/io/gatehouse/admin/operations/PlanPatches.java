package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE;
import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;
import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/**
 * What UpdateUsagePlan may change. A stage is named as {@code APIID:STAGE}; a method of it as
 * {@code ~1path/VERB}, or with plain slashes as Terraform sends it.
 */
final class PlanPatches {

  private static final String A_METHOD = "/apiStages/{stage}/throttle/{method+}";

  static final PatchRules<UsagePlan> RULES =
      PatchRules.of(UsagePlan::builder)
          .allow(REPLACE, "/name")
          .allow(REPLACE, "/description")
          .allow(ADD_REPLACE, "/productCode")
          .allow(REMOVE, "/productCode")
          .allow(ADD_REMOVE, "/apiStages")
          .by(PlanPatches::apiStages)
          .allow(ADD_REPLACE, "/throttle/rateLimit")
          .allow(ADD_REPLACE, "/throttle/burstLimit")
          .allow(REMOVE, "/throttle")
          .allow(ADD_REPLACE, "/quota/limit")
          .allow(ADD_REPLACE, "/quota/offset")
          .allow(ADD_REPLACE, "/quota/period")
          .allow(REMOVE, "/quota")
          .allow(ADD_REPLACE, A_METHOD + "/rateLimit")
          .by((plan, change) -> limit(plan, change, l -> l.rateLimit(change.number())))
          .allow(ADD_REPLACE, A_METHOD + "/burstLimit")
          .by((plan, change) -> limit(plan, change, l -> l.burstLimit(change.wholeNumber())))
          .allow(REMOVE, A_METHOD)
          .by(PlanPatches::unlimited)
          .allow(ADD_REPLACE, "/apiStages/{stage}/throttle")
          .by((plan, change) -> throttles(plan, change, before -> parsed(change.value())))
          .allow(REMOVE, "/apiStages/{stage}/throttle")
          .by((plan, change) -> throttles(plan, change, before -> Map.of()))
          .refusing(Refusal.LISTING_PATHS);

  private PlanPatches() {}

  private static UsagePlan apiStages(UsagePlan plan, Change change) {
    ApiStage named = stage(change.value());
    List<ApiStage> next = new ArrayList<>(plan.apiStages());
    if (change.op() == Op.REMOVE) {
      if (!next.removeIf(there -> PlanRules.isSame(there, named))) {
        throw PlanRules.notAttached(plan, named);
      }
    } else if (next.stream().noneMatch(there -> PlanRules.isSame(there, named))) {
      next.add(named);
    }
    return plan.toBuilder().apiStages(next).build();
  }

  private static ApiStage stage(String name) {
    String[] parts = name.split(":", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw ApiError.badRequest("Invalid API Stage specified");
    }
    return ApiStage.builder().apiId(parts[0]).stage(parts[1]).build();
  }

  private static UsagePlan limit(
      UsagePlan plan, Change change, UnaryOperator<ThrottleSettings.Builder> set) {
    return throttles(
        plan,
        change,
        before -> {
          Map<String, ThrottleSettings> after = new LinkedHashMap<>(before);
          ThrottleSettings mine =
              before.getOrDefault(method(change), ThrottleSettings.builder().build());
          after.put(method(change), set.apply(mine.toBuilder()).build());
          return after;
        });
  }

  private static UsagePlan unlimited(UsagePlan plan, Change change) {
    return throttles(
        plan,
        change,
        before -> {
          Map<String, ThrottleSettings> after = new LinkedHashMap<>(before);
          if (after.remove(method(change)) == null) {
            throw ApiError.notFound(
                "Invalid method %s specified for API Stage %s"
                    .formatted(method(change), change.variable("stage")));
          }
          return after;
        });
  }

  /** As {@code /path/VERB}, whichever way the path was spelt. */
  private static String method(Change change) {
    String method = change.variable("method");
    return method.startsWith("/") ? method : "/" + method;
  }

  private static UsagePlan throttles(
      UsagePlan plan, Change change, UnaryOperator<Map<String, ThrottleSettings>> edit) {
    ApiStage named = stage(change.variable("stage"));
    if (plan.apiStages().stream().noneMatch(there -> PlanRules.isSame(there, named))) {
      throw PlanRules.notAttached(plan, named);
    }
    List<ApiStage> next = new ArrayList<>();
    for (ApiStage there : plan.apiStages()) {
      if (PlanRules.isSame(there, named)) {
        Map<String, ThrottleSettings> after = edit.apply(there.throttle());
        next.add(there.toBuilder().throttle(after.isEmpty() ? null : after).build());
      } else {
        next.add(there);
      }
    }
    return plan.toBuilder().apiStages(next).build();
  }

  /** The value as JSON: {@code {"/path/VERB": {"rateLimit": 1.0, "burstLimit": 2}}}. */
  private static Map<String, ThrottleSettings> parsed(String value) {
    JsonObject json = JsonText.object(value.getBytes(StandardCharsets.UTF_8));
    return Wire.read(JSON.createObjectBuilder().add("throttle", json).build(), ApiStage.builder())
        .throttle();
  }
}
