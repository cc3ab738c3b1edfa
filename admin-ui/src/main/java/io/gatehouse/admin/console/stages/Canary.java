package io.gatehouse.admin.console.stages;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What it takes to begin a canary of a stage, to send it more traffic, and to end it either way.
 */
final class Canary {

  private Canary() {}

  /**
   * @param percent of the requests
   */
  static List<StageWrite> begin(String deploymentId, double percent) {
    return List.of(
        StageWrite.set(StageWrite.CANARY_DEPLOYMENT, "Deployment of the canary", deploymentId),
        traffic(percent));
  }

  static StageWrite traffic(double percent) {
    return StageWrite.set(
        StageWrite.CANARY_TRAFFIC, "Traffic of the canary in percent", number(percent));
  }

  /** The stage serves to all what the canary serves to some, variables included. */
  static List<StageWrite> promote(Stage stage) {
    CanarySettings canary = stage.canarySettings();
    List<StageWrite> writes = new ArrayList<>();
    writes.add(StageHistory.serve(canary.deploymentId()));
    new TreeMap<>(canary.stageVariableOverrides())
        .forEach(
            (name, value) ->
                writes.add(StageWrite.set(StageWrite.variable(name), "Variable " + name, value)));
    writes.add(end());
    return writes;
  }

  /** The stage serves to all what it served before. */
  static StageWrite end() {
    return StageWrite.remove(StageWrite.CANARY, "Canary");
  }

  static double percent(CanarySettings canary) {
    return canary.percentTraffic() == null ? 0 : canary.percentTraffic();
  }

  static String number(double percent) {
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }
}
