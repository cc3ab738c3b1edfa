package io.gatehouse.admin.console.iam;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.iam.RolePresenter.Shown;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.iam.Roles;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Role;

/** One role. */
@CdiComponent
@Route(value = "iam/roles/:name", layout = MainLayout.class)
public class RoleView extends Page implements BeforeEnterObserver, RolePresenter.Screen {

  private final RolePresenter presenter;
  private final HeldPolicies policies;
  private final RestApis apis;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private String name = "";

  @Inject
  public RoleView(
      Roles roles,
      HeldPolicies policies,
      RestApis apis,
      ConsoleCaller console,
      Addresses addresses) {
    this.policies = policies;
    this.apis = apis;
    this.console = console;
    this.addresses = addresses;
    presenter = new RolePresenter(roles, policies, console::caller, this);
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
        new Crumb(IdentitiesView.TITLE, Links.path(IamPaths.list(Holder.Kind.ROLE))),
        Crumb.here(name));
    clear();
    Button delete =
        new Button(
            "Delete…",
            click ->
                TypedName.ask(
                    "role",
                    name,
                    "Its policies have to be taken from it before. Keys that it has given are"
                        + " refused within moments.",
                    typed -> presenter.delete(name, typed)));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(name, Optional.ofNullable(shown.role().description()).orElse(""), delete);
    Holder holder = new Holder(Holder.Kind.ROLE, name);
    PoliciesOf held =
        new PoliciesOf(
            policies, apis, console::caller, holder, done -> presenter.changed(name, done));
    add(
        role(shown.role()),
        trust(shown),
        new PoliciesCard(held, shown.policies()),
        PoliciesCard.boundary(held, shown.policies()),
        new TagsCard(shown.role().tags(), lines -> presenter.tag(shown.role(), lines)),
        tools(shown, holder));
  }

  private Card role(Role role) {
    return new Card(
            "Role",
            new Facts()
                .add("ARN", new Copyable(role.arn(), "ARN of the role"))
                .add("Role id", new Copyable(role.roleId(), "role id"))
                .add("Longest session", role.maxSessionDuration() + " s")
                .add("Created", Times.exact(role.createDate())))
        .beside(RowButtons.small("Configure…", () -> configure(role)));
  }

  private Card trust(Shown shown) {
    return new Card("Who may assume it", new Snippet(shown.trust(), "trust policy"))
        .beside(
            RowButtons.small(
                "Edit trust policy…",
                () ->
                    new DocumentDialog(
                            "Trust policy of " + name,
                            "Save trust policy",
                            presenter.trustTemplates(),
                            shown.trust(),
                            document -> presenter.trust(name, document))
                        .open()));
  }

  private Card tools(Shown shown, Holder holder) {
    String endpoint = addresses.managementUrl();
    return new Card(
        "Do this with tools",
        new Snippet(IamSnippets.assume(endpoint, shown.role().arn()), "command to assume the role"),
        new Snippet(
            IamSnippets.attach(endpoint, holder, console.caller().account()),
            "command to attach a policy"),
        new Snippet(
            IamSnippets.terraformRole(name, shown.trust(), shown.role().maxSessionDuration()),
            "Terraform configuration"));
  }

  private void configure(Role role) {
    TextField description = new TextField("Description");
    description.setMaxLength(1000);
    description.setValue(Optional.ofNullable(role.description()).orElse(""));
    IntegerField session = new IntegerField("Longest session in seconds");
    session.setHelperText("3600 to 43200: one hour to twelve");
    session.setValue(role.maxSessionDuration());
    new FormDialog(
            "Configure " + name,
            "Save role",
            () -> presenter.configure(name, description.getValue(), session.getValue()),
            description,
            session)
        .open();
    description.focus();
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void gone(String text) {
    Toast.done(text);
    UI.getCurrent().navigate(Links.path(IamPaths.list(Holder.Kind.ROLE)));
  }
}
