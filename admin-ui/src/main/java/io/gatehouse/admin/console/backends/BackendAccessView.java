package io.gatehouse.admin.console.backends;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.backends.BackendAccessPresenter.RoleForm;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.BackendAccess;
import io.gatehouse.admin.operations.BackendAccess.Authority;
import io.gatehouse.admin.operations.BackendAccess.BackendRole;
import io.gatehouse.admin.operations.BackendAccess.Endpoint;
import io.gatehouse.admin.operations.BackendAccess.Settled;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** Keys for roles, endpoints of services and own authorities, of all integrations. */
@CdiComponent
@Route(value = "backend-access", layout = MainLayout.class)
public class BackendAccessView extends Page
    implements BeforeEnterObserver, BackendAccessPresenter.Screen {

  private static final List<String> SERVICES =
      List.of(
          "*",
          "dynamodb",
          "events",
          "firehose",
          "kinesis",
          "lambda",
          "s3",
          "sns",
          "sqs",
          "ssm",
          "states",
          "sts");

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd").withZone(ZoneOffset.UTC);

  private final BackendAccessPresenter presenter;
  private final Addresses addresses;
  private final Note warning = new Note();

  @Inject
  public BackendAccessView(BackendAccess access, ConsoleCaller console, Addresses addresses) {
    super(Crumb.here("Backend access"));
    this.addresses = addresses;
    presenter = new BackendAccessPresenter(access, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    presenter.load();
  }

  @Override
  public void show(Settled all) {
    clear();
    warning.hush();
    head(
        "Backend access",
        "What all integrations of this tenant reach their backends with. Changes take effect at"
            + " once, without a deployment.");
    add(warning, roles(all.roles()), endpoints(all.endpoints()), authorities(all.authorities()));
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void warn(String text) {
    warning.say(Tone.WARNING, text);
    warning.scrollIntoView();
  }

  private Component roles(List<BackendRole> roles) {
    Card card =
        new Card("Roles")
            .beside(
                small(
                    "Add role…", () -> new RoleDialog(RoleForm.EMPTY, presenter::putRole).open()));
    if (roles.isEmpty()) {
      card.add(
          new Paragraph(
              "None yet. Integrations with AWS services name a role in their credentials; give the"
                  + " keys that sign for it here. The role default stands in where none is"
                  + " named."));
      return card;
    }
    Grid<BackendRole> grid = grid("Roles", roles);
    grid.addComponentColumn(
            role -> new Div(new Div(new Copyable(role.name(), "role " + role.name())), keys(role)))
        .setHeader("Role and its keys");
    grid.addComponentColumn(
            role ->
                role.policy().isPresent()
                    ? new Badge("by policy", Tone.INFO)
                    : new Badge("nothing", Tone.PLAIN))
        .setHeader("May call here")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            role ->
                actions(
                    link(
                        "Edit…",
                        "Edit role " + role.name(),
                        () -> new RoleDialog(RoleForm.of(role), presenter::putRole).open()),
                    delete(
                        "Delete role " + role.name(),
                        "Integrations that name it answer 500 from then on, and its keys are"
                            + " forgotten.",
                        () -> presenter.deleteRole(role))))
        .setWidth("168px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private static Component keys(BackendRole role) {
    if (role.accessKeyId().isEmpty()) {
      Span none = new Span("no keys");
      none.addClassName("gh-caption");
      return none;
    }
    Div keys = new Div(new Copyable(role.accessKeyId(), "access key id of " + role.name()));
    keys.addClassName("gh-target");
    if (role.hasSessionToken()) {
      keys.add(new Badge("temporary", Tone.WARNING));
    }
    if (role.assume()) {
      keys.add(new Badge("by STS", Tone.INFO));
    }
    return keys;
  }

  private Component endpoints(List<Endpoint> endpoints) {
    Card card = new Card("Endpoints").beside(small("Set endpoint…", this::putEndpoint));
    if (endpoints.isEmpty()) {
      card.add(
          new Paragraph(
              "None yet: AWS services are called where the operator says, else at AWS. Send one"
                  + " service, or all, to a compatible endpoint of yours:"),
          new Snippet(
              """
              curl --aws-sigv4 aws:amz:%s:gatehouse --user "$AWS_ACCESS_KEY_ID:$AWS_SECRET_ACCESS_KEY" \\
                -X PUT %s/backend-access/endpoints/sqs -d '{"url": "https://sqs.example.com"}'"""
                  .formatted(addresses.region(), addresses.managementUrl()),
              "command"));
      return card;
    }
    Grid<Endpoint> grid = grid("Endpoints", endpoints);
    grid.addColumn(each -> each.service().equals("*") ? "* (all others)" : each.service())
        .setHeader("Service")
        .setFlexGrow(1);
    grid.addComponentColumn(each -> new Copyable(each.url(), "endpoint of " + each.service()))
        .setHeader("Where it is called")
        .setFlexGrow(3);
    grid.addComponentColumn(BackendAccessView::reach).setHeader("Egress").setFlexGrow(1);
    grid.addComponentColumn(
            each ->
                actions(
                    delete(
                        "Delete endpoint of " + each.service(),
                        "The service is called where the operator says from then on, else at AWS.",
                        () -> presenter.deleteEndpoint(each))))
        .setWidth("104px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private static Component reach(Endpoint endpoint) {
    if (endpoint.warning().isEmpty()) {
      return new Badge("allowed", Tone.OK);
    }
    Badge badge = new Badge("blocked", Tone.WARNING);
    badge.getElement().setAttribute("title", endpoint.warning().get());
    return badge;
  }

  private void putEndpoint() {
    ComboBox<String> service = new ComboBox<>("Service");
    service.setItems(SERVICES);
    service.setAllowCustomValue(true);
    service.addCustomValueSetListener(typed -> service.setValue(typed.getDetail()));
    service.setHelperText("As integrations name it; * for all that have no endpoint of their own");
    service.setRequiredIndicatorVisible(true);
    TextField url = new TextField("Endpoint");
    url.setHelperText(
        "http://host:port or https://host; aws for AWS itself; for lambda also gatehouse, the"
            + " functions of this installation");
    url.setRequiredIndicatorVisible(true);
    new FormDialog(
            "Set an endpoint",
            "Set endpoint",
            () ->
                presenter.putEndpoint(
                    service.getValue() == null ? "" : service.getValue(), url.getValue()),
            service,
            url)
        .open();
    service.focus();
  }

  private Component authorities(List<Authority> authorities) {
    Card card =
        new Card("Certificate authorities").beside(small("Add authorities…", this::addAuthorities));
    if (authorities.isEmpty()) {
      card.add(
          new Paragraph(
              "None yet: backends are trusted by the authorities of the system alone. Add your own"
                  + " where backends have certificates of a private one."));
      return card;
    }
    Grid<Authority> grid = grid("Certificate authorities", authorities);
    grid.addColumn(Authority::subject).setHeader("Subject").setFlexGrow(2);
    grid.addComponentColumn(each -> new Copyable(each.sha256(), "fingerprint"))
        .setHeader("SHA-256")
        .setFlexGrow(2);
    grid.addColumn(each -> DAY.format(each.expires()))
        .setHeader("Expires")
        .setWidth("128px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            each ->
                actions(
                    delete(
                        "Delete authority " + each.subject(),
                        "Backends with certificates of it answer 502 from then on.",
                        () -> presenter.deleteAuthority(each))))
        .setWidth("104px")
        .setFlexGrow(0);
    card.add(grid);
    return card;
  }

  private void addAuthorities() {
    TextArea pem = new TextArea("Certificates in PEM");
    pem.addClassNames("gh-document", "short");
    pem.setHelperText("One or several; of authorities only, without private keys");
    pem.setPlaceholder("-----BEGIN CERTIFICATE-----");
    pem.getElement().setAttribute("spellcheck", "false");
    new FormDialog(
            "Add authorities",
            "Add authorities",
            () -> presenter.addAuthorities(pem.getValue()),
            pem)
        .withLines()
        .open();
    pem.focus();
  }

  private static <T> Grid<T> grid(String label, List<T> items) {
    Grid<T> grid = new Grid<>();
    grid.getElement().setAttribute("aria-label", label);
    grid.setAllRowsVisible(true);
    grid.setItems(items);
    return grid;
  }

  private static Component actions(Component... buttons) {
    return new Div(buttons);
  }

  private static Button small(String label, Runnable action) {
    Button button = new Button(label, click -> Asking.orShow(action));
    button.addThemeVariants(ButtonVariant.LUMO_SMALL);
    return button;
  }

  private static Button link(String label, String name, Runnable action) {
    Button button = small(label, action);
    button.setAriaLabel(name);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY);
    return button;
  }

  private static Button delete(String what, String consequence, Runnable doIt) {
    Button button = link("Delete…", what, () -> Asking.before(what, consequence, doIt));
    button.addThemeVariants(ButtonVariant.LUMO_ERROR);
    return button;
  }
}
