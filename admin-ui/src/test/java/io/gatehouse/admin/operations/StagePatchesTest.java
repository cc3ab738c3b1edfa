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
  void allTenMethodSettingsAreKeptInTheirTypes() {
    Stage set = stage;
    for (String[] one :
        new String[][] {
          {"metrics/enabled", "true"},
          {"logging/dataTrace", "true"},
          {"logging/loglevel", "INFO"},
          {"throttling/burstLimit", "7"},
          {"throttling/rateLimit", "200.500000"},
          {"caching/ttlInSeconds", "60"},
          {"caching/enabled", "true"},
          {"caching/dataEncrypted", "true"},
          {"caching/requireAuthorizationForCacheControl", "false"},
          {"caching/unauthorizedCacheControlHeaderStrategy", "FAIL_WITH_403"}
        }) {
      set =
          StagePatches.RULES.apply(
              set, List.of(operation(Op.REPLACE, "/~1pets~1{id}/GET/" + one[0], one[1])));
    }

    assertEquals(
        Map.of(
            "pets/{id}/GET",
            MethodSetting.builder()
                .metricsEnabled(true)
                .dataTraceEnabled(true)
                .loggingLevel("INFO")
                .throttlingBurstLimit(7)
                .throttlingRateLimit(200.5)
                .cacheTtlInSeconds(60)
                .cachingEnabled(true)
                .cacheDataEncrypted(true)
                .requireAuthorizationForCacheControl(false)
                .unauthorizedCacheControlHeaderStrategy("FAIL_WITH_403")
                .build()),
        set.methodSettings());
  }

  @Test
  void valuesThatASettingCannotHaveAreRefused() {
    for (String[] bad :
        new String[][] {
          {"/*/*/logging/loglevel", "DEBUG"},
          {"/*/*/throttling/burstLimit", "-2"},
          {"/*/*/throttling/rateLimit", "fast"},
          {"/*/*/caching/ttlInSeconds", "3601"},
          {"/*/*/caching/unauthorizedCacheControlHeaderStrategy", "SHRUG"},
          {"/cacheClusterSize", "1.0"},
          {"/webAclArn", "nonsense"},
          {"/accessLogSettings/destinationArn", "nonsense"},
          {"/accessLogSettings/format", "$context.requestIds"},
          {"/accessLogSettings/format", "$context.requestId\n$context.status"}
        }) {
      assertEquals(
          ApiError.Kind.BAD_REQUEST,
          assertThrows(ApiError.class, () -> patched(Op.REPLACE, bad[0], bad[1]), bad[0]).kind());
    }
  }

  @Test
  void anUnknownSettingOfAMethodIsRefusedWithTheShortList() {
    assertRefused(
        Op.REPLACE,
        "/*/*/accessLogSettings/format",
        "x",
        "Invalid method setting path: accessLogSettings/format. Must be one of:"
            + " [.../metrics/enabled, .../logging/dataTrace, .../logging/loglevel,"
            + ".../throttling/burstLimit, .../throttling/rateLimit, .../caching/ttlInSeconds,"
            + " .../caching/enabled, .../caching/dataEncrypted,"
            + " .../caching/requireAuthorizationForCacheControl,"
            + " .../caching/unauthorizedCacheControlHeaderStrategy]");
  }

  @Test
  void pathsWithPlainSlashesAndTheRootHaveKeysToo() {
    assertTrue(
        patched(Op.REPLACE, "/pets/{id}/GET/metrics/enabled", "true")
            .methodSettings()
            .containsKey("pets/{id}/GET"));
    assertTrue(
        patched(Op.REPLACE, "/~1/GET/metrics/enabled", "true")
            .methodSettings()
            .containsKey("/GET"));
  }

  @Test
  void aCanaryIsBegunByItsFirstFieldAndPromotedByCopies() {
    Stage canary = patched(Op.REPLACE, "/canarySettings/percentTraffic", "50.000000");
    assertEquals("d1", canary.canarySettings().deploymentId());
    assertEquals(50.0, canary.canarySettings().percentTraffic());
    assertEquals(false, canary.canarySettings().useStageCache());

    Stage promoted =
        StagePatches.RULES.apply(
            canary,
            List.of(
                operation(Op.REPLACE, "/canarySettings/deploymentId", "d2"),
                operation(Op.REPLACE, "/canarySettings/stageVariableOverrides/b", "2"),
                PatchOperation.builder()
                    .op(Op.COPY)
                    .from("/canarySettings/deploymentId")
                    .path("/deploymentId")
                    .build(),
                PatchOperation.builder()
                    .op(Op.COPY)
                    .from("/canarySettings/stageVariableOverrides")
                    .path("/variables")
                    .build()));
    assertEquals("d2", promoted.deploymentId());
    assertEquals(Map.of("a", "1", "b", "2"), promoted.variables());

    Stage without =
        StagePatches.RULES.apply(promoted, List.of(operation(Op.REMOVE, "/canarySettings", null)));
    assertEquals(null, without.canarySettings());
  }

  @Test
  void accessLogSettingsAreWrittenFieldByFieldAndRemovedWhole() {
    Stage set =
        StagePatches.RULES.apply(
            stage,
            List.of(
                operation(Op.ADD, "/accessLogSettings/destinationArn", "arn:aws:logs:x"),
                operation(Op.REPLACE, "/accessLogSettings/format", "$context.requestId x")));
    assertEquals("arn:aws:logs:x", set.accessLogSettings().destinationArn());
    assertEquals("$context.requestId x", set.accessLogSettings().format());

    Stage removed =
        StagePatches.RULES.apply(set, List.of(operation(Op.REMOVE, "/accessLogSettings", null)));
    assertEquals(null, removed.accessLogSettings());
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
