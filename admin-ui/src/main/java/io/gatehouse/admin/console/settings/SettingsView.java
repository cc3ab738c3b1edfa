package io.gatehouse.admin.console.settings;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.SameByTools;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.operations.Account;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.admin.operations.Tenants.Tenant;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The tenant's account: its addresses, its limits, and how long what is kept. */
@CdiComponent
@Route(value = "settings", layout = MainLayout.class)
public class SettingsView extends Page implements BeforeEnterObserver {

  private final SettingsPresenter presenter;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;

  @Inject
  public SettingsView(
      Account account,
      Tenants tenants,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    super(Crumb.here("Settings"));
    this.presenter = new SettingsPresenter(account, tenants, console::caller);
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    clear();
    head("Settings", "What holds for the tenant as a whole.");
    Div cards =
        new Div(
            tenant(presenter.tenant()),
            addressesCard(),
            facts("Limits", presenter.limits(), "An operator of this installation changes these."),
            facts(
                "What is kept",
                presenter.kept(),
                "Which requests are logged is a setting of each stage: failed ones are, with nothing"
                    + " to set up."),
            role(presenter.role()));
    cards.addClassNames("gh-cards", "wide");
    add(cards);
  }

  private Card tenant(Tenant tenant) {
    return new Card(
        tenant.name(),
        new Facts()
            .add("Account", new Copyable(tenant.account(), "account"))
            .add("Region", new Copyable(console.region(), "region"))
            .add("Created", Times.ago(Optional.of(tenant.created()), clock.instant()))
            .add(
                "State",
                tenant
                    .suspension()
                    .<Component>map(one -> new Badge("Suspended: " + one.reason(), Tone.WARNING))
                    .orElseGet(() -> new Badge("Served", Tone.OK))));
  }

  private Card addressesCard() {
    Div nodes = new Div();
    addresses
        .gatewayUrls()
        .forEach(url -> nodes.add(new Div(new Copyable(url, "address of a gateway node"))));
    return new Card(
        "Addresses",
        new Facts()
            .add(
                "Management endpoint",
                new Copyable(addresses.managementUrl(), "management endpoint"))
            .add("Gateway nodes", nodes));
  }

  private static Card facts(String title, Map<String, String> values, String words) {
    Facts facts = new Facts();
    values.forEach(facts::add);
    return new Card(title, facts, new Paragraph(words));
  }

  private Card role(Optional<String> arn) {
    Card card =
        new Card(
            "CloudWatch role",
            new Paragraph(
                "Tools of the vendor's set it before they switch logging on. It is kept and answered;"
                    + " logs and metrics need no role here."),
            new Facts()
                .add(
                    "Role",
                    arn.<Component>map(one -> new Copyable(one, "ARN of the role"))
                        .orElseGet(() -> new Badge("none", Tone.PLAIN))));
    if (console.may(AccessLevel.WRITE)) {
      card.add(new Button("Change role…", click -> askForRole(arn.orElse(""))));
    }
    return card;
  }

  private void askForRole(String now) {
    TextField arn = new TextField("ARN of the role");
    arn.setValue(now);
    arn.setPlaceholder("arn:aws:iam::" + console.account().orElse("") + ":role/logs");
    arn.setHelperText("Empty for none");
    SameByTools tools = new SameByTools();
    tools.show(
        """
        aws apigateway update-account --endpoint-url %s \\
          --patch-operations op=replace,path=/cloudwatchRoleArn,value=ARN"""
            .formatted(addresses.managementUrl()),
        """
        resource "aws_api_gateway_account" "account" {
          cloudwatch_role_arn = aws_iam_role.logs.arn
        }""");
    new FormDialog(
            "CloudWatch role of the account",
            "Set role",
            () -> {
              presenter.role(arn.getValue());
              show();
              Toast.done("Set the account's role");
            },
            arn,
            tools)
        .open();
    arn.focus();
  }
}
