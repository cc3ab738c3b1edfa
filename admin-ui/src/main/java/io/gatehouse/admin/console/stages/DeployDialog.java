package io.gatehouse.admin.console.stages;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.admin.operations.Nodes.NodeView;
import io.gatehouse.admin.operations.Nodes.StageReceipt;
import io.gatehouse.admin.operations.Stages;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** Deploys an API to a stage and shows the nodes taking it. */
@CdiComponent
public class DeployDialog extends Dialog implements DeployPresenter.Screen {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

  private final Deployments deployments;
  private final Stages stages;
  private final Nodes nodes;
  private final DeploymentHistory history;
  private final ConsoleCaller console;
  private final LiveUpdates live;
  private final InstantSource clock;

  private final ComboBox<String> stage = new ComboBox<>("Stage");
  private final TextField description = new TextField("Description");
  private final Note refusal = new Note();
  private final ReceiptList receipt = new ReceiptList();
  private final ChangeList changes = new ChangeList();
  private final Div form = new Div(stage, description, changes);
  private final Button deploy = new Button("Deploy");
  private final Button close = new Button("Cancel", click -> close());
  private String apiId = "";
  private List<String> names = List.of();
  private boolean begun;

  @Inject
  public DeployDialog(
      Deployments deployments,
      Stages stages,
      Nodes nodes,
      DeploymentHistory history,
      ConsoleCaller console,
      LiveUpdates live,
      InstantSource clock) {
    this.deployments = deployments;
    this.stages = stages;
    this.nodes = nodes;
    this.history = history;
    this.console = console;
    this.live = live;
    this.clock = clock;
    // a stray click must not lose what was typed, nor hide the nodes' answers
    setCloseOnOutsideClick(false);
    form.addClassName("gh-form");
    receipt.setVisible(false);
    Div content = new Div(form, refusal, receipt);
    content.addClassNames("gh-dialog", "gh-form");
    add(content);
    stage.setAllowCustomValue(true);
    stage.setRequiredIndicatorVisible(true);
    stage.setHelperText("Choose one that is there, or type the name of a new one");
    stage.addCustomValueSetListener(typed -> stage.setValue(typed.getDetail().strip()));
    stage.addValueChangeListener(change -> sayWhatHappens());
    description.setPlaceholder("What changed, for whoever looks back");
    description.setMaxLength(1024);
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    deploy.addClickListener(click -> start());
    getFooter().add(close, deploy);
  }

  /**
   * @param afterwards called when the dialog is closed after a deployment
   */
  public void open(String api, String apiName, Runnable afterwards) {
    open(api, apiName, Optional.empty(), afterwards);
  }

  /**
   * @param to the stage to begin with
   * @param afterwards called when the dialog is closed after a deployment
   */
  public void open(String api, String apiName, Optional<String> to, Runnable afterwards) {
    apiId = api;
    setHeaderTitle("Deploy " + apiName);
    names =
        stages
            .getStages(console.caller(), GetStagesRequest.builder().restApiId(api).build())
            .item()
            .stream()
            .map(Stage::stageName)
            .toList();
    stage.setItems(names);
    to.or(() -> names.stream().filter(only -> names.size() == 1).findFirst())
        .ifPresent(stage::setValue);
    sayWhatHappens();
    addOpenedChangeListener(
        change -> {
          // whoever has only looked finds the screen as it was, and the focus where it was
          if (!change.isOpened() && begun) {
            afterwards.run();
          }
        });
    open();
    stage.focus();
  }

  private void sayWhatHappens() {
    String name = Optional.ofNullable(stage.getValue()).orElse("").strip();
    deploy.setText(name.isEmpty() ? "Deploy" : "Deploy to " + name);
    // Never disabled for want of a name: what is typed arrives only when the field is left, which
    // the click does.
    stage.setInvalid(false);
    changes.setVisible(names.contains(name));
    if (changes.isVisible()) {
      changes.show(history.undeployedChanges(console.caller(), apiId, name));
    }
  }

  private void start() {
    UI ui = UI.getCurrent();
    String name = Optional.ofNullable(stage.getValue()).orElse("").strip();
    if (name.isEmpty()) {
      stage.setErrorMessage("Choose a stage, or type the name of a new one");
      stage.setInvalid(true);
      stage.focus();
      return;
    }
    DeployPresenter presenter =
        new DeployPresenter(deployments, nodes, console.caller(), clock, this);
    presenter.begin(apiId, name);
    String words = description.getValue();
    live.behind(
        ui,
        () -> {
          Optional<String> refused = presenter.deploy(words);
          return () -> {
            if (refused.isPresent()) {
              refuse(refused.get());
            } else if (!presenter.look()) {
              live.repeat(ui, BETWEEN_LOOKS, () -> !isOpened() || presenter.look());
            }
          };
        });
  }

  @Override
  public void waiting(List<NodeView> told) {
    begun = true;
    refusal.hush();
    form.setVisible(false);
    deploy.setEnabled(false);
    deploy.setText("Deploying…");
    receipt.setVisible(true);
    receipt.waiting(told);
  }

  @Override
  public void progress(StageReceipt heard, Instant since) {
    receipt.show(heard, Optional.of(since.toEpochMilli()));
  }

  @Override
  public void done(boolean everywhere) {
    String name = stage.getValue().strip();
    if (everywhere) {
      refusal.say(Tone.OK, "Deployed to " + name + ".");
    } else {
      refusal.say(
          Tone.WARNING,
          "Deployed to "
              + name
              + ". Not every node has answered yet; those that have not will take it when they can.");
    }
    close.setText("Close");
    deploy.setVisible(false);
    Button open =
        new Button(
            "Open stage " + name,
            click -> {
              close();
              UI.getCurrent().navigate(Links.path("apis", apiId, "stages", name));
            });
    open.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    getFooter().add(open);
    open.focus();
  }

  @Override
  public void refuse(String message) {
    refusal.say(Tone.ERROR, message);
    receipt.setVisible(false);
    form.setVisible(true);
    sayWhatHappens();
  }
}
