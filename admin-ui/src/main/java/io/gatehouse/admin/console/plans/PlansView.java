package io.gatehouse.admin.console.plans;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.IntegerField;
import com.vaadin.flow.component.textfield.NumberField;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.UsagePlans;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** The tenant's usage plans. */
@CdiComponent
@Route(value = "plans", layout = MainLayout.class)
public class PlansView extends Page implements BeforeEnterObserver {

  private static final int MOST = 500;

  private final UsagePlans usagePlans;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final Grid<UsagePlan> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("plans", text -> refresh());
  private List<UsagePlan> all = List.of();

  @Inject
  public PlansView(UsagePlans usagePlans, ConsoleCaller console, Addresses addresses) {
    super(Crumb.here("Usage plans"));
    this.usagePlans = usagePlans;
    this.console = console;
    this.addresses = addresses;
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    GetUsagePlansResponse found =
        usagePlans.getUsagePlans(
            console.caller(), GetUsagePlansRequest.builder().limit(MOST).build());
    all = found.items();
    filter.enter(event.getLocation());
    clear();
    Button create = new Button("Create plan…", click -> create());
    create.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    if (all.isEmpty()) {
      head("Usage plans", "");
      add(
          new EmptyState(
              "No usage plan yet",
              "A usage plan says which stages its keys may call. Make a plan, attach a stage, then"
                  + " attach your customers' keys.",
              create,
              new Snippet(
                  "aws apigateway create-usage-plan --name basic --endpoint-url "
                      + addresses.managementUrl(),
                  "command")));
      return;
    }
    head("Usage plans", "", create);
    Div toolbar = new Div(filter);
    toolbar.addClassName("gh-toolbar");
    add(toolbar);
    if (found.position() != null) {
      add(Note.onlyTheFirst(MOST, "usage plans"));
    }
    add(grid);
    refresh();
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "Usage plans");
    grid.addComponentColumn(plan -> Links.to(plan.name(), "plans", plan.id()))
        .setHeader("Name")
        .setFlexGrow(2);
    grid.addComponentColumn(plan -> new Copyable(plan.id(), "id of plan " + plan.name()))
        .setHeader("Id")
        .setWidth("180px")
        .setFlexGrow(0);
    grid.addColumn(plan -> plan.hasApiStages() ? plan.apiStages().size() : 0)
        .setHeader("Stages")
        .setWidth("96px")
        .setFlexGrow(0);
    grid.addColumn(PlanWords::throttle).setHeader("Rate");
    grid.addColumn(PlanWords::quota).setHeader("Quota");
  }

  private void refresh() {
    grid.setItems(all.stream().filter(plan -> filter.matches(plan.name(), plan.id())).toList());
  }

  private void create() {
    TextField name = new TextField("Name");
    TextField description = new TextField("Description");
    NumberField rate = new NumberField("Requests a second");
    IntegerField burst = new IntegerField("Burst");
    IntegerField quota = new IntegerField("Requests");
    Select<String> period = new Select<>();
    period.setLabel("per");
    period.setItems("DAY", "WEEK", "MONTH");
    period.setValue("MONTH");
    rate.setHelperText("Empty for no limit");
    quota.setHelperText("Empty for no quota");
    Div throttle = new Div(rate, burst);
    throttle.addClassName("gh-pair");
    Div allowance = new Div(quota, period);
    allowance.addClassName("gh-pair");
    new FormDialog(
            "Create a usage plan",
            "Create plan",
            () -> {
              CreateUsagePlanRequest.Builder request =
                  CreateUsagePlanRequest.builder().name(name.getValue().strip());
              if (!description.isEmpty()) {
                request.description(description.getValue().strip());
              }
              if (!rate.isEmpty() || !burst.isEmpty()) {
                request.throttle(
                    ThrottleSettings.builder()
                        .rateLimit(rate.getValue())
                        .burstLimit(burst.getValue())
                        .build());
              }
              if (!quota.isEmpty()) {
                request.quota(
                    QuotaSettings.builder()
                        .limit(quota.getValue())
                        .period(period.getValue())
                        .build());
              }
              UsagePlan made = usagePlans.createUsagePlan(console.caller(), request.build());
              Toast.done("Created plan " + made.name());
              UI.getCurrent().navigate(Links.path("plans", made.id()));
            },
            name,
            description,
            throttle,
            allowance)
        .open();
    name.focus();
  }
}
