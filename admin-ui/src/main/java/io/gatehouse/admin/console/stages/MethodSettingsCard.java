package io.gatehouse.admin.console.stages;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.data.renderer.LitRenderer;
import com.vaadin.flow.router.Location;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.parts.Verb;
import io.gatehouse.admin.operations.EffectiveSettings;
import io.gatehouse.admin.operations.EffectiveSettings.MethodValues;
import io.gatehouse.admin.operations.EffectiveSettings.Value;
import io.gatehouse.admin.operations.MethodSettingField;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What holds for each method of a stage, with where each value comes from, and how to change it.
 */
final class MethodSettingsCard extends Card {

  /** A longer table scrolls, so that only what is seen is sent. */
  private static final int MOST_AT_ONCE = 30;

  private static final List<MethodSettingField> COLUMNS =
      List.of(
          MethodSettingField.LOG_LEVEL,
          MethodSettingField.DATA_TRACE,
          MethodSettingField.METRICS,
          MethodSettingField.RATE,
          MethodSettingField.BURST,
          MethodSettingField.CACHING,
          MethodSettingField.CACHE_TTL,
          MethodSettingField.CACHE_ENCRYPTED,
          MethodSettingField.CACHE_CONTROL_AUTHORIZED);

  private final StageEditor editor;
  private final StageSnippets snippets;
  private final Stage stage;
  private final List<MethodValues> methods;
  private final Runnable changed;
  private final Grid<MethodValues> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("methods", text -> refresh());

  MethodSettingsCard(
      StageEditor editor,
      StageSnippets snippets,
      Stage stage,
      List<MethodValues> methods,
      Location location,
      Runnable changed) {
    super("Settings of methods");
    this.editor = editor;
    this.snippets = snippets;
    this.stage = stage;
    this.methods = methods;
    this.changed = changed;
    filter.setPlaceholder("Filter methods by path or verb");
    filter.setAriaLabel("Filter methods by path or verb");
    filter.setWidth("280px");
    beside(filter);
    add(
        new Paragraph(
            "What nodes go by, and where each value comes from: this method, all methods, the"
                + " account, or nobody (default)."));
    if (!Boolean.TRUE.equals(stage.cacheClusterEnabled())) {
      add(new Note(Tone.INFO, "The stage has no cache: nothing is kept, whatever is set below."));
    }
    columns();
    add(grid);
    filter.enter(location);
    refresh();
  }

  /** The page's address, with what the table is filtered by. */
  Location location() {
    return filter.location();
  }

  private void columns() {
    grid.getElement().setAttribute("aria-label", "Settings of methods");
    grid.addClassName("gh-dense");
    grid.addComponentColumn(MethodSettingsCard::name)
        .setHeader("Method")
        .setFrozen(true)
        .setWidth("192px")
        .setFlexGrow(1);
    for (MethodSettingField field : COLUMNS) {
      grid.addColumn(
              LitRenderer.<MethodValues>of(
                      "<div class='gh-value'><span>${item.value}</span>"
                          + "<span class='gh-caption'>${item.origin}</span></div>")
                  .withProperty(
                      "value", method -> SettingWords.value(field, method.values().get(field)))
                  .withProperty("origin", method -> origin(method, method.values().get(field))))
          .setHeader(SettingWords.column(field))
          .setWidth("88px")
          .setFlexGrow(0);
    }
    grid.addComponentColumn(this::actions)
        .setHeader("Change")
        .setWidth("160px")
        .setFlexGrow(0)
        .setFrozenToEnd(true);
  }

  private static String origin(MethodValues method, Value value) {
    return value.origin() == EffectiveSettings.Origin.ALL_METHODS && isOfAll(method)
        ? "set here"
        : SettingWords.origin(value.origin());
  }

  private static boolean isOfAll(MethodValues method) {
    return method.key().equals(EffectiveSettings.ALL_METHODS);
  }

  private static Component name(MethodValues method) {
    if (isOfAll(method)) {
      return new Span("All methods");
    }
    Span path = new Span(method.path());
    path.addClassName("gh-mono");
    Div name = new Div(new Verb(method.verb()), path);
    name.addClassName("gh-tree-cell");
    name.getElement().setAttribute("title", SettingWords.name(method));
    if (!method.served()) {
      name.add(new Badge("not served", Tone.WARNING));
    }
    return name;
  }

  private Component actions(MethodValues method) {
    String what = SettingWords.name(method);
    Div buttons = new Div(small("Change…", "Change the settings of " + what, () -> edit(method)));
    if (method.own()) {
      buttons.add(
          small(
              isOfAll(method) ? "Reset…" : "Inherit…",
              isOfAll(method) ? "Reset the settings of all methods" : "Let " + what + " inherit",
              () -> askToInherit(method)));
    }
    return buttons;
  }

  private static Button small(String text, String label, Runnable action) {
    Button button = new Button(text, click -> action.run());
    button.setAriaLabel(label);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void refresh() {
    List<MethodValues> shown =
        methods.stream()
            .filter(
                method -> filter.matches(method.path(), method.verb(), SettingWords.name(method)))
            .toList();
    grid.setAllRowsVisible(shown.size() <= MOST_AT_ONCE);
    grid.setItems(shown);
  }

  private void edit(MethodValues method) {
    Asking.orShow(() -> new MethodSettingsDialog(editor, snippets, stage, method, changed).open());
  }

  private void askToInherit(MethodValues method) {
    List<StageWrite> writes = List.of(MethodForm.inheritAgain(method));
    new StageForm(
            editor,
            snippets,
            stage,
            isOfAll(method)
                ? "Reset the settings of all methods?"
                : "Let " + SettingWords.name(method) + " inherit again?",
            isOfAll(method) ? "Reset settings" : "Inherit again",
            () -> writes,
            () -> snippets.terraformWithout(method.key()),
            changed,
            new Paragraph(
                isOfAll(method)
                    ? "Methods without settings of their own go by the defaults from then on."
                    : "Its own settings are removed: it goes by those for all methods from then"
                        + " on."))
        .open();
  }
}
