package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.COPY;
import static io.gatehouse.model.patch.PatchRules.REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.wire.ApiError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What UpdateStage may change in a stage's canary, and its promotion by copying. The texts are the
 * vendor's as recorded (canary.json).
 */
final class CanaryPatches {

  private static final Set<String> COPY_FROM =
      Set.of("/canarySettings/deploymentId", "/canarySettings/stageVariableOverrides");

  private CanaryPatches() {}

  static PatchRules<Stage> allow(PatchRules<Stage> rules) {
    return rules
        .allow(REPLACE, "/canarySettings/percentTraffic")
        .by((stage, change) -> with(stage, canary(stage).percentTraffic(change.number())))
        .allow(REPLACE, "/canarySettings/deploymentId")
        .by((stage, change) -> with(stage, canary(stage).deploymentId(change.value())))
        .allow(REPLACE, "/canarySettings/useStageCache")
        .by((stage, change) -> with(stage, canary(stage).useStageCache(change.isTrue())))
        .allow(REPLACE, "/canarySettings/stageVariableOverrides/{name}")
        .by(CanaryPatches::override)
        .allow(REMOVE, "/canarySettings/stageVariableOverrides/{name}")
        .by(CanaryPatches::dropOverride)
        .allow(REMOVE, "/canarySettings")
        .by(CanaryPatches::remove)
        .allow(COPY, "/{to+}")
        .by(CanaryPatches::promote);
  }

  /** A change of a stage that has no canary begins one, with its own deployment and no traffic. */
  private static CanarySettings.Builder canary(Stage stage) {
    return stage.canarySettings() == null
        ? CanarySettings.builder()
            .deploymentId(stage.deploymentId())
            .percentTraffic(0.0)
            .useStageCache(false)
        : stage.canarySettings().toBuilder();
  }

  private static Stage with(Stage stage, CanarySettings.Builder canary) {
    return stage.toBuilder().canarySettings(canary.build()).build();
  }

  private static Stage override(Stage stage, Change change) {
    Map<String, String> overrides = overrides(stage);
    overrides.put(change.variable("name"), change.value());
    return with(stage, canary(stage).stageVariableOverrides(overrides));
  }

  private static Stage dropOverride(Stage stage, Change change) {
    Map<String, String> overrides = overrides(stage);
    if (overrides.remove(change.variable("name")) == null) {
      throw MethodSettings.nothingToRemove(change.path());
    }
    return with(
        stage, canary(stage).stageVariableOverrides(overrides.isEmpty() ? null : overrides));
  }

  private static Map<String, String> overrides(Stage stage) {
    return stage.canarySettings() == null
        ? new LinkedHashMap<>()
        : new LinkedHashMap<>(stage.canarySettings().stageVariableOverrides());
  }

  private static Stage remove(Stage stage, Change change) {
    if (stage.canarySettings() == null) {
      throw MethodSettings.nothingToRemove(change.path());
    }
    return stage.toBuilder().canarySettings((CanarySettings) null).build();
  }

  /** The overrides are merged into the stage's variables; they do not replace them [R]. */
  private static Stage promote(Stage stage, Change change) {
    boolean deployment = change.path().equals("/deploymentId");
    if ((!deployment && !change.path().equals("/variables"))
        || !COPY_FROM.contains(change.from())) {
      throw ApiError.badRequest(
          ("Invalid copy operation with path: %s and from %s. Valid copy:path are [/deploymentId,"
                  + " /variables] and valid copy:from are [/canarySettings/deploymentId,"
                  + " /canarySettings/stageVariableOverrides]")
              .formatted(change.path(), change.from()));
    }
    if (stage.canarySettings() == null) {
      throw ApiError.badRequest("Promotion not available. Canary does not exist.");
    }
    if (deployment) {
      return stage.toBuilder().deploymentId(stage.canarySettings().deploymentId()).build();
    }
    Map<String, String> merged = new LinkedHashMap<>(stage.variables());
    merged.putAll(stage.canarySettings().stageVariableOverrides());
    return merged.isEmpty() ? stage : stage.toBuilder().variables(merged).build();
  }
}
