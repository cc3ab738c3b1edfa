package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Stage;

class CanaryTest {

  private static final Stage STAGE =
      Stage.builder()
          .stageName("prod")
          .deploymentId("d1")
          .variables(Map.of("host", "a"))
          .canarySettings(
              canary ->
                  canary
                      .deploymentId("d2")
                      .percentTraffic(12.50)
                      .stageVariableOverrides(Map.of("host", "b", "also", "c")))
          .build();

  private static List<String> words(List<StageWrite> writes) {
    return writes.stream()
        .map(
            write ->
                write.patch().opAsString() + " " + write.path() + " " + write.value().orElse(""))
        .toList();
  }

  @Test
  void aCanaryBeginsWithADeploymentAndAShareOfTheTraffic() {
    assertEquals(
        List.of(
            "replace /canarySettings/deploymentId d2", "replace /canarySettings/percentTraffic 10"),
        words(Canary.begin("d2", 10)));
  }

  @Test
  void toPromoteItServesItsDeploymentAndVariablesToAllAndEndsIt() {
    assertEquals(
        List.of(
            "replace /deploymentId d2",
            "replace /variables/also c",
            "replace /variables/host b",
            "remove /canarySettings "),
        words(Canary.promote(STAGE)));
  }

  @Test
  void toRollItBackOnlyEndsIt() {
    assertEquals(List.of("remove /canarySettings "), words(List.of(Canary.end())));
  }

  @Test
  void whatAStageHasOfItIsReadForConflicts() {
    assertEquals(Optional.of("12.5"), Canary.traffic(50).in(STAGE));
    assertEquals(Optional.of("d2"), Canary.begin("d3", 1).getFirst().in(STAGE));
    assertEquals(
        Optional.of("deployment d2 for 12.5 %, variables {also=c, host=b}"),
        Canary.end().in(STAGE));
    Stage without = Stage.builder().stageName("prod").build();
    assertEquals(Optional.empty(), Canary.end().in(without));
    assertEquals(Optional.empty(), Canary.traffic(50).in(without));
  }
}
