package io.gatehouse.admin.console.team;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.SecretOnce;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.WideOnly;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller.Role;
import io.gatehouse.admin.operations.People;
import io.gatehouse.admin.tenants.PeopleDirectory.Member;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;

/** The people of a tenant, and those who are invited. */
@CdiComponent
@Route(value = "people", layout = MainLayout.class)
public class PeopleView extends Page implements BeforeEnterObserver, PeoplePresenter.Screen {

  private static final String LEAD =
      "Who works on this tenant in the console. Programs have access keys instead.";

  private final PeoplePresenter presenter;
  private final InstantSource clock;
  private final Grid<Member> grid = new Grid<>();

  @Inject
  public PeopleView(People people, ConsoleCaller console, InstantSource clock) {
    super(Crumb.here("People"));
    this.clock = clock;
    presenter = new PeoplePresenter(people, console::caller, this);
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    clear();
    Button invite = new Button("Invite person…", click -> invite());
    invite.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    head("People", LEAD, invite);
    add(grid);
    presenter.load();
  }

  @Override
  public void show(List<Member> people) {
    grid.setItems(people);
  }

  @Override
  public void showOnce(Member person, String password) {
    new SecretOnce(
            "Invitation of " + person.userName(),
            "Hand this password over now: it is not shown again. It opens the console once, to"
                + " choose another one.",
            new Facts()
                .add("User name", new Copyable(person.userName(), "user name"))
                .add("Password", new Copyable(password, "password")))
        .open();
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "People");
    grid.addComponentColumn(PeopleView::name).setHeader("Name").setFlexGrow(2);
    grid.addColumn(Member::email).setHeader("Email").setFlexGrow(2);
    grid.addColumn(person -> PeoplePresenter.name(person.role())).setHeader("Role").setFlexGrow(1);
    grid.addComponentColumn(PeopleView::state).setHeader("State").setWidth("120px").setFlexGrow(0);
    WideOnly.column(
            grid.addComponentColumn(person -> Times.ago(person.lastSignIn(), clock.instant())))
        .setHeader("Last sign-in")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::actions).setWidth("232px").setFlexGrow(0);
  }

  private static Component name(Member person) {
    Span name = new Span(person.displayName());
    Span userName = new Span(person.userName());
    userName.addClassNames("gh-mono", "gh-secondary");
    return new Div(name, new Span(" "), userName);
  }

  private static Component state(Member person) {
    if (!person.enabled()) {
      return new Badge("locked", Tone.WARNING);
    }
    return person.pending() ? new Badge("invited", Tone.INFO) : new Badge("member", Tone.OK);
  }

  private Component actions(Member person) {
    Button change = action("Change role…", "Change the role of ", person, () -> change(person));
    change.setEnabled(!presenter.isCaller(person));
    Button remove =
        action(
            "Remove…",
            "Remove ",
            person,
            () ->
                Asking.before(
                    "Remove " + person.userName(),
                    "They see nothing of this tenant any more, at the latest in a minute. Access"
                        + " keys that they have made stay.",
                    () -> presenter.remove(person)));
    remove.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return new Div(change, remove);
  }

  private static Button action(String label, String spoken, Member person, Runnable doIt) {
    Button button = new Button(label, click -> doIt.run());
    button.setAriaLabel(spoken + person.userName());
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void invite() {
    TextField name = new TextField("User name or email");
    name.setMaxLength(100);
    name.setHelperText(
        "Who is known to the sign-in service is a member at once; anybody else chooses a password"
            + " first");
    Select<Role> role = role(Role.DEVELOPER);
    new FormDialog(
            "Invite a person",
            "Invite person",
            () -> presenter.invite(name.getValue(), role.getValue()),
            name,
            role)
        .open();
    name.focus();
  }

  private void change(Member person) {
    Select<Role> role = role(person.role());
    new FormDialog(
            "Role of " + person.userName(),
            "Change role",
            () -> presenter.changeRole(person, role.getValue()),
            role)
        .open();
  }

  private static Select<Role> role(Role now) {
    Select<Role> role = new Select<>();
    role.setLabel("Role");
    role.setItems(PeoplePresenter.ROLES);
    role.setItemLabelGenerator(AccessKeysView::words);
    role.setValue(now);
    return role;
  }
}
