package io.gatehouse.admin.console.iam;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.iam.GroupPresenter.Shown;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.iam.model.User;

/** One group. */
@CdiComponent
@Route(value = "iam/groups/:name", layout = MainLayout.class)
public class GroupView extends Page implements BeforeEnterObserver, GroupPresenter.Screen {

  private final GroupPresenter presenter;
  private final HeldPolicies policies;
  private final RestApis apis;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private String name = "";

  @Inject
  public GroupView(
      Groups groups,
      Users users,
      HeldPolicies policies,
      RestApis apis,
      ConsoleCaller console,
      Addresses addresses) {
    this.policies = policies;
    this.apis = apis;
    this.console = console;
    this.addresses = addresses;
    presenter = new GroupPresenter(groups, users, policies, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    name = event.getRouteParameters().get("name").orElse("");
    try {
      presenter.load(name);
    } catch (ApiError refused) {
      event.rerouteToError(NotFoundException.class, refused.getMessage());
    }
  }

  @Override
  public void show(Shown shown) {
    trail(
        new Crumb(IdentitiesView.TITLE, Links.path(IamPaths.list(Holder.Kind.GROUP))),
        Crumb.here(name));
    clear();
    Button delete =
        new Button(
            "Delete…",
            click ->
                TypedName.ask(
                    "group",
                    name,
                    "Its users and policies have to be taken from it before.",
                    typed -> presenter.delete(name, typed)));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(name, "", delete);
    Holder holder = new Holder(Holder.Kind.GROUP, name);
    PoliciesOf held =
        new PoliciesOf(
            policies, apis, console::caller, holder, done -> presenter.changed(name, done));
    add(
        new Card(
            "Group",
            new Facts()
                .add("ARN", new Copyable(shown.group().arn(), "ARN of the group"))
                .add("Created", Times.exact(shown.group().createDate()))),
        members(shown),
        new PoliciesCard(held, shown.policies()),
        new Card(
            "Do this with tools",
            new Snippet(
                IamSnippets.attach(addresses.managementUrl(), holder, console.caller().account()),
                "command"),
            new Snippet(IamSnippets.terraformGroup(name), "Terraform configuration")));
  }

  private Card members(Shown shown) {
    Card card = new Card("Users").beside(RowButtons.small("Add user…", this::addUser));
    if (shown.members().isEmpty()) {
      card.add(new Paragraph("None yet. The group's policies hold for all users in it."));
      return card;
    }
    if (shown.more()) {
      card.add(Note.onlyTheFirst(HeldPolicies.MOST, "users"));
    }
    Grid<User> grid = RowButtons.grid("Users", shown.members());
    grid.addComponentColumn(
            user ->
                Links.to(
                    user.userName(), IamPaths.of(new Holder(Holder.Kind.USER, user.userName()))))
        .setHeader("Name")
        .setFlexGrow(1);
    grid.addComponentColumn(
            user ->
                RowButtons.losing(
                    "Remove…",
                    "Remove " + user.userName(),
                    "What only the group's policies allow is refused within moments.",
                    () -> presenter.remove(name, user.userName())))
        .setWidth("112px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private void addUser() {
    ComboBox<String> user = new ComboBox<>("User");
    user.setItems(presenter.userNames());
    user.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Add a user to " + name,
            "Add user",
            () -> presenter.add(name, user.getOptionalValue()),
            user)
        .open();
    user.focus();
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void gone(String text) {
    Toast.done(text);
    UI.getCurrent().navigate(Links.path(IamPaths.list(Holder.Kind.GROUP)));
  }
}
