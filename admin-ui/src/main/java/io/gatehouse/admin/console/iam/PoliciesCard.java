package io.gatehouse.admin.console.iam;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import io.gatehouse.admin.console.iam.PoliciesOf.Held;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Tone;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Policy;

/** The policies that hang on a user, group or role: attached ones and its own. */
class PoliciesCard extends Card {

  /** Attached, or its own where there is nothing attached. */
  private record Row(String name, Optional<AttachedPolicy> attached) {}

  private final PoliciesOf presenter;

  PoliciesCard(PoliciesOf presenter, Held held) {
    super("Policies");
    this.presenter = presenter;
    beside(
        RowButtons.small("Write inline policy…", this::write),
        RowButtons.small("Attach policy…", this::attach));
    List<Row> rows = new ArrayList<>();
    held.attached().forEach(policy -> rows.add(new Row(policy.policyName(), Optional.of(policy))));
    held.inline().forEach(name -> rows.add(new Row(name, Optional.empty())));
    add(rows.isEmpty() ? new Paragraph(nothing(presenter.holder())) : grid(rows));
  }

  private static String nothing(Holder holder) {
    return switch (holder.kind()) {
      case USER ->
          "None, so nothing is allowed but by the user's groups and by policies of APIs. Attach a"
              + " managed policy, or write one that is this user's own.";
      case GROUP -> "None, so being in the group allows nothing.";
      case ROLE ->
          "None, so nothing is allowed to who assumes the role but by policies of APIs. Attach a"
              + " managed policy, or write one that is this role's own.";
    };
  }

  private Grid<Row> grid(List<Row> rows) {
    Grid<Row> grid = RowButtons.grid("Policies", rows);
    grid.addComponentColumn(
            row ->
                row.attached()
                    .<Component>map(
                        policy -> Links.to(row.name(), IamPaths.policy(policy.policyArn())))
                    .orElseGet(() -> new Span(row.name())))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addComponentColumn(
            row ->
                row.attached().isPresent()
                    ? new Badge("managed", Tone.INFO)
                    : new Badge("inline", Tone.PLAIN))
        .setHeader("Kind")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::actions)
        .setTextAlign(ColumnTextAlign.END)
        .setWidth("184px")
        .setFlexGrow(0);
    return grid;
  }

  private Component actions(Row row) {
    if (row.attached().isPresent()) {
      return RowButtons.losing(
          "Detach…",
          "Detach policy " + row.name(),
          "What it allows is refused within moments, unless another policy allows it.",
          () -> presenter.detach(row.attached().get()));
    }
    return new Div(
        RowButtons.inRow("Edit…", "Edit policy " + row.name(), () -> edit(row.name())),
        RowButtons.losing(
            "Delete…",
            "Delete policy " + row.name(),
            "What it allows is refused within moments, unless another policy allows it.",
            () -> presenter.delete(row.name())));
  }

  private void attach() {
    ComboBox<Policy> policy = choice("Policy", presenter.choice());
    policy.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Attach a policy to " + presenter.holder().name(),
            "Attach policy",
            () -> presenter.attach(policy.getOptionalValue()),
            policy)
        .open();
    policy.focus();
  }

  private static ComboBox<Policy> choice(String label, List<Policy> policies) {
    ComboBox<Policy> choice = new ComboBox<>(label);
    choice.setItems(policies);
    choice.setItemLabelGenerator(
        policy -> policy.policyName() + (PolicyPresenter.isBuiltIn(policy) ? " (built in)" : ""));
    return choice;
  }

  private void write() {
    TextField name = new TextField("Name");
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(128);
    new DocumentDialog(
            "Write an inline policy of " + presenter.holder().name(),
            "Save policy",
            presenter.templates(),
            "",
            document -> presenter.put(name.getValue(), document),
            name)
        .open();
    name.focus();
  }

  private void edit(String name) {
    new DocumentDialog(
            "Policy " + name,
            "Save policy",
            presenter.templates(),
            presenter.document(name),
            document -> presenter.put(name, document))
        .open();
  }

  /** The permissions boundary as a card of its own, which groups do not have. */
  static Card boundary(PoliciesOf presenter, Held held) {
    Card card =
        new Card("Permissions boundary")
            .beside(RowButtons.small("Set boundary…", () -> limit(presenter, held)));
    held.boundary()
        .ifPresentOrElse(
            arn ->
                card.add(
                    new Paragraph(
                        new Span("Nothing is allowed that this policy does not allow as well: "),
                        Links.to(arn.substring(arn.lastIndexOf('/') + 1), IamPaths.policy(arn)))),
            () -> card.add(new Paragraph("None: the policies above say all.")));
    return card;
  }

  private static void limit(PoliciesOf presenter, Held held) {
    List<Policy> policies = presenter.choice();
    ComboBox<Policy> policy = choice("Policy", policies);
    policy.setClearButtonVisible(true);
    policy.setHelperText("Empty for none");
    policies.stream()
        .filter(each -> held.boundary().filter(each.arn()::equals).isPresent())
        .findFirst()
        .ifPresent(policy::setValue);
    new FormDialog(
            "Permissions boundary of " + presenter.holder().name(),
            "Set boundary",
            () -> presenter.limit(held, policy.getOptionalValue()),
            new Paragraph("The most that policies can allow. It never allows anything by itself."),
            policy)
        .open();
    policy.focus();
  }
}
