package io.gatehouse.admin.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Texts as recorded on the real service: usage-plans-and-keys.json. */
class PlanPatchesTest {

  private final UsagePlan plan =
      UsagePlan.builder()
          .id("plan1")
          .name("p")
          .apiStages(ApiStage.builder().apiId("api1").stage("dev").build())
          .build();

  @Test
  void throttleAndQuotaAreWrittenWhereTheyWereNot() {
    UsagePlan after =
        PlanRules.checked(
            patched(
                operation(Op.REPLACE, "/throttle/burstLimit", "100"),
                operation(Op.ADD, "/throttle/rateLimit", "200.000000"),
                operation(Op.REPLACE, "/quota/period", "MONTH"),
                operation(Op.REPLACE, "/quota/limit", "5000")));

    assertEquals(
        ThrottleSettings.builder().burstLimit(100).rateLimit(200.0).build(), after.throttle());
    assertEquals(
        QuotaSettings.builder().limit(5000).offset(0).period("MONTH").build(), after.quota());
    UsagePlan bare =
        PlanPatches.RULES.apply(
            after,
            List.of(operation(Op.REMOVE, "/throttle", null), operation(Op.REMOVE, "/quota", null)));
    assertNull(bare.throttle());
    assertNull(bare.quota());
  }

  @Test
  void methodsAreNamedByEscapedPathsAndByPlainOnesAsTerraformDoes() {
    for (String path : List.of("~1path~1sub/GET", "/path/sub/GET", "~1path~1sub~1GET")) {
      UsagePlan after =
          patched(
              operation(Op.REPLACE, "/apiStages/api1:dev/throttle/" + path + "/rateLimit", "1.5"),
              operation(Op.REPLACE, "/apiStages/api1:dev/throttle/" + path + "/burstLimit", "3"));

      assertEquals(
          Map.of("/path/sub/GET", ThrottleSettings.builder().rateLimit(1.5).burstLimit(3).build()),
          PlanRules.checked(after).apiStages().getFirst().throttle(),
          path);
      UsagePlan removed =
          PlanPatches.RULES.apply(
              after, List.of(operation(Op.REMOVE, "/apiStages/api1:dev/throttle/" + path, null)));
      assertFalse(removed.apiStages().getFirst().hasThrottle());
    }
  }

  @Test
  void allLimitsOfAStageAreWrittenAsJson() {
    UsagePlan after =
        patched(
            operation(
                Op.REPLACE,
                "/apiStages/api1:dev/throttle",
                "{\"/a/GET\": {\"rateLimit\": 1, \"burstLimit\": 2}}"));

    assertEquals(
        Map.of("/a/GET", ThrottleSettings.builder().rateLimit(1.0).burstLimit(2).build()),
        after.apiStages().getFirst().throttle());
    assertThrows(
        ApiError.class,
        () -> patched(operation(Op.REPLACE, "/apiStages/api1:dev/throttle", "nonsense")));
  }

  @Test
  void stagesThatAreNotAttachedAreRefused() {
    for (PatchOperation change :
        List.of(
            operation(Op.REMOVE, "/apiStages", "api1:fake"),
            operation(Op.REPLACE, "/apiStages/api1:fake/throttle/~1a/GET/rateLimit", "1"))) {
      ApiError error = assertThrows(ApiError.class, () -> patched(change));
      assertEquals(
          "Invalid API Stage {api: api1, stage: fake} specified for usageplan plan1",
          error.getMessage());
    }
    for (String value : new String[] {null, "fakevalue", ":", "a:b:c"}) {
      assertEquals(
          "Invalid API Stage specified",
          assertThrows(ApiError.class, () -> patched(operation(Op.REMOVE, "/apiStages", value)))
              .getMessage());
    }
  }

  @Test
  void attachingAStageAgainKeepsItsLimits() {
    UsagePlan after =
        patched(
            operation(Op.REPLACE, "/apiStages/api1:dev/throttle/~1a/GET/rateLimit", "1"),
            operation(Op.ADD, "/apiStages", "api1:dev"));

    assertEquals(1, after.apiStages().size());
    assertEquals(1, after.apiStages().getFirst().throttle().size());
  }

  private UsagePlan patched(PatchOperation... changes) {
    return PlanPatches.RULES.apply(plan, List.of(changes));
  }

  private static PatchOperation operation(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }
}
