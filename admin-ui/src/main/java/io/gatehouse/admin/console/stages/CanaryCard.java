package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.Paragraph;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Facts;
import java.math.BigDecimal;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;

/** What a stage's canary serves, and to how many requests. */
final class CanaryCard extends Card {

  CanaryCard(CanarySettings canary) {
    super("Canary");
    Facts facts =
        new Facts()
            .add("Traffic", percent(canary) + " % of the requests")
            .add("Deployment", new Copyable(canary.deploymentId(), "deployment id of the canary"))
            .add(
                "Stage cache",
                Boolean.TRUE.equals(canary.useStageCache()) ? "shared with the stage" : "its own");
    new TreeMap<>(canary.stageVariableOverrides())
        .forEach(
            (name, value) ->
                facts.add(name, new Copyable(value, "value of " + name + " in the canary")));
    add(facts, new Paragraph("Promote it or end it with your own tools, by UpdateStage."));
  }

  private static String percent(CanarySettings canary) {
    double percent = canary.percentTraffic() == null ? 0 : canary.percentTraffic();
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }
}
