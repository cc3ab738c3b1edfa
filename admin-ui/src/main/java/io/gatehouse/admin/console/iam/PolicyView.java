package io.gatehouse.admin.console.iam;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.NotFoundException;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.iam.PolicyPresenter.Shown;
import io.gatehouse.admin.console.iam.PolicyPresenter.Use;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.iam.PolicyVersions;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.PolicyVersion;

/** One managed policy, in the version that the address says. */
@CdiComponent
@Route(value = "iam/policy/:arn*", layout = MainLayout.class)
public class PolicyView extends Page implements BeforeEnterObserver, PolicyPresenter.Screen {

  private final PolicyPresenter presenter;
  private final RestApis apis;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final InstantSource clock;

  @Inject
  public PolicyView(
      CustomerManagedPolicies policies,
      PolicyVersions versions,
      RestApis apis,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock) {
    this.apis = apis;
    this.console = console;
    this.addresses = addresses;
    this.clock = clock;
    presenter = new PolicyPresenter(policies, versions, console::caller, this);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    try {
      presenter.load(
          event.getRouteParameters().get("arn").orElse(""),
          event.getLocation().getQueryParameters().getSingleParameter("version"));
    } catch (ApiError refused) {
      event.rerouteToError(NotFoundException.class, refused.getMessage());
    }
  }

  @Override
  public void show(Shown shown) {
    String name = shown.policy().policyName();
    trail(new Crumb(IdentitiesView.TITLE, Links.path(IamPaths.policies())), Crumb.here(name));
    clear();
    String lead = Optional.ofNullable(shown.policy().description()).orElse("");
    if (shown.isBuiltIn()) {
      head(name, lead);
    } else {
      Button delete =
          new Button(
              "Delete…",
              click ->
                  TypedName.ask(
                      "policy",
                      name,
                      "It has to be detached from everybody, and its other versions deleted, before.",
                      typed -> presenter.delete(shown.policy(), typed)));
      delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
      head(name, lead, delete);
    }
    add(facts(shown), document(shown), uses(shown));
    if (!shown.isBuiltIn()) {
      add(
          versions(shown),
          new TagsCard(shown.policy().tags(), lines -> presenter.tag(shown.policy(), lines)),
          new Card(
              "Do this with tools",
              new Snippet(
                  IamSnippets.version(addresses.managementUrl(), shown.policy().arn()), "command"),
              new Snippet(
                  IamSnippets.terraformPolicy(shown.policy(), shown.document()),
                  "Terraform configuration")));
    }
  }

  private static Card facts(Shown shown) {
    return new Card(
        "Policy",
        new Facts()
            .add(
                "Kind",
                shown.isBuiltIn()
                    ? new Badge("built in", Tone.PLAIN)
                    : new Badge("your own", Tone.OK))
            .add("ARN", new Copyable(shown.policy().arn(), "ARN of the policy"))
            .add("Default version", shown.policy().defaultVersionId()));
  }

  private Card document(Shown shown) {
    Card card =
        new Card("Document, version " + shown.open(), new Snippet(shown.document(), "document"));
    return shown.isBuiltIn()
        ? card
        : card.beside(RowButtons.small("Edit document…", () -> edit(shown)));
  }

  private void edit(Shown shown) {
    Checkbox takesEffect = new Checkbox("It takes effect at once, as the default version", true);
    new DocumentDialog(
            "New version of " + shown.policy().policyName(),
            "Save version",
            Documents.permissions(console.caller(), apis),
            shown.document(),
            document -> presenter.save(shown.policy().arn(), document, takesEffect.getValue()),
            takesEffect)
        .open();
  }

  private static Card uses(Shown shown) {
    Card card = new Card("Attached to");
    if (shown.uses().isEmpty()) {
      card.add(new Paragraph("Nobody yet: attach it on the page of a user, group or role."));
      return card;
    }
    Grid<Use> grid = RowButtons.grid("Attached to", shown.uses());
    grid.addComponentColumn(use -> Links.to(use.holder().name(), IamPaths.of(use.holder())))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addColumn(use -> use.holder().kind().word()).setHeader("Kind").setFlexGrow(1);
    grid.addColumn(use -> use.asBoundary() ? "limits it, as permissions boundary" : "allows")
        .setHeader("What it does")
        .setFlexGrow(2);
    card.add(grid);
    return card;
  }

  private Card versions(Shown shown) {
    Grid<PolicyVersion> grid = RowButtons.grid("Versions", shown.versions());
    grid.addComponentColumn(version -> open(shown, version)).setHeader("Version").setFlexGrow(1);
    grid.addComponentColumn(
            version -> version.isDefaultVersion() ? new Badge("default", Tone.OK) : new Span())
        .setHeader("State")
        .setFlexGrow(1);
    grid.addComponentColumn(
            version -> Times.ago(Optional.of(version.createDate()), clock.instant()))
        .setHeader("Created")
        .setFlexGrow(1);
    grid.addComponentColumn(version -> actions(shown, version)).setWidth("240px").setFlexGrow(0);
    return new Card("Versions", grid);
  }

  private static Component open(Shown shown, PolicyVersion version) {
    Anchor link =
        new Anchor(
            IamPaths.version(shown.policy().arn(), version.versionId()), version.versionId());
    if (version.versionId().equals(shown.open())) {
      link.getElement().setAttribute("aria-current", "true");
    }
    return link;
  }

  private Component actions(Shown shown, PolicyVersion version) {
    String id = version.versionId();
    String arn = shown.policy().arn();
    if (version.isDefaultVersion()) {
      return new Span();
    }
    return new Div(
        RowButtons.inRow(
            "Make default", "Make " + id + " the default", () -> presenter.takeEffect(arn, id)),
        RowButtons.losing(
            "Delete…",
            "Delete version " + id,
            "It cannot be made the default one again.",
            () -> presenter.deleteVersion(arn, id)));
  }

  @Override
  public void open(String arn, Optional<String> version) {
    UI.getCurrent()
        .navigate(
            Links.path(IamPaths.policy(arn)),
            version.map(id -> QueryParameters.of("version", id)).orElseGet(QueryParameters::empty));
  }

  @Override
  public void notice(String text) {
    Toast.done(text);
  }

  @Override
  public void gone(String text) {
    Toast.done(text);
    UI.getCurrent().navigate(Links.path(IamPaths.policies()));
  }
}
