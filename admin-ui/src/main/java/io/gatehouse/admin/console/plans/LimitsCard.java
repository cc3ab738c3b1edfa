package io.gatehouse.admin.console.plans;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.plans.PlanLimits.Limits;
import io.gatehouse.model.snapshot.WhenUnreachable;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** The limits of a plan in words, and a form for them. */
final class LimitsCard extends Card {

  private final NumberField rate = new NumberField("Requests a second");
  private final IntegerField burst = new IntegerField("Burst");
  private final IntegerField quota = new IntegerField("Requests");
  private final Select<String> period = new Select<>();
  private final IntegerField offset = new IntegerField("Fewer in a key's first period");
  private final RadioButtonGroup<WhenUnreachable> policy = new RadioButtonGroup<>();

  /**
   * @param change writes what the form has
   */
  LimitsCard(UsagePlan plan, Consumer<Limits> change) {
    super("Limits");
    Limits limits = Limits.of(plan);
    Button edit = new Button("Change limits…", click -> edit(limits, change));
    edit.addThemeVariants(ButtonVariant.LUMO_SMALL);
    beside(edit);
    add(
        new Facts()
            .add(
                "Rate of each key",
                PlanWords.throttle(plan)
                    + (limits.rate() == null || limits.rate() == 0
                        ? ""
                        : " (" + Rates.perHour(limits.rate()) + ")"))
            .add("Quota of each key", PlanWords.quota(plan))
            .add("While the quota cannot be asked", PlanWords.policy(limits.whenUnreachable()))
            .add("Plan id", new Copyable(plan.id(), "plan id")));
  }

  private void edit(Limits limits, Consumer<Limits> change) {
    rate.setValue(limits.rate());
    rate.setHelperText("Empty for no limit");
    burst.setValue(limits.burst());
    quota.setValue(limits.quota());
    quota.setHelperText("Empty for no quota");
    period.setLabel("per");
    period.setItems("DAY", "WEEK", "MONTH");
    period.setValue(limits.period());
    offset.setValue(limits.offset());
    policy.setLabel("While nodes cannot ask the cluster what is left");
    policy.setItems(WhenUnreachable.values());
    policy.setItemLabelGenerator(PlanWords::policy);
    policy.setValue(limits.whenUnreachable());
    Div throttle = new Div(rate, burst);
    throttle.addClassName("gh-pair");
    Div allowance = new Div(quota, period);
    allowance.addClassName("gh-pair");
    new FormDialog(
            "Change the limits",
            "Change limits",
            () ->
                change.accept(
                    new Limits(
                        rate.getValue(),
                        burst.getValue(),
                        quota.getValue(),
                        period.getValue(),
                        offset.isEmpty() ? 0 : offset.getValue(),
                        policy.getValue())),
            throttle,
            allowance,
            offset,
            policy)
        .open();
    rate.focus();
  }
}
