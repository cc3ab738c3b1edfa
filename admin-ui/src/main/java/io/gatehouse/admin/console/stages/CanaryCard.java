package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.NumberField;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What a stage's canary serves, to how many requests, and how it goes on. */
final class CanaryCard extends Card {

  private final StageEditor editor;
  private final StageSnippets snippets;
  private final StageHistory history;
  private final Stage stage;
  private final CanarySettings canary;
  private final String lastDay;
  private final Runnable changed;

  /**
   * @param stage one with a canary
   * @param lastDay what was asked of it, in a sentence
   */
  CanaryCard(
      StageEditor editor,
      StageSnippets snippets,
      StageHistory history,
      Stage stage,
      String lastDay,
      Runnable changed) {
    super("Canary");
    this.editor = editor;
    this.snippets = snippets;
    this.history = history;
    this.stage = stage;
    this.canary = stage.canarySettings();
    this.lastDay = lastDay;
    this.changed = changed;
    beside(
        small("Change traffic…", this::askForTraffic),
        small("Roll back…", this::askToEnd),
        small("Promote…", this::askToPromote));
    add(
        new Facts()
            .add("Traffic", Canary.number(Canary.percent(canary)) + " % of the requests")
            .add("Deployment", new Copyable(canary.deploymentId(), "deployment id of the canary"))
            .add(
                "Stage cache",
                Boolean.TRUE.equals(canary.useStageCache()) ? "shared with the stage" : "its own"));
    if (!canary.stageVariableOverrides().isEmpty()) {
      add(new H3("Stage variables of the canary"), overrides(canary));
    }
    add(differences("different for the requests of the canary"));
  }

  private static Button small(String label, Runnable action) {
    Button button = new Button(label, click -> Asking.orShow(action));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private static Facts overrides(CanarySettings canary) {
    Facts facts = new Facts();
    new TreeMap<>(canary.stageVariableOverrides())
        .forEach(
            (name, value) ->
                facts.add(name, new Copyable(value, "value of " + name + " in the canary")));
    return facts;
  }

  private ChangeList differences(String words) {
    List<Difference> different = history.changes(stage.deploymentId(), canary.deploymentId());
    ChangeList changes = new ChangeList();
    changes.show(
        different,
        (different.isEmpty()
                ? "Nothing of the API is "
                : different.size() + (different.size() == 1 ? " part is " : " parts are "))
            + words);
    return changes;
  }

  private void askForTraffic() {
    NumberField percent = new NumberField("Percent of the requests");
    percent.setMin(0);
    percent.setMax(100);
    percent.setValue(Canary.percent(canary));
    new StageForm(
            editor,
            snippets,
            stage,
            "Traffic of the canary of stage " + stage.stageName(),
            "Change traffic",
            () -> List.of(Canary.traffic(percent.isEmpty() ? 0 : percent.getValue())),
            () ->
                snippets.terraformCanary(
                    canary.deploymentId(), percent.isEmpty() ? 0 : percent.getValue()),
            changed,
            percent)
        .following(percent)
        .open();
    percent.focus();
  }

  private void askToPromote() {
    String verb = "Promote the canary of " + stage.stageName();
    new StageForm(
            editor,
            snippets,
            stage,
            verb + "?",
            verb,
            () -> Canary.promote(stage),
            () -> snippets.terraformDeployment(canary.deploymentId()),
            changed,
            new Paragraph(
                "All requests get what the canary serves, its variables included, in place of"
                    + " deployment "
                    + stage.deploymentId()
                    + "."),
            new Paragraph(lastDay),
            differences("different then"))
        .open();
  }

  private void askToEnd() {
    String verb = "Roll the canary of " + stage.stageName() + " back";
    new StageForm(
            editor,
            snippets,
            stage,
            verb + "?",
            verb,
            () -> List.of(Canary.end()),
            () -> snippets.terraformDeployment(stage.deploymentId()),
            changed,
            new Paragraph(
                "All requests get deployment "
                    + stage.deploymentId()
                    + " again. The canary's own, "
                    + canary.deploymentId()
                    + ", stays in the history."),
            new Paragraph(lastDay))
        .open();
  }
}
