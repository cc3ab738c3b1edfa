package io.gatehouse.admin.console.plans;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.NumberField;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.plans.KeyUsages.KeyUsage;
import java.util.List;
import java.util.function.ObjLongConsumer;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

/** What each key has used and has left. */
final class UsageCard extends Card {

  /** Whole numbers that a field can show exactly. */
  private static final double MOST = 1e15;

  private final ObjLongConsumer<UsagePlanKey> extend;

  /**
   * @param period in words
   * @param extend sets what a key has left
   */
  UsageCard(String period, List<KeyUsage> usages, ObjLongConsumer<UsagePlanKey> extend) {
    super("Usage");
    this.extend = extend;
    Span when = new Span(period + " (UTC)");
    when.addClassName("gh-caption");
    beside(when);
    if (usages.isEmpty()) {
      add(new Paragraph("None yet: there is no key in the plan."));
      return;
    }
    Grid<KeyUsage> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", "Usage of the plan's keys");
    grid.addClassName("gh-long-grid");
    grid.setAllRowsVisible(usages.size() <= PlanView.FEW);
    grid.setItems(usages);
    grid.addColumn(usage -> usage.key().name()).setHeader("Key").setFlexGrow(1);
    number(grid.addColumn(usage -> Rates.number(usage.today()))).setHeader("Used today");
    number(grid.addColumn(usage -> Rates.number(usage.used()))).setHeader("Used");
    number(grid.addComponentColumn(UsageCard::left)).setHeader("Left");
    if (usages.getFirst().remaining().isPresent()) {
      grid.addComponentColumn(this::button).setWidth("104px").setFlexGrow(0);
    }
    add(grid);
  }

  private static Grid.Column<KeyUsage> number(Grid.Column<KeyUsage> column) {
    return column.setTextAlign(ColumnTextAlign.END).setWidth("128px").setFlexGrow(0);
  }

  private static Component left(KeyUsage usage) {
    if (usage.remaining().isEmpty()) {
      return new Span("no quota");
    }
    return usage.remaining().getAsLong() == 0
        ? new Badge("used up", Tone.WARNING)
        : new Span(Rates.number(usage.remaining().getAsLong()));
  }

  private Button button(KeyUsage usage) {
    Button button = new Button("Extend…", click -> ask(usage));
    button.setAriaLabel("Extend the quota of " + usage.key().name());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void ask(KeyUsage usage) {
    NumberField remaining = new NumberField("Requests left from now on");
    remaining.setHelperText("Holds until the period ends, whatever the plan's quota becomes");
    remaining.setMin(0);
    remaining.setMax(MOST);
    remaining.setStep(1);
    remaining.setValue((double) usage.remaining().orElse(0));
    remaining.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Extend the quota of " + usage.key().name(),
            "Set what is left",
            () -> {
              if (!remaining.isEmpty()) {
                extend.accept(usage.key(), remaining.getValue().longValue());
              }
            },
            remaining)
        .open();
    remaining.focus();
  }
}
