package io.gatehouse.admin.operations;

import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.CacheClusterStatus;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.DeploymentCanarySettings;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What a stage may be, and what CreateStage and CreateDeployment make of one. */
final class StageRules {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final Pattern VARIABLE_VALUE = Pattern.compile("[A-Za-z0-9\\-._~:/?#&=,]{1,512}");

  private static final int MOST_VARIABLES = 100;
  private static final int LONGEST_DESCRIPTION = 1024;

  private StageRules() {}

  /** Tools send an empty text for what is not given, the SDK's builders take null for it. */
  static String given(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  static Stage created(CreateStageRequest in, Instant now) {
    return checked(
        blank(in.deploymentId(), now)
            .stageName(in.stageName())
            .description(given(in.description()))
            .documentationVersion(given(in.documentationVersion()))
            .cacheClusterEnabled(Boolean.TRUE.equals(in.cacheClusterEnabled()))
            .cacheClusterSize(given(in.cacheClusterSize()))
            .tracingEnabled(Boolean.TRUE.equals(in.tracingEnabled()))
            .canarySettings(in.canarySettings() == null ? null : canary(in))
            .variables(in.variables().isEmpty() ? null : in.variables())
            .tags(in.tags().isEmpty() ? null : in.tags())
            .build());
  }

  private static CanarySettings canary(CreateStageRequest in) {
    CanarySettings wanted = in.canarySettings();
    return canary(
        given(wanted.deploymentId()) == null ? in.deploymentId() : wanted.deploymentId(),
        wanted.percentTraffic(),
        wanted.stageVariableOverrides(),
        wanted.useStageCache());
  }

  /** What CreateDeployment makes of a stage, which it moves, gives a canary, or begins. */
  static Stage deployed(
      CreateDeploymentRequest in, Optional<Stage> before, String deploymentId, Instant now) {
    Stage.Builder stage =
        before
            .map(Stage::toBuilder)
            .orElseGet(() -> blank(deploymentId, now).stageName(in.stageName()))
            .lastUpdatedDate(now);
    if (in.canarySettings() == null) {
      refuseBesideCanary(before);
      stage.deploymentId(deploymentId);
    } else {
      stage.canarySettings(canary(in, before, deploymentId));
    }
    if (given(in.stageDescription()) != null) {
      stage.description(in.stageDescription());
    }
    if (!in.variables().isEmpty()) {
      stage.variables(in.variables());
    }
    if (in.cacheClusterEnabled() != null) {
      stage.cacheClusterEnabled(in.cacheClusterEnabled());
    }
    if (given(in.cacheClusterSize()) != null) {
      stage.cacheClusterSize(in.cacheClusterSize());
    }
    if (in.tracingEnabled() != null) {
      stage.tracingEnabled(in.tracingEnabled());
    }
    return checked(stage.build());
  }

  private static void refuseBesideCanary(Optional<Stage> before) {
    if (before.isPresent() && before.get().canarySettings() != null) {
      throw ApiError.badRequest(
          ("Invalid deployment content specified.Non canary deployment not supported on stage %s"
                  + " because Canary is enabled. Provide CanarySettings in deploymentInput.")
              .formatted(before.get().stageName()));
    }
  }

  private static CanarySettings canary(
      CreateDeploymentRequest in, Optional<Stage> before, String deploymentId) {
    if (before.isEmpty()) {
      throw ApiError.badRequest(
          ("Invalid deployment content specified.Stage %s must already be created before making a"
                  + " canary release deployment")
              .formatted(shortened(in.stageName())));
    }
    DeploymentCanarySettings wanted = in.canarySettings();
    return canary(
        deploymentId,
        wanted.percentTraffic(),
        wanted.stageVariableOverrides(),
        wanted.useStageCache());
  }

  private static CanarySettings canary(
      String deploymentId, Double percent, Map<String, String> overrides, Boolean useStageCache) {
    return CanarySettings.builder()
        .deploymentId(deploymentId)
        .percentTraffic(percent == null ? 0.0 : percent)
        .stageVariableOverrides(overrides.isEmpty() ? null : overrides)
        .useStageCache(Boolean.TRUE.equals(useStageCache))
        .build();
  }

  /** With the members that the vendor always sends. */
  private static Stage.Builder blank(String deploymentId, Instant now) {
    return Stage.builder()
        .deploymentId(deploymentId)
        .createdDate(now)
        .lastUpdatedDate(now)
        .cacheClusterEnabled(false)
        .methodSettings(Map.of())
        .tracingEnabled(false);
  }

  /**
   * The stage with what follows from its settings: a cache cluster is there at once.
   *
   * @throws ApiError bad request, naming what a stage may not have
   */
  static Stage checked(Stage stage) {
    if (!NAME.matcher(stage.stageName()).matches()) {
      throw ApiError.badRequest("Stage name only allows a-zA-Z0-9_- and at most 128 characters");
    }
    requireDescription(stage.description());
    checkVariables(stage.variables());
    if (stage.canarySettings() != null) {
      checkVariables(stage.canarySettings().stageVariableOverrides());
      double percent = stage.canarySettings().percentTraffic();
      if (!(percent >= 0 && percent <= 100)) {
        throw ApiError.badRequest("Canary percentTraffic must be between 0.0 and 100.0");
      }
    }
    TagRules.check(stage.tags());
    if (stage.cacheClusterSize() != null) {
      cacheClusterSize(stage.cacheClusterSize());
    }
    boolean caches = Boolean.TRUE.equals(stage.cacheClusterEnabled());
    return stage.toBuilder()
        .cacheClusterStatus(
            caches ? CacheClusterStatus.AVAILABLE : CacheClusterStatus.NOT_AVAILABLE)
        .cacheClusterSize(
            caches && given(stage.cacheClusterSize()) == null
                ? Stages.CACHE_SIZES.getFirst()
                : stage.cacheClusterSize())
        .build();
  }

  /**
   * @param size empty for none
   * @throws ApiError bad request, for a size that there is not
   */
  static String cacheClusterSize(String size) {
    if (!size.isEmpty() && !Stages.CACHE_SIZES.contains(size)) {
      throw ApiError.badRequest(
          "Invalid cache cluster size specified. Valid options are "
              + String.join(",", Stages.CACHE_SIZES));
    }
    return size;
  }

  static void requireDescription(String description) {
    if (description != null && description.length() > LONGEST_DESCRIPTION) {
      throw ApiError.badRequest(
          "A description can have at most " + LONGEST_DESCRIPTION + " characters");
    }
  }

  private static void checkVariables(Map<String, String> variables) {
    if (variables.size() > MOST_VARIABLES) {
      throw ApiError.badRequest("A stage can have at most " + MOST_VARIABLES + " variables");
    }
    variables.forEach(StageRules::checkVariable);
  }

  private static void checkVariable(String name, String value) {
    if (!VARIABLE_NAME.matcher(name).matches()) {
      throw ApiError.badRequest(
          "Stage variable name '%s' may hold letters, digits and underscores only, at most 64"
              .formatted(shortened(name)));
    }
    if (value == null || !VARIABLE_VALUE.matcher(value).matches()) {
      throw ApiError.badRequest(
          "The value of stage variable '%s' must be 1 to 512 of A-Za-z0-9-._~:/?#&=,"
              .formatted(name));
    }
  }

  private static String shortened(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "..." : text;
  }
}
