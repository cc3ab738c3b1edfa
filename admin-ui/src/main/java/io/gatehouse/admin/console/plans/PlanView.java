package io.gatehouse.admin.console.plans;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.plans.PlanPresenter.StageChoice;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.ApiKeys;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.Tags;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.admin.operations.UsageRecords;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/** One usage plan: its limits, the stages it covers and the keys in it. */
@CdiComponent
@Route(value = "plans/:planId", layout = MainLayout.class)
public class PlanView extends Page implements BeforeEnterObserver, PlanPresenter.Screen {

  /** So many rows are shown at once, others as one scrolls. */
  static final int FEW = 50;

  private final UsagePlans usagePlans;
  private final ApiKeys apiKeys;
  private final RestApis restApis;
  private final Stages stages;
  private final PlanLimits limits;
  private final KeyUsages usages;
  private final ConsoleCaller console;

  @Inject
  public PlanView(
      UsagePlans usagePlans,
      ApiKeys apiKeys,
      RestApis restApis,
      Stages stages,
      Tags tags,
      UsageRecords usage,
      ConsoleCaller console,
      InstantSource clock) {
    this.usagePlans = usagePlans;
    this.apiKeys = apiKeys;
    this.restApis = restApis;
    this.stages = stages;
    this.limits = new PlanLimits(usagePlans, tags, console::caller);
    this.usages = new KeyUsages(usage, console::caller, clock);
    this.console = console;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    presenter(event.getRouteParameters().get("planId").orElseThrow()).load();
  }

  @Override
  public void show(
      UsagePlan plan, List<StageChoice> attached, List<UsagePlanKey> keys, boolean moreKeys) {
    clear();
    PlanPresenter presenter = presenter(plan.id());
    trail(new Crumb("Usage plans", Links.path("plans")), Crumb.here(plan.name()));
    Button delete =
        new Button(
            "Delete…",
            click ->
                Asking.before(
                    "Delete plan " + plan.name(),
                    "Its "
                        + (moreKeys ? "more than " : "")
                        + keys.size()
                        + (keys.size() == 1 ? " key" : " keys")
                        + " will no longer open the stages it covers. The keys themselves stay.",
                    () -> {
                      presenter.delete();
                      Toast.done("Deleted plan " + plan.name());
                      UI.getCurrent().navigate("plans");
                    }));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(plan.name(), Optional.ofNullable(plan.description()).orElse(""), delete);
    Div columns = new Div(stageCard(presenter, attached), keyCard(presenter, keys, moreKeys));
    columns.addClassNames("gh-cards", "wide");
    add(limits(presenter, plan), columns, usage(presenter, plan, keys));
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  private PlanPresenter presenter(String planId) {
    return new PlanPresenter(usagePlans, apiKeys, restApis, stages, console::caller, this, planId);
  }

  private Component limits(PlanPresenter presenter, UsagePlan plan) {
    return new LimitsCard(
        plan,
        next -> {
          limits.change(plan, next);
          presenter.load();
          Toast.done("Changed the limits of " + plan.name());
        });
  }

  private Component usage(PlanPresenter presenter, UsagePlan plan, List<UsagePlanKey> keys) {
    return new UsageCard(
        PlanWords.period(usages.period(plan), usages.today()),
        usages.of(plan, keys),
        (key, remaining) -> {
          usages.extend(plan, key, remaining);
          presenter.load();
          Toast.done("%s has %s left".formatted(key.name(), Rates.number(remaining)));
        });
  }

  private static Component stageCard(PlanPresenter presenter, List<StageChoice> attached) {
    Card card = new Card("Stages");
    card.beside(
        small(
            "Attach stage…",
            () ->
                choose(
                    "Attach a stage",
                    "Stage",
                    "Every stage is attached, or none is deployed yet",
                    presenter.stagesToAttach(),
                    StageChoice::words,
                    presenter::attach)));
    if (attached.isEmpty()) {
      card.add(new Paragraph("None yet. A key opens only the stages attached to its plan."));
      return card;
    }
    Grid<StageChoice> grid = grid("Stages of the plan", attached);
    grid.addComponentColumn(
            stage -> Links.to(stage.words(), "apis", stage.apiId(), "stages", stage.stage()))
        .setHeader("API and stage")
        .setFlexGrow(1);
    grid.addComponentColumn(
            stage ->
                detach(
                    stage.words(),
                    "Keys of this plan will no longer open " + stage.words() + ".",
                    () -> presenter.detach(stage)))
        .setWidth("104px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private static Component keyCard(
      PlanPresenter presenter, List<UsagePlanKey> keys, boolean moreKeys) {
    Card card = new Card("Keys");
    card.beside(
        small(
            "Attach key…",
            () ->
                choose(
                    "Attach a key",
                    "Key",
                    "Every key is attached, or there is none yet",
                    presenter.keysToAttach(),
                    ApiKey::name,
                    presenter::attach)));
    if (keys.isEmpty()) {
      card.add(new Paragraph("None yet. Attach the keys of the customers who bought this plan."));
      return card;
    }
    if (moreKeys) {
      card.add(Note.onlyTheFirst(PlanPresenter.MOST, "keys"));
    }
    Grid<UsagePlanKey> grid = grid("Keys of the plan", keys);
    grid.addColumn(UsagePlanKey::name).setHeader("Name").setFlexGrow(1);
    grid.addComponentColumn(key -> new Copyable(key.id(), "id of key " + key.name()))
        .setHeader("Id")
        .setWidth("168px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            key ->
                detach(
                    key.name(),
                    "Whoever uses " + key.name() + " can no longer call the stages of this plan.",
                    () -> presenter.detach(key)))
        .setWidth("104px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private static <T> Grid<T> grid(String label, List<T> items) {
    Grid<T> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", label);
    grid.addClassName("gh-long-grid");
    grid.setAllRowsVisible(items.size() <= FEW);
    grid.setItems(items);
    return grid;
  }

  private static Button detach(String name, String consequence, Runnable doIt) {
    Button button =
        new Button("Detach…", click -> Asking.before("Detach " + name, consequence, doIt));
    button.setAriaLabel("Detach " + name);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private static Button small(String label, Runnable action) {
    Button button = new Button(label, click -> Asking.orShow(action));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private static <T> void choose(
      String title,
      String label,
      String whenNone,
      List<T> items,
      com.vaadin.flow.component.ItemLabelGenerator<T> words,
      Consumer<T> chosen) {
    ComboBox<T> choice = new ComboBox<>(label);
    choice.setItems(items);
    choice.setItemLabelGenerator(words);
    choice.setRequiredIndicatorVisible(true);
    if (items.isEmpty()) {
      choice.setHelperText(whenNone);
      choice.setEnabled(false);
    } else if (items.size() >= PlanPresenter.MOST) {
      choice.setHelperText("Not all of them are offered here: attach others with your own tools");
    }
    FormDialog dialog =
        new FormDialog(
            title,
            "Attach",
            () -> Optional.ofNullable(choice.getValue()).ifPresent(chosen),
            choice);
    dialog.open();
    choice.focus();
  }
}
