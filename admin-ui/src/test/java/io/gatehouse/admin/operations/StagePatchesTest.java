package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Texts as recorded on the real service: stage.json, canary.json. */
class StagePatchesTest {

  private final Stage stage =
      Stage.builder()
          .stageName("dev")
          .deploymentId("d1")
          .methodSettings(Map.of())
          .variables(Map.of("a", "1"))
          .build();

  @Test
  void anUnknownPathIsRefusedWithTheVendorsOddList() {
    assertRefused(
        Op.REPLACE,
        "/canarySettings",
        "x",
        "Invalid method setting path: /canarySettings. Must be one of: [/deploymentId,"
            + " /description, /cacheClusterEnabled, /cacheClusterSize, /clientCertificateId,"
            + " /accessLogSettings, /accessLogSettings/destinationArn, /accessLogSettings/format,"
            + " /{resourcePath}/{httpMethod}/metrics/enabled,"
            + " /{resourcePath}/{httpMethod}/logging/dataTrace,"
            + " /{resourcePath}/{httpMethod}/logging/loglevel,"
            + " /{resourcePath}/{httpMethod}/throttling/burstLimit/{resourcePath}/{httpMethod}"
            + "/throttling/rateLimit/{resourcePath}/{httpMethod}/caching/ttlInSeconds,"
            + " /{resourcePath}/{httpMethod}/caching/enabled,"
            + " /{resourcePath}/{httpMethod}/caching/dataEncrypted,"
            + " /{resourcePath}/{httpMethod}/caching/requireAuthorizationForCacheControl,"
            + " /{resourcePath}/{httpMethod}/caching/unauthorizedCacheControlHeaderStrategy,"
            + " /*/*/metrics/enabled, /*/*/logging/dataTrace, /*/*/logging/loglevel,"
            + " /*/*/throttling/burstLimit /*/*/throttling/rateLimit /*/*/caching/ttlInSeconds,"
            + " /*/*/caching/enabled, /*/*/caching/dataEncrypted,"
            + " /*/*/caching/requireAuthorizationForCacheControl,"
            + " /*/*/caching/unauthorizedCacheControlHeaderStrategy, /variables/{variable_name},"
            + " /tracingEnabled]");
  }

  @Test
  void removingWhatIsNotThereIsRefused() {
    for (String path :
        new String[] {
          "*/*",
          "accessLogSettings/randomValue",
          "accessLogSettings/*",
          "accessLogSettings/destinationArn",
          "canarySettings/badPath",
          "canarySettings/stageVariableOverrides"
        }) {
      assertRefused(
          Op.REMOVE,
          "/" + path,
          null,
          "Cannot remove method setting "
              + path
              + " because there is no method setting for this method ");
    }
  }

  @Test
  void accessLogPathsAreChecked() {
    String text =
        "Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn,"
            + " /accessLogSettings/format]";
    assertRefused(Op.ADD, "/accessLogSettings/randomValue", "v", text);
    assertRefused(Op.REPLACE, "/accessLogSettings/*", "v", text);
    assertRefused(Op.REPLACE, "/accessLogSettings", "v", text);
    assertRefused(
        Op.REPLACE, "/accessLogSettings/format", "", "Access Log value must not be empty");
  }

  @Test
  void promotionNeedsACanary() {
    assertEquals(
        "Promotion not available. Canary does not exist.",
        refusal(
            PatchOperation.builder()
                .op(Op.COPY)
                .from("/canarySettings/stageVariableOverrides")
                .path("/variables")
                .build()));
    assertTrue(
        refusal(
                PatchOperation.builder()
                    .op(Op.COPY)
                    .from("/variables")
                    .path("/canarySettings/stageVariableOverrides")
                    .build())
            .startsWith(
                "Invalid copy operation with path: /canarySettings/stageVariableOverrides and"
                    + " from /variables. Valid copy:path are [/deploymentId, /variables]"));
  }

  @Test
  void aFirstMethodSettingFillsInTheDefaultsAndCanBeRemovedAgain() {
    Stage set = patched(Op.REPLACE, "/*/*/throttling/rateLimit", "-1.000000");

    MethodSetting setting = set.methodSettings().get("*/*");
    assertEquals(-1.0, setting.throttlingRateLimit());
    assertEquals(5000, setting.throttlingBurstLimit());
    assertEquals(300, setting.cacheTtlInSeconds());
    Stage removed = StagePatches.RULES.apply(set, List.of(operation(Op.REMOVE, "/*/*", null)));
    assertEquals(Map.of(), removed.methodSettings());
  }

  @Test
  void theKeyOfAMethodSettingHasNoLeadingSlash() {
    assertTrue(
        patched(Op.REPLACE, "/~1pets~1{id}/GET/logging/loglevel", "OFF")
            .methodSettings()
            .containsKey("pets/{id}/GET"));
    assertTrue(
        patched(Op.REPLACE, "/thing/GET/metrics/enabled", "false")
            .methodSettings()
            .containsKey("thing/GET"));
  }

  @Test
  void whatNodesDoNotEnforceIsRefusedByName() {
    for (String[] one :
        new String[][] {
          {"/*/*/throttling/rateLimit", "5"},
          {"/*/*/caching/enabled", "true"},
          {"/*/*/logging/loglevel", "INFO"},
          {"/canarySettings/percentTraffic", "10"},
          {"/accessLogSettings/format", "$context.requestId"}
        }) {
      ApiError error =
          assertThrows(ApiError.class, () -> patched(Op.REPLACE, one[0], one[1]), one[0]);
      assertEquals(ApiError.Kind.NOT_IMPLEMENTED, error.kind(), one[0]);
    }
    for (String path :
        new String[] {"/cacheClusterEnabled", "/tracingEnabled", "/clientCertificateId"}) {
      Stage asked = patched(Op.REPLACE, path, "true");
      ApiError error = assertThrows(ApiError.class, () -> StageRules.refuseUnbuilt(asked), path);
      assertEquals(ApiError.Kind.NOT_IMPLEMENTED, error.kind(), path);
    }
  }

  @Test
  void variablesAreReplacedAddedAndRemoved() {
    assertEquals(Map.of("a", "2"), patched(Op.REPLACE, "/variables/a", "2").variables());
    assertEquals(Map.of("a", "1", "b", "x"), patched(Op.REPLACE, "/variables/b", "x").variables());
    assertTrue(patched(Op.REMOVE, "/variables/a", null).variables().isEmpty());
  }

  private Stage patched(Op op, String path, String value) {
    return StagePatches.RULES.apply(stage, List.of(operation(op, path, value)));
  }

  private void assertRefused(Op op, String path, String value, String text) {
    assertEquals(text, refusal(operation(op, path, value)));
  }

  private String refusal(PatchOperation operation) {
    return assertThrows(
            ApiError.class,
            () -> StagePatches.RULES.apply(stage, List.of(operation)),
            operation.toString())
        .getMessage();
  }

  private static PatchOperation operation(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }
}
