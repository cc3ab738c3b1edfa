package io.gatehouse.admin.console.iam;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.router.RouteAlias;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.iam.IdentitiesPresenter.Row;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.Roles;
import io.gatehouse.admin.iam.Users;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The users of a tenant, or its groups, or its roles: the address says which. */
@CdiComponent
@Route(value = "iam", layout = MainLayout.class)
@RouteAlias(value = "iam/users", layout = MainLayout.class)
@RouteAlias(value = "iam/groups", layout = MainLayout.class)
@RouteAlias(value = "iam/roles", layout = MainLayout.class)
public class IdentitiesView extends Page
    implements BeforeEnterObserver, IdentitiesPresenter.Screen {

  static final String TITLE = "Users and roles";

  private final IdentitiesPresenter presenter;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;
  private final UrlFilter filter = new UrlFilter("users and roles", text -> refresh());
  private Grid<Row> grid = new Grid<>();
  private Holder.Kind kind = Holder.Kind.USER;
  private List<Row> all = List.of();

  @Inject
  public IdentitiesView(
      Users users,
      Groups groups,
      Roles roles,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    super(Crumb.here(TITLE));
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
    presenter = new IdentitiesPresenter(users, groups, roles, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    kind =
        Arrays.stream(Holder.Kind.values())
            .filter(each -> event.getLocation().getPath().endsWith("/" + each.path()))
            .findFirst()
            .orElse(Holder.Kind.USER);
    filter.enter(event.getLocation());
    presenter.load(kind);
  }

  @Override
  public void show(List<Row> identities, boolean more) {
    all = identities;
    clear();
    Button create = new Button("Create " + kind.word() + "…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (identities.isEmpty()) {
      head(TITLE, "");
      add(
          new IamTabs(Optional.of(kind)),
          new EmptyState(
              "No " + kind.word() + " yet",
              lead(),
              create,
              new Snippet(
                  IamSnippets.create(addresses.managementUrl(), kind, console.caller().account()),
                  "command")));
      return;
    }
    head(TITLE, lead(), create);
    Div toolbar = new Div(filter);
    toolbar.addClassName("gh-toolbar");
    grid = grid();
    add(new IamTabs(Optional.of(kind)), toolbar);
    if (more) {
      add(Note.onlyTheFirst(HeldPolicies.MOST, kind.path()));
    }
    add(grid);
    refresh();
  }

  private String lead() {
    return switch (kind) {
      case USER ->
          "A user has access keys, with which a program signs its calls of your APIs and of the"
              + " management API; its policies say which of them it may make.";
      case GROUP -> "A group gives the same policies to all users that are in it.";
      case ROLE ->
          "A role is assumed by users, by other tenants or by services: it gives them keys that"
              + " expire, and its own policies with them.";
    };
  }

  private Grid<Row> grid() {
    Grid<Row> rows = new Grid<>();
    rows.setAllRowsVisible(true);
    rows.getElement().setAttribute("aria-label", kind.title());
    rows.addComponentColumn(row -> Links.to(row.name(), IamPaths.of(row.holder())))
        .setHeader("Name")
        .setFlexGrow(2);
    rows.addComponentColumn(row -> new Copyable(row.arn(), "ARN")).setHeader("ARN").setFlexGrow(3);
    rows.addComponentColumn(row -> Times.ago(Optional.of(row.created()), clock.instant()))
        .setHeader("Created")
        .setWidth("124px")
        .setFlexGrow(0);
    return rows;
  }

  private void refresh() {
    grid.setItems(all.stream().filter(row -> filter.matches(row.name(), row.arn())).toList())
        .setIdentifierProvider(Row::name);
  }

  private void create() {
    TextField name = new TextField("Name");
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(128);
    switch (kind) {
      case USER ->
          new FormDialog(
                  "Create a user", "Create user", () -> presenter.createUser(name.getValue()), name)
              .open();
      case GROUP ->
          new FormDialog(
                  "Create a group",
                  "Create group",
                  () -> presenter.createGroup(name.getValue()),
                  name)
              .open();
      case ROLE -> {
        TextField description = new TextField("Description");
        new DocumentDialog(
                "Create a role",
                "Create role",
                presenter.trustTemplates(),
                "",
                trust -> presenter.createRole(name.getValue(), description.getValue(), trust),
                name,
                description)
            .open();
      }
    }
    name.focus();
  }

  @Override
  public void open(Holder made) {
    UI.getCurrent().navigate(Links.path(IamPaths.of(made)));
  }
}
