package io.gatehouse.admin.console.pools;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.textfield.PasswordField;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.SecretOnce;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.pools.PoolPresenter.Shown;
import io.gatehouse.admin.console.pools.PoolsPresenter.Registration;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.pools.PoolUsers;
import io.gatehouse.admin.pools.ResourceServers;
import io.gatehouse.admin.pools.UserPoolClients;
import io.gatehouse.admin.pools.UserPools;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.cognitoidentityprovider.model.ResourceServerType;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientDescription;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolClientType;

/** One user pool. */
@CdiComponent
@Route(value = "pools/:id", layout = MainLayout.class)
public class PoolView extends Page implements BeforeEnterObserver, PoolPresenter.Screen {

  private final PoolPresenter presenter;
  private final Addresses addresses;
  private String id = "";

  @Inject
  public PoolView(
      UserPools pools,
      UserPoolClients clients,
      ResourceServers servers,
      PoolUsers users,
      ConsoleCaller console,
      Addresses addresses) {
    this.addresses = addresses;
    presenter = new PoolPresenter(pools, clients, servers, users, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    id = event.getRouteParameters().get("id").orElse("");
    try {
      presenter.load(id);
    } catch (ApiError refused) {
      event.rerouteToError(NotFoundException.class, refused.getMessage());
    }
  }

  @Override
  public void show(Shown shown) {
    trail(new Crumb("User pools", "pools"), Crumb.here(shown.pool().name()));
    clear();
    Button delete = new Button("Delete…", click -> delete(shown));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(shown.pool().name(), "", delete);
    add(issuer(shown));
    if (!shown.isRegistered()) {
      add(clients(shown), servers(shown), people(shown));
    }
    add(
        new Card(
            "Do this with tools",
            new Snippet(
                PoolSnippets.authorizer(addresses.managementUrl(), shown.pool()), "command"),
            new Snippet(PoolSnippets.terraform(shown), "Terraform configuration")));
  }

  private Card issuer(Shown shown) {
    Facts facts =
        new Facts()
            .add(
                "Kind",
                shown.isRegistered()
                    ? new Badge("registered", Tone.INFO)
                    : new Badge("made here", Tone.OK))
            .add("ARN", new Copyable(shown.pool().arn(), "ARN of the pool"))
            .add("Issuer", new Copyable(shown.issuer().url(), "issuer"));
    shown.issuer().keysUrl().ifPresent(url -> facts.add("Keys", new Copyable(url, "keys URL")));
    facts.add(
        "Algorithms", String.join(", ", shown.issuer().algorithms().stream().sorted().toList()));
    Card card =
        new Card(
            "What authorizers take",
            new Paragraph(
                "An authorizer of type COGNITO_USER_POOLS names the ARN among its providerARNs. It"
                    + " takes ID tokens at methods without authorization scopes, and access tokens"
                    + " at methods with them."),
            facts);
    if (shown.isRegistered()) {
      facts.add(
          "Clients",
          shown.issuer().clients().isEmpty()
              ? "every client's tokens are taken"
              : String.join(" ", shown.issuer().clients().stream().sorted().toList()));
      card.beside(
          small(
              "Edit issuer…",
              () ->
                  RegistrationDialog.of(
                          Registration.of(shown.pool()), form -> presenter.register(shown, form))
                      .open()));
    }
    return card;
  }

  private Card clients(Shown shown) {
    Card card =
        new Card("Clients")
            .beside(
                small(
                    "Add client…",
                    () ->
                        new ClientDialog(
                                shown.scopes(),
                                (name, use, scopes) ->
                                    presenter.addClient(shown, name, use, scopes))
                            .open()));
    if (shown.clients().isEmpty()) {
      card.add(
          new Paragraph(
              "None yet, so nobody can get a token. A client is a program that asks for tokens: for"
                  + " people who sign in, or for itself."));
      return card;
    }
    Grid<UserPoolClientDescription> grid = grid("Clients", shown.clients());
    grid.addColumn(UserPoolClientDescription::clientName).setHeader("Name").setFlexGrow(1);
    grid.addComponentColumn(client -> new Copyable(client.clientId(), "client id"))
        .setHeader("Client id")
        .setFlexGrow(2);
    grid.addComponentColumn(
            client ->
                delete(
                    "Delete client " + client.clientName(),
                    "Its tokens are refused from then on.",
                    () -> presenter.deleteClient(id, client)))
        .setWidth("104px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private Card servers(Shown shown) {
    Card card = new Card("Resource servers").beside(small("Add resource server…", this::addServer));
    if (shown.servers().isEmpty()) {
      card.add(
          new Paragraph(
              "None yet. A resource server names what access tokens may be for, as scopes:"
                  + " identifier/scope, which methods can ask for."));
      return card;
    }
    Grid<ResourceServerType> grid = grid("Resource servers", shown.servers());
    grid.addComponentColumn(server -> new Copyable(server.identifier(), "identifier"))
        .setHeader("Identifier")
        .setFlexGrow(2);
    grid.addColumn(
            server -> String.join(", ", server.scopes().stream().map(s -> s.scopeName()).toList()))
        .setHeader("Scopes")
        .setFlexGrow(2);
    grid.addComponentColumn(
            server ->
                delete(
                    "Delete resource server " + server.identifier(),
                    "No token carries its scopes from then on.",
                    () -> presenter.deleteServer(id, server)))
        .setWidth("104px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private Card people(Shown shown) {
    String client = shown.clients().isEmpty() ? "CLIENT_ID" : shown.clients().getFirst().clientId();
    List<String> scopes = shown.scopes().isEmpty() ? List.of("IDENTIFIER/SCOPE") : shown.scopes();
    return new Card(
            "People and tokens",
            new Paragraph("A token of a person, to send in the header Authorization:"),
            new Snippet(
                PoolSnippets.passwordToken(addresses.managementUrl(), client),
                "command for a person's token"),
            new Paragraph("A token of a program, with scopes:"),
            new Snippet(
                PoolSnippets.programToken(shown.issuer().url(), client, scopes),
                "command for a program's token"))
        .beside(small("Add person…", this::addUser));
  }

  private void addUser() {
    TextField name = new TextField("User name");
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(128);
    PasswordField password = new PasswordField("Password");
    password.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Add a person",
            "Add person",
            () -> presenter.addUser(id, name.getValue(), password.getValue()),
            new Paragraph(
                "Somebody who signs in with this password from now on; no message is sent."),
            name,
            password)
        .open();
    name.focus();
  }

  private void addServer() {
    TextField identifier = new TextField("Identifier");
    identifier.setRequiredIndicatorVisible(true);
    identifier.setHelperText("What scopes begin with: a word or a URL, as https://api.example.com");
    TextField name = new TextField("Name");
    TextArea scopes = new TextArea("Scopes, one a line");
    scopes.setHelperText("A name without slash, then what it means: read  Read orders");
    scopes.setRequiredIndicatorVisible(true);
    scopes.addClassNames("gh-document", "short");
    new FormDialog(
            "Add a resource server",
            "Add resource server",
            () ->
                presenter.addServer(id, identifier.getValue(), name.getValue(), scopes.getValue()),
            identifier,
            name,
            scopes)
        .withLines()
        .open();
    identifier.focus();
  }

  private void delete(Shown shown) {
    TextField typed = new TextField("Name of the pool");
    typed.setPlaceholder(shown.pool().name());
    typed.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Delete user pool " + shown.pool().name() + "?",
            "Delete pool",
            () -> presenter.delete(shown.pool(), typed.getValue()),
            new Paragraph(
                shown.isRegistered()
                    ? "Authorizers that name it refuse everybody from then on."
                    : "Its people, clients and keys go with it, and authorizers that name it refuse"
                        + " everybody from then on. This cannot be undone."),
            typed)
        .open();
    typed.focus();
  }

  private static <T> Grid<T> grid(String label, List<T> items) {
    Grid<T> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", label);
    grid.setAllRowsVisible(true);
    grid.setItems(items);
    return grid;
  }

  private static Button small(String label, Runnable action) {
    Button button = new Button(label, click -> Asking.orShow(action));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private static Component delete(String what, String consequence, Runnable doIt) {
    Button button = small("Delete…", () -> Asking.before(what, consequence, doIt));
    button.setAriaLabel(what);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_ERROR);
    return button;
  }

  @Override
  public void made(UserPoolClientType client) {
    if (client.clientSecret() == null) {
      Toast.done("Added client " + client.clientName());
      return;
    }
    new SecretOnce(
            "Client " + client.clientName(),
            "Copy the secret now: the console does not show it again. Tools read it by"
                + " DescribeUserPoolClient, which is recorded.",
            new Facts()
                .add("Client id", new Copyable(client.clientId(), "client id"))
                .add("Client secret", new Copyable(client.clientSecret(), "client secret")))
        .open();
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void gone(String text) {
    Toast.done(text);
    UI.getCurrent().navigate("pools");
  }
}
