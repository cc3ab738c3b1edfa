package io.gatehouse.admin.console.iam;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.iam.CustomerManagedPolicies;
import io.gatehouse.admin.operations.RestApis;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.iam.model.Policy;

/** The managed policies of a tenant, and those that are built in. */
@CdiComponent
@Route(value = "iam/policies", layout = MainLayout.class)
public class PoliciesView extends Page implements BeforeEnterObserver, PoliciesPresenter.Screen {

  private static final String LEAD =
      "A managed policy holds for all users, groups and roles to which it is attached.";

  private final PoliciesPresenter presenter;
  private final Grid<Policy> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("policies", text -> refresh());
  private List<Policy> all = List.of();

  @Inject
  public PoliciesView(CustomerManagedPolicies policies, RestApis apis, ConsoleCaller console) {
    super(Crumb.here(IdentitiesView.TITLE));
    presenter = new PoliciesPresenter(policies, apis, console::caller, this);
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    filter.enter(event.getLocation());
    presenter.load();
  }

  @Override
  public void show(List<Policy> policies, boolean more) {
    all = policies;
    clear();
    Button create = new Button("Create policy…", click -> Asking.orShow(this::create));
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    head(IdentitiesView.TITLE, LEAD, create);
    Div toolbar = new Div(filter);
    toolbar.addClassName("gh-toolbar");
    add(new IamTabs(Optional.empty()), toolbar);
    if (more) {
      add(Note.onlyTheFirst(HeldPolicies.MOST, "policies"));
    }
    add(grid);
    refresh();
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Policies");
    grid.addComponentColumn(policy -> Links.to(policy.policyName(), IamPaths.policy(policy.arn())))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addComponentColumn(
            policy ->
                PolicyPresenter.isBuiltIn(policy)
                    ? new Badge("built in", Tone.PLAIN)
                    : new Badge("your own", Tone.OK))
        .setHeader("Kind")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addColumn(policy -> Optional.ofNullable(policy.description()).orElse(""))
        .setHeader("Description")
        .setTooltipGenerator(Policy::description)
        .setFlexGrow(3);
    grid.addComponentColumn(
            policy -> number(policy.attachmentCount() + policy.permissionsBoundaryUsageCount()))
        .setHeader("Used by")
        .setWidth("96px")
        .setFlexGrow(0);
  }

  private static Span number(int count) {
    Span span = new Span(Integer.toString(count));
    span.addClassName("gh-number");
    return span;
  }

  private void refresh() {
    grid.setItems(
            all.stream()
                .filter(policy -> filter.matches(policy.policyName(), policy.arn()))
                .toList())
        .setIdentifierProvider(Policy::arn);
  }

  private void create() {
    TextField name = new TextField("Name");
    name.setRequiredIndicatorVisible(true);
    name.setMaxLength(128);
    TextField description = new TextField("Description");
    description.setMaxLength(1000);
    new DocumentDialog(
            "Create a policy",
            "Create policy",
            presenter.templates(),
            "",
            document -> presenter.create(name.getValue(), description.getValue(), document),
            name,
            description)
        .open();
    name.focus();
  }

  @Override
  public void open(String arn) {
    UI.getCurrent().navigate(Links.path(IamPaths.policy(arn)));
  }
}
