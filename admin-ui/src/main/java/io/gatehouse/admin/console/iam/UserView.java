package io.gatehouse.admin.console.iam;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.iam.UserPresenter.Shown;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.SecretOnce;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.iam.Groups;
import io.gatehouse.admin.iam.UserAccessKeys;
import io.gatehouse.admin.iam.Users;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.Group;
import software.amazon.awssdk.services.iam.model.StatusType;

/** One user. */
@CdiComponent
@Route(value = "iam/users/:name", layout = MainLayout.class)
public class UserView extends Page implements BeforeEnterObserver, UserPresenter.Screen {

  private final UserPresenter presenter;
  private final HeldPolicies policies;
  private final RestApis apis;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;
  private String name = "";

  @Inject
  public UserView(
      Users users,
      UserAccessKeys keys,
      Groups groups,
      HeldPolicies policies,
      RestApis apis,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    this.policies = policies;
    this.apis = apis;
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
    presenter = new UserPresenter(users, keys, groups, policies, console::caller, this);
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
        new Crumb(IdentitiesView.TITLE, Links.path(IamPaths.list(Holder.Kind.USER))),
        Crumb.here(name));
    clear();
    Button delete =
        new Button(
            "Delete…",
            click ->
                TypedName.ask(
                    "user",
                    name,
                    "Its access keys, policies and groups have to be taken from it before.",
                    typed -> presenter.delete(name, typed)));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(name, "", delete);
    Holder holder = new Holder(Holder.Kind.USER, name);
    PoliciesOf held =
        new PoliciesOf(
            policies, apis, console::caller, holder, done -> presenter.changed(name, done));
    add(
        new Card(
            "User",
            new Facts()
                .add("ARN", new Copyable(shown.user().arn(), "ARN of the user"))
                .add("User id", new Copyable(shown.user().userId(), "user id"))
                .add("Created", Times.exact(shown.user().createDate()))),
        keys(shown),
        new PoliciesCard(held, shown.policies()),
        groups(shown),
        PoliciesCard.boundary(held, shown.policies()),
        new TagsCard(shown.user().tags(), lines -> presenter.tag(shown.user(), lines)),
        tools(holder));
  }

  private Card tools(Holder holder) {
    return new Card(
        "Do this with tools",
        new Paragraph("A call that is signed with an access key of the user:"),
        new Snippet(
            IamSnippets.call(addresses.gatewayUrls().getFirst(), addresses.region()),
            "signed call"),
        new Snippet(
            IamSnippets.attach(addresses.managementUrl(), holder, console.caller().account()),
            "command"),
        new Snippet(IamSnippets.terraformUser(name), "Terraform configuration"));
  }

  private Card keys(Shown shown) {
    Card card =
        new Card("Access keys")
            .beside(RowButtons.small("Create access key", () -> presenter.createKey(name)));
    if (shown.keys().isEmpty()) {
      card.add(
          new Paragraph(
              "None yet, so nobody can sign as this user. An access key is an id and a secret, which"
                  + " is shown once, when it is made."));
      return card;
    }
    Grid<AccessKeyMetadata> grid = RowButtons.grid("Access keys", shown.keys());
    grid.addComponentColumn(key -> new Copyable(key.accessKeyId(), "access key id"))
        .setHeader("Access key id")
        .setFlexGrow(2);
    grid.addComponentColumn(
            key -> isOn(key) ? new Badge("active", Tone.OK) : new Badge("off", Tone.PLAIN))
        .setHeader("State")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addComponentColumn(key -> Times.ago(Optional.of(key.createDate()), clock.instant()))
        .setHeader("Created")
        .setWidth("124px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::actions).setWidth("208px").setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private static boolean isOn(AccessKeyMetadata key) {
    return key.status() == StatusType.ACTIVE;
  }

  private Component actions(AccessKeyMetadata key) {
    String id = key.accessKeyId();
    return new Div(
        isOn(key)
            ? RowButtons.losing(
                "Switch off…",
                "Switch off " + id,
                "Calls that are signed with it are refused within moments, until it is switched on.",
                () -> presenter.switchKey(key, false))
            : RowButtons.inRow(
                "Switch on", "Switch on " + id, () -> presenter.switchKey(key, true)),
        RowButtons.losing(
            "Delete…",
            "Delete access key " + id,
            "Calls that are signed with it are refused within moments. This cannot be undone.",
            () -> presenter.deleteKey(key)));
  }

  private Card groups(Shown shown) {
    Card card = new Card("Groups").beside(RowButtons.small("Add to group…", this::join));
    if (shown.groups().isEmpty()) {
      card.add(new Paragraph("In none. The policies of a group hold for all users in it."));
      return card;
    }
    Grid<Group> grid = RowButtons.grid("Groups", shown.groups());
    grid.addComponentColumn(
            group ->
                Links.to(
                    group.groupName(),
                    IamPaths.of(new Holder(Holder.Kind.GROUP, group.groupName()))))
        .setHeader("Name")
        .setFlexGrow(1);
    grid.addComponentColumn(
            group ->
                RowButtons.losing(
                    "Remove…",
                    "Remove from group " + group.groupName(),
                    "What only the group's policies allow is refused within moments.",
                    () -> presenter.leave(name, group.groupName())))
        .setWidth("112px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private void join() {
    ComboBox<String> group = new ComboBox<>("Group");
    group.setItems(presenter.groupNames());
    group.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Add " + name + " to a group",
            "Add to group",
            () -> presenter.join(name, group.getOptionalValue()),
            group)
        .open();
    group.focus();
  }

  @Override
  public void made(AccessKey key) {
    new SecretOnce(
            "Access key of " + name,
            "Copy the secret now: it is not shown again. Lost secrets are replaced by a new key.",
            new Facts()
                .add("Access key id", new Copyable(key.accessKeyId(), "access key id"))
                .add("Secret access key", new Copyable(key.secretAccessKey(), "secret access key")))
        .open();
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void gone(String text) {
    Toast.done(text);
    UI.getCurrent().navigate(Links.path(IamPaths.list(Holder.Kind.USER)));
  }
}
