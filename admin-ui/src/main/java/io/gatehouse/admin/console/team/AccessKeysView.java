package io.gatehouse.admin.console.team;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
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
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.WideOnly;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Tenants;
import io.gatehouse.admin.operations.Tenants.AccessKeyView;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The access keys with which a tenant's programs sign their requests. */
@CdiComponent
@Route(value = "team", layout = MainLayout.class)
public class AccessKeysView extends Page implements BeforeEnterObserver {

  private static final String LEAD =
      "Programs sign requests to the management API with these: the AWS CLI, Terraform, an SDK. Each"
          + " is the key of a user of its own, named like the key, whom Users and roles lists as"
          + " well.";

  private final Tenants tenants;
  private final KeyPolicyPresenter policies;
  private final ConsoleCaller console;
  private final InstantSource clock;
  private String switched = "";

  @Inject
  public AccessKeysView(
      Tenants tenants, RestApis apis, ConsoleCaller console, InstantSource clock) {
    super(Crumb.here("Access keys"));
    this.tenants = tenants;
    this.policies = new KeyPolicyPresenter(tenants, apis, console::caller);
    this.console = console;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show();
  }

  private void show() {
    List<AccessKeyView> keys = tenants.accessKeys(console.caller());
    clear();
    Button create = new Button("Create access key…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (keys.isEmpty()) {
      head("Access keys", LEAD);
      add(
          new EmptyState(
              "No access key yet",
              "An access key is an id and a secret. The secret is shown once, when it is made.",
              create));
      return;
    }
    head("Access keys", LEAD, create);
    add(grid(keys));
  }

  private Component grid(List<AccessKeyView> keys) {
    Grid<AccessKeyView> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", "Access keys");
    grid.setAllRowsVisible(true);
    grid.setItems(keys);
    grid.addComponentColumn(key -> new Copyable(key.accessKeyId(), "access key id"))
        .setHeader("Access key id")
        .setWidth("240px")
        .setFlexGrow(0);
    grid.addColumn(key -> name(key.role())).setHeader("Role").setFlexGrow(1);
    grid.addComponentColumn(
            key ->
                key.policy().isPresent()
                    ? new Badge("limited", Tone.INFO)
                    : new Badge("full access", Tone.PLAIN))
        .setHeader("Policy")
        .setWidth("120px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            key -> key.active() ? new Badge("active", Tone.OK) : new Badge("disabled", Tone.PLAIN))
        .setHeader("State")
        .setWidth("120px")
        .setFlexGrow(0);
    WideOnly.column(
            grid.addComponentColumn(key -> Times.ago(Optional.of(key.created()), clock.instant())))
        .setHeader("Created")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(key -> new Div(policy(key), action(key)))
        .setWidth("176px")
        .setFlexGrow(0);
    return grid;
  }

  private Button policy(AccessKeyView key) {
    Button button =
        new Button(
            "Policy…",
            click ->
                Asking.orShow(
                    () ->
                        new KeyPolicyDialog(policies, key, () -> limited(key.accessKeyId()))
                            .open()));
    button.setAriaLabel("Policy of " + key.accessKeyId());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void limited(String accessKeyId) {
    Toast.done("The policy of " + accessKeyId + " is saved");
    show();
  }

  private Button action(AccessKeyView key) {
    Button button =
        key.active()
            ? new Button(
                "Disable…",
                click ->
                    Asking.before(
                        "Disable " + key.accessKeyId(),
                        "Programs that sign with it are refused from then on, until you enable it.",
                        () -> {
                          tenants.disableAccessKey(console.caller(), key.accessKeyId());
                          switched = key.accessKeyId();
                          Toast.done(key.accessKeyId() + " is disabled");
                          show();
                        }))
            : new Button(
                "Enable",
                click ->
                    Asking.orShow(
                        () -> {
                          tenants.enableAccessKey(console.caller(), key.accessKeyId());
                          switched = key.accessKeyId();
                          Toast.done(key.accessKeyId() + " is active");
                          show();
                        }));
    if (key.accessKeyId().equals(switched)) {
      // the row is new, and whoever switched it goes on from there
      button.focus();
      switched = "";
    }
    button.setAriaLabel((key.active() ? "Disable " : "Enable ") + key.accessKeyId());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void create() {
    Select<Role> role = new Select<>();
    role.setLabel("What its programs may do");
    role.setItems(Role.DEVELOPER, Role.VIEWER, Role.OWNER);
    role.setItemLabelGenerator(AccessKeysView::words);
    role.setValue(Role.DEVELOPER);
    new FormDialog(
            "Create an access key",
            "Create access key",
            () -> {
              Tenants.NewAccessKey made =
                  tenants.createAccessKey(console.caller(), role.getValue());
              show();
              new NewAccessKeyDialog("New access key", made).open();
            },
            role)
        .open();
  }

  private static String name(Role role) {
    String name = role.name().toLowerCase(Locale.ROOT);
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  static String words(Role role) {
    return name(role)
        + switch (role) {
          case VIEWER -> ": read everything";
          case DEVELOPER -> ": change APIs, keys and plans";
          case OWNER, OPERATOR -> ": everything in the tenant";
        };
  }
}
