package io.gatehouse.admin.console.pools;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.parts.WideOnly;
import io.gatehouse.admin.console.pools.PoolsPresenter.Row;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.pools.UserPools;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** The user pools of a tenant. */
@CdiComponent
@Route(value = "pools", layout = MainLayout.class)
public class PoolsView extends Page implements BeforeEnterObserver, PoolsPresenter.Screen {

  private final PoolsPresenter presenter;
  private final Addresses addresses;
  private final InstantSource clock;
  private final Grid<Row> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("user pools", text -> refresh());
  private final Note moreThanShown = Note.onlyTheFirst(PoolsPresenter.MOST, "user pools");
  private List<Row> all = List.of();

  @Inject
  public PoolsView(
      UserPools pools, ConsoleCaller console, Addresses addresses, InstantSource clock) {
    super(Crumb.here("User pools"));
    this.addresses = addresses;
    this.clock = clock;
    presenter = new PoolsPresenter(pools, console::caller, this);
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.enter(event.getLocation());
    presenter.load();
  }

  @Override
  public void show(List<Row> pools, boolean more) {
    all = pools;
    moreThanShown.setVisible(more);
    clear();
    Button make = new Button("Make a pool…", click -> make());
    make.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button register =
        new Button(
            "Register an issuer…", click -> RegistrationDialog.ofNew(presenter::register).open());
    if (pools.isEmpty()) {
      head("User pools", "");
      add(
          new EmptyState(
              "No user pool yet",
              "A user pool says whose tokens an API takes: of people and programs that you keep in"
                  + " this installation, or of an OpenID Connect issuer that you have already.",
              make,
              register,
              new Snippet(PoolSnippets.create(addresses.managementUrl()), "commands")));
      return;
    }
    head("User pools", "Whose tokens your authorizers take.", register, make);
    Div toolbar = new Div(filter);
    toolbar.addClassName("gh-toolbar");
    add(toolbar, moreThanShown, grid);
    refresh();
  }

  @Override
  public void open(String poolId) {
    UI.getCurrent().navigate(Links.path("pools", poolId));
  }

  private void refresh() {
    grid.setItems(
            all.stream().filter(row -> filter.matches(row.pool().name(), row.pool().id())).toList())
        .setIdentifierProvider(row -> row.pool().id());
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "User pools");
    grid.addComponentColumn(row -> Links.to(row.pool().name(), "pools", row.pool().id()))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addComponentColumn(row -> new Copyable(row.pool().id(), "pool id"))
        .setHeader("Id")
        .setFlexGrow(2);
    grid.addComponentColumn(
            row ->
                row.isRegistered()
                    ? new Badge("registered", Tone.INFO)
                    : new Badge("made here", Tone.OK))
        .setHeader("Kind")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addColumn(row -> row.issuer().url())
        .setHeader("Issuer")
        .setTooltipGenerator(row -> row.issuer().url())
        .setFlexGrow(3);
    WideOnly.column(
            grid.addComponentColumn(
                row -> Times.ago(Optional.ofNullable(row.pool().creationDate()), clock.instant())))
        .setHeader("Created")
        .setWidth("124px")
        .setFlexGrow(0);
  }

  private void make() {
    TextField name = new TextField("Name");
    name.setMaxLength(128);
    name.setRequiredIndicatorVisible(true);
    Checkbox byEmail = new Checkbox("People sign in with their mail address");
    new FormDialog(
            "Make a user pool",
            "Make pool",
            () -> presenter.make(name.getValue(), byEmail.getValue()),
            new Paragraph(
                "Makes a realm of this installation's sign-in service, with people, clients and keys"
                    + " of its own."),
            name,
            byEmail)
        .open();
    name.focus();
  }
}
