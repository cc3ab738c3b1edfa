package io.gatehouse.admin.operations;

import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.CacheClusterStatus;
import software.amazon.awssdk.services.apigateway.model.CreateDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.CreateStageRequest;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What a stage may be: names, variables, and what is not built yet. */
final class StageRules {

  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,128}");
  private static final Pattern VARIABLE_NAME = Pattern.compile("[A-Za-z0-9_]{1,64}");
  private static final Pattern VARIABLE_VALUE = Pattern.compile("[A-Za-z0-9\\-._~:/?#&=,]{1,512}");

  private StageRules() {}

  /** Tools send an empty text for what is not given, the SDK's builders take null for it. */
  static String given(String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  static Stage created(CreateStageRequest in, Instant now) {
    return blank(in.deploymentId(), now)
        .stageName(in.stageName())
        .description(given(in.description()))
        .variables(in.variables().isEmpty() ? null : in.variables())
        .tags(in.tags().isEmpty() ? null : in.tags())
        .build();
  }

  /** The stage that CreateDeployment makes or moves. */
  static Stage deployed(
      CreateDeploymentRequest in, Optional<Stage> before, String deploymentId, Instant now) {
    Stage.Builder stage =
        before
            .map(Stage::toBuilder)
            .orElseGet(() -> blank(deploymentId, now).stageName(in.stageName()))
            .deploymentId(deploymentId)
            .lastUpdatedDate(now);
    if (given(in.stageDescription()) != null) {
      stage.description(in.stageDescription());
    }
    if (!in.variables().isEmpty()) {
      stage.variables(in.variables());
    }
    return checked(stage.build());
  }

  /** What a deployment without a stage is tried with. */
  static Stage unnamed(String deploymentId, Instant now) {
    return blank(deploymentId, now).build();
  }

  /** With the members that the vendor always sends. */
  private static Stage.Builder blank(String deploymentId, Instant now) {
    return Stage.builder()
        .deploymentId(deploymentId)
        .createdDate(now)
        .lastUpdatedDate(now)
        .cacheClusterEnabled(false)
        .cacheClusterStatus(CacheClusterStatus.NOT_AVAILABLE)
        .methodSettings(Map.of())
        .tracingEnabled(false);
  }

  static Stage checked(Stage stage) {
    if (!NAME.matcher(stage.stageName()).matches()) {
      throw ApiError.badRequest("Stage name only allows a-zA-Z0-9_- and at most 128 characters");
    }
    stage.variables().forEach(StageRules::checkVariable);
    return stage;
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

  static void refuseUnbuilt(CreateStageRequest in) {
    refuseIf(Boolean.TRUE.equals(in.cacheClusterEnabled()), "cacheClusterEnabled of a stage");
    refuseIf(Boolean.TRUE.equals(in.tracingEnabled()), "tracingEnabled of a stage");
    refuseIf(in.canarySettings() != null, "canarySettings of a stage");
    refuseIf(given(in.documentationVersion()) != null, "documentationVersion of a stage");
  }

  static void refuseUnbuilt(CreateDeploymentRequest in) {
    refuseIf(Boolean.TRUE.equals(in.cacheClusterEnabled()), "cacheClusterEnabled of a stage");
    refuseIf(Boolean.TRUE.equals(in.tracingEnabled()), "tracingEnabled of a stage");
    refuseIf(in.canarySettings() != null, "canarySettings of a deployment");
  }

  /** What patches have made of a stage. */
  static Stage refuseUnbuilt(Stage stage) {
    refuseIf(Boolean.TRUE.equals(stage.cacheClusterEnabled()), "cacheClusterEnabled of a stage");
    refuseIf(Boolean.TRUE.equals(stage.tracingEnabled()), "tracingEnabled of a stage");
    refuseIf(stage.clientCertificateId() != null, "clientCertificateId of a stage");
    refuseIf(stage.documentationVersion() != null, "documentationVersion of a stage");
    refuseIf(stage.webAclArn() != null, "webAclArn of a stage");
    return stage;
  }

  static void refuseIf(boolean asked, String what) {
    if (asked) {
      throw ApiError.notImplemented(what);
    }
  }
}
