package io.gatehouse.admin.console.stages;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.metrics.LastDay;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What a stage has to go back to: each deployment, how two differ, and the way there. */
@CdiComponent
@Route(value = "apis/:apiId/stages/:stage/history", layout = MainLayout.class)
public class StageHistoryView extends StageSection {

  private static final int MOST_AT_ONCE = 30;
  private static final double FIRST_PERCENT = 10;
  private static final String FROM = "from";
  private static final String TO = "to";

  private final Deployments deployments;
  private final DeploymentHistory history;
  private final LastDay lastDay;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;

  @Inject
  public StageHistoryView(
      RestApis restApis,
      Stages stages,
      Deployments deployments,
      DeploymentHistory history,
      LastDay lastDay,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    super(restApis, stages, console, StageTabs.Section.HISTORY, "History");
    this.deployments = deployments;
    this.history = history;
    this.lastDay = lastDay;
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
  }

  @Override
  void fill(StageEditor editor) {
    StageHistory past = new StageHistory(deployments, history, console::caller, apiId());
    Stage stage = editor.stage();
    List<Deployment> all = past.deployments();
    add(list(all, stage, past, editor), comparison(all, stage, past));
  }

  private Component list(List<Deployment> all, Stage stage, StageHistory past, StageEditor editor) {
    Card card = new Card("Deployments");
    if (console.may(AccessLevel.PERMISSIONS)) {
      card.beside(
          new Anchor(Links.ROOT + "audit?resource=" + Links.path(apiId()), "Who did what: audit"));
    }
    Grid<Deployment> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", "Deployments");
    grid.setAllRowsVisible(all.size() <= MOST_AT_ONCE);
    grid.setItems(all);
    grid.addComponentColumn(one -> new Copyable(one.id(), "deployment id"))
        .setHeader("Id")
        .setWidth("132px")
        .setFlexGrow(0);
    grid.addColumn(one -> Optional.ofNullable(one.description()).orElse("–"))
        .setHeader("Description")
        .setFlexGrow(2);
    grid.addComponentColumn(one -> standing(one, stage)).setHeader("State").setFlexGrow(1);
    grid.addComponentColumn(
            one -> Times.ago(Optional.ofNullable(one.createdDate()), clock.instant()))
        .setHeader("Made")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addComponentColumn(one -> action(one, all, stage, past, editor))
        .setHeader("Change")
        .setWidth("176px")
        .setFlexGrow(0)
        .setFrozenToEnd(true);
    card.add(grid);
    return card;
  }

  private static Component standing(Deployment one, Stage stage) {
    Div badges = new Div();
    badges.addClassName("gh-badges");
    if (one.id().equals(stage.deploymentId())) {
      badges.add(new Badge("served now", Tone.OK));
    }
    if (stage.canarySettings() != null && one.id().equals(stage.canarySettings().deploymentId())) {
      badges.add(new Badge("canary", Tone.INFO));
    }
    return badges;
  }

  private Component action(
      Deployment one, List<Deployment> all, Stage stage, StageHistory past, StageEditor editor) {
    if (one.id().equals(stage.deploymentId())) {
      return new Span();
    }
    boolean back = StageHistory.isBack(all, stage, one);
    Button button =
        new Button(
            back ? "Roll back…" : "Serve…",
            click -> Asking.orShow(() -> askToServe(one, back, stage, past, editor)));
    button.setAriaLabel((back ? "Roll back to deployment " : "Serve deployment ") + one.id());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    Div buttons = new Div(button);
    if (stage.canarySettings() == null) {
      Button canary =
          new Button(
              "Canary…", click -> Asking.orShow(() -> askForCanary(one, stage, past, editor)));
      canary.setAriaLabel("Begin a canary with deployment " + one.id());
      canary.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
      buttons.add(canary);
    }
    return buttons;
  }

