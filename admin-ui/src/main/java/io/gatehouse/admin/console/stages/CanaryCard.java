package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.html.H3;
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
    add(facts);
    if (!canary.stageVariableOverrides().isEmpty()) {
      add(new H3("Stage variables of the canary"), overrides(canary));
    }
    add(new Paragraph("Promote it or end it with your own tools, by UpdateStage."));
  }

  private static Facts overrides(CanarySettings canary) {
    Facts facts = new Facts();
    new TreeMap<>(canary.stageVariableOverrides())
        .forEach(
            (name, value) ->
                facts.add(name, new Copyable(value, "value of " + name + " in the canary")));
    return facts;
  }

  private static String percent(CanarySettings canary) {
    double percent = canary.percentTraffic() == null ? 0 : canary.percentTraffic();
    return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString();
  }
}
