package io.gatehouse.admin.console.ops;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.parts.WideOnly;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.team.NewAccessKeyDialog;
import io.gatehouse.admin.guard.Suspension;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.admin.operations.Tenants.Tenant;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** All tenants, for the operator. */
@CdiComponent
@Route(value = "ops/tenants", layout = MainLayout.class)
public class TenantsView extends Page implements BeforeEnterObserver {

  private final Tenants tenants;
  private final ConsoleCaller console;
  private final InstantSource clock;
  private final Grid<Tenant> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("tenants", text -> refresh());
  private List<Tenant> all = List.of();

  @Inject
  public TenantsView(Tenants tenants, ConsoleCaller console, InstantSource clock) {
    super(Crumb.here("Tenants"));
    this.tenants = tenants;
    this.console = console;
    this.clock = clock;
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.enter(event.getLocation());
    show();
  }

  private void show() {
    all = tenants.tenants(console.platformCaller());
    clear();
    Button create = new Button("Create tenant…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (all.isEmpty()) {
      head("Tenants", "");
      add(
          new EmptyState(
              "No tenant yet",
              "A tenant is an account of 12 digits with its own APIs, keys and people. Nothing of"
                  + " one tenant is visible to another.",
              create));
      return;
    }
    head(
        "Tenants",
        "A tenant's owners let people in. An operator opens a tenant for a reason, which it can read.",
        create);
    Div toolbar = new Div(filter);
    toolbar.addClassName("gh-toolbar");
    add(toolbar, grid);
    refresh();
  }

  private void refresh() {
    grid.setItems(
        all.stream().filter(tenant -> filter.matches(tenant.name(), tenant.account())).toList());
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Tenants");
    grid.addComponentColumn(this::name).setHeader("Name").setFlexGrow(2);
    grid.addComponentColumn(tenant -> new Copyable(tenant.account(), "account"))
        .setHeader("Account")
        .setWidth("152px")
        .setFlexGrow(0);
    WideOnly.column(
            grid.addColumn(
                tenant -> Rates.words(tenant.throttle().rate(), tenant.throttle().burst())))
        .setHeader("All its APIs together")
        .setFlexGrow(2);
    WideOnly.column(
            grid.addComponentColumn(
                tenant -> Times.ago(Optional.of(tenant.created()), clock.instant())))
        .setHeader("Created")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::state).setHeader("State").setWidth("112px").setFlexGrow(0);
    grid.addComponentColumn(tenant -> new Div(limit(tenant), suspendOrResume(tenant), open(tenant)))
        .setWidth("344px")
        .setFlexGrow(0);
  }

  /** A member goes in as a member. */
  private Component name(Tenant tenant) {
    return console.mayEnter(tenant.account())
        ? new Anchor(Links.ROOT + "?account=" + tenant.account(), tenant.name())
        : new Span(tenant.name());
  }

  private Component state(Tenant tenant) {
    if (tenant.suspension().isEmpty()) {
      return new Badge("Served", Tone.OK);
    }
    Suspension suspension = tenant.suspension().get();
    Badge badge = new Badge("Suspended", Tone.WARNING);
    badge.setTitle(suspension.reason() + ", since " + suspension.since());
    return badge;
  }

  private Button suspendOrResume(Tenant tenant) {
    boolean suspended = tenant.suspension().isPresent();
    Button button =
        suspended
            ? new Button("Resume", click -> Asking.orShow(() -> resume(tenant)))
            : new Button("Suspend…", click -> askToSuspend(tenant));
    button.setAriaLabel((suspended ? "Resume " : "Suspend ") + tenant.name());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askToSuspend(Tenant tenant) {
    TextField reason = new TextField("Reason");
    reason.setMaxLength(500);
    reason.setHelperText("The tenant's people and programs read it");
    FormDialog dialog =
        new FormDialog(
            "Suspend " + tenant.name() + " (" + tenant.account() + ")",
            "Suspend " + tenant.name() + " now",
            () -> {
              tenants.suspendTenant(console.platformCaller(), tenant.account(), reason.getValue());
              show();
              Toast.done("Suspended " + tenant.name());
            },
            new Paragraph(
                "Every call of its APIs is refused with 403 at once, on all nodes. Its programs are"
                    + " refused by the management API; its people can look and change nothing."
                    + " Nothing is deleted, and Resume takes it back."),
            reason);
    dialog.open();
    reason.focus();
  }

  private void resume(Tenant tenant) {
    tenants.resumeTenant(console.platformCaller(), tenant.account());
    show();
    Toast.done("Resumed " + tenant.name());
  }

  private Button limit(Tenant tenant) {
    Button button = new Button("Limits…", click -> askLimits(tenant));
    button.setAriaLabel("Limits of " + tenant.name());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askLimits(Tenant tenant) {
    NumberField rate = new NumberField("Requests a second");
    rate.setValue(tenant.throttle().rate());
    rate.setRequiredIndicatorVisible(true);
    IntegerField burst = new IntegerField("Burst");
    burst.setValue(tenant.throttle().burst());
    burst.setRequiredIndicatorVisible(true);
    burst.setHelperText("0 refuses every request, as a rate of 0 does");
    new FormDialog(
            "Limits of " + tenant.name(),
            "Set limits",
            () -> {
              if (!rate.isEmpty() && !burst.isEmpty()) {
                tenants.throttleTenant(
                    console.platformCaller(), tenant.account(), rate.getValue(), burst.getValue());
                show();
                Toast.done("Set the limits of " + tenant.name());
              }
            },
            rate,
            burst)
        .open();
    rate.focus();
  }

  private Button open(Tenant tenant) {
    Button button = new Button("Open as operator…", click -> askWhy(tenant));
    button.setAriaLabel("Open " + tenant.name() + " as operator");
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askWhy(Tenant tenant) {
    TextField reason = new TextField("Reason");
    reason.setMaxLength(500);
    reason.setHelperText(
        "The tenant reads it in its audit trail, as it does everything that you change there. It"
            + " ends after an hour.");
    new FormDialog(
            "Open " + tenant.name() + " in the tenant's place",
            "Open tenant",
            () -> {
              console.beginImpersonation(tenant.account(), reason.getValue());
              UI.getCurrent().getPage().setLocation(Links.ROOT + "?account=" + tenant.account());
            },
            reason)
        .open();
    reason.focus();
  }

  private void create() {
    TextField name = new TextField("Name");
    name.setMaxLength(100);
    TextField account = new TextField("Account");
    account.setHelperText("12 digits, as in ARNs; it cannot be changed later");
    account.setMaxLength(12);
    account.setAllowedCharPattern("[0-9]");
    new FormDialog(
            "Create a tenant",
            "Create tenant",
            () -> {
              Tenants.NewTenant made =
                  tenants.createTenant(
                      console.platformCaller(), account.getValue(), name.getValue());
              show();
              new NewAccessKeyDialog(
                      "First access key of " + made.tenant().name(), made.accessKey())
                  .open();
            },
            name,
            account)
        .open();
    name.focus();
  }
}