  private void askForCanary(Deployment one, Stage stage, StageHistory past, StageEditor editor) {
    NumberField percent = new NumberField("Percent of the requests");
    percent.setMin(0);
    percent.setMax(100);
    percent.setValue(FIRST_PERCENT);
    List<Difference> different = past.changes(stage.deploymentId(), one.id());
    ChangeList changes = new ChangeList();
    changes.show(different, StageHistory.words(stage, different.size()));
    StageSnippets snippets = new StageSnippets(addresses.managementUrl(), apiId(), stageName());
    new StageForm(
            editor,
            snippets,
            stage,
            "Begin a canary of stage " + stageName() + " with " + one.id(),
            "Begin canary",
            () -> Canary.begin(one.id(), percent.isEmpty() ? 0 : percent.getValue()),
            () -> snippets.terraformCanary(one.id(), percent.isEmpty() ? 0 : percent.getValue()),
            this::show,
            new Paragraph(
                "These requests get what the deployment serves, all others what the stage serves"
                    + " now. It is promoted or rolled back on the stage's overview."),
            percent,
            changes)
        .following(percent)
        .open();
    percent.focus();
  }

  private void askToServe(
      Deployment one, boolean back, Stage stage, StageHistory past, StageEditor editor) {
    List<Difference> different = past.changes(stage.deploymentId(), one.id());
    ChangeList changes = new ChangeList();
    changes.show(different, StageHistory.words(stage, different.size()));
    StageSnippets snippets = new StageSnippets(addresses.managementUrl(), apiId(), stageName());
    List<StageWrite> writes = List.of(StageHistory.serve(one.id()));
    String verb =
        back
            ? "Roll " + stageName() + " back to " + one.id()
            : "Serve " + one.id() + " on " + stageName();
    new StageForm(
            editor,
            snippets,
            stage,
            verb + "?",
            verb,
            () -> writes,
            () -> snippets.terraformDeployment(one.id()),
            this::show,
            new Paragraph(
                "Every node takes it at once, in place of deployment "
                    + stage.deploymentId()
                    + ", which stays here to come back to. The settings of the stage stay as they"
                    + " are. "
                    + lastDay.ofStage(console.caller(), apiId(), stageName())),
            changes)
        .open();
  }

  private Component comparison(List<Deployment> all, Stage stage, StageHistory past) {
    Card card = new Card("Compare two deployments");
    if (all.size() < 2) {
      card.add(new Paragraph("There is only one so far."));
      return card;
    }
    ComboBox<Deployment> from = choice("From", all);
    ComboBox<Deployment> to = choice("To", all);
    ChangeList changes = new ChangeList();
    choose(from, all, FROM, StageHistory.before(all, stage));
    choose(to, all, TO, all.getFirst().id());
    Runnable compare =
        () -> {
          if (!from.isEmpty() && !to.isEmpty()) {
            Asking.orShow(() -> compare(past, from.getValue(), to.getValue(), changes));
          }
        };
    from.addValueChangeListener(change -> keep(FROM, change.getValue(), compare));
    to.addValueChangeListener(change -> keep(TO, change.getValue(), compare));
    Div choices = new Div(from, to);
    choices.addClassName("gh-pair");
    card.add(choices, changes);
    compare.run();
    return card;
  }

  private static void compare(
      StageHistory past, Deployment from, Deployment to, ChangeList changes) {
    List<Difference> different = past.changes(from.id(), to.id());
    changes.show(
        different,
        different.isEmpty()
            ? "They are the same."
            : different.size() + (different.size() == 1 ? " difference" : " differences"));
  }

  private static ComboBox<Deployment> choice(String label, List<Deployment> all) {
    ComboBox<Deployment> choice = new ComboBox<>(label);
    choice.setItems(all);
    choice.setItemLabelGenerator(
        one ->
            one.id()
                + Optional.ofNullable(one.description()).map(words -> " · " + words).orElse("")
                + " · "
                + Times.exact(one.createdDate()));
    choice.setRequiredIndicatorVisible(true);
    return choice;
  }

  private void choose(
      ComboBox<Deployment> choice, List<Deployment> all, String parameter, String otherwise) {
    String id =
        StageHistory.chosen(
            all, location().getQueryParameters().getSingleParameter(parameter), otherwise);
    all.stream().filter(one -> one.id().equals(id)).findFirst().ifPresent(choice::setValue);
  }

  /** A copied address compares the same two. */
  private void keep(String parameter, Deployment chosen, Runnable compare) {
    if (chosen == null) {
      return;
    }
    QueryParameters parameters = location().getQueryParameters().merging(parameter, chosen.id());
    location(new Location(location().getPath(), parameters));
    UI.getCurrent().getPage().getHistory().replaceState(null, location());
    compare.run();
  }
}
