package io.gatehouse.admin.console.apis;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.FormDialog;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.ChangeList;
import io.gatehouse.admin.console.stages.DeployDialog;
import io.gatehouse.admin.console.stages.StageHistory;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.DeploymentHistory.DeletedDeployment;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.definition.DefinitionDiff.Difference;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DeleteDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

/** The deployments of one API, newest first, and those deleted that can come back. */
@CdiComponent
@Route(value = "apis/:apiId/deployments", layout = MainLayout.class)
public class DeploymentsView extends Page implements BeforeEnterObserver {

  private static final int MOST = 500;

  private final RestApis restApis;
  private final Deployments deployments;
  private final DeploymentHistory history;
  private final Stages stages;
  private final ConsoleCaller console;
  private final Instance<DeployDialog> deployDialogs;
  private final InstantSource clock;
  private String apiId = "";

  @Inject
  public DeploymentsView(
      RestApis restApis,
      Deployments deployments,
      DeploymentHistory history,
      Stages stages,
      ConsoleCaller console,
      Instance<DeployDialog> deployDialogs,
      InstantSource clock) {
    this.restApis = restApis;
    this.deployments = deployments;
    this.history = history;
    this.stages = stages;
    this.console = console;
    this.deployDialogs = deployDialogs;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    apiId = event.getRouteParameters().get("apiId").orElseThrow();
    show();
  }

  private void show() {
    clear();
    RestApi api =
        restApis.getRestApi(console.caller(), GetRestApiRequest.builder().restApiId(apiId).build());
    trail(
        new Crumb("APIs", Links.path("apis")),
        new Crumb(api.name(), Links.path("apis", apiId)),
        Crumb.here("Deployments"));
    Button deploy =
        new Button("Deploy…", click -> deployDialogs.get().open(apiId, api.name(), this::show));
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    head(api.name(), Optional.ofNullable(api.description()).orElse(""), deploy);
    add(new ApiTabs(apiId, ApiTabs.Section.DEPLOYMENTS));
    List<Deployment> all =
        deployments
            .getDeployments(
                console.caller(),
                GetDeploymentsRequest.builder().restApiId(apiId).limit(MOST).build())
            .items();
    List<DeletedDeployment> deleted = history.deletedDeployments(console.caller(), apiId);
    add(
        all.isEmpty()
            ? new EmptyState(
                "No deployment",
                "A deployment freezes the API as it is. Stages serve one each, and an earlier one"
                    + " again when you need to go back.")
            : history(all));
    if (!deleted.isEmpty()) {
      add(
          new Card(
              "Deleted",
              new Paragraph(
                  "Restoring one makes a new deployment of the same API. The newest 100 are kept."),
              graveyard(deleted)));
    }
  }

  private Component history(List<Deployment> all) {
    List<Stage> serving =
        stages
            .getStages(console.caller(), GetStagesRequest.builder().restApiId(apiId).build())
            .item();
    Grid<Deployment> grid = grid("Deployments");
    grid.setItems(all);
    grid.addComponentColumn(one -> new Copyable(one.id(), "deployment id"))
        .setHeader("Id")
        .setWidth("132px")
        .setFlexGrow(0);
    grid.addComponentColumn(one -> description(Optional.ofNullable(one.description())))
        .setHeader("Description")
        .setFlexGrow(2);
    grid.addComponentColumn(one -> stagesOf(one, serving)).setHeader("Served by").setFlexGrow(1);
    grid.addComponentColumn(
            one -> Times.ago(Optional.ofNullable(one.createdDate()), clock.instant()))
        .setHeader("Made")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addComponentColumn(one -> actions(one, serving))
        .setWidth("184px")
        .setFlexGrow(0)
        .setFrozenToEnd(true);
    return grid;
  }

  private Component graveyard(List<DeletedDeployment> deleted) {
    Grid<DeletedDeployment> grid = grid("Deleted deployments");
    grid.setItems(deleted);
    grid.addComponentColumn(one -> new Copyable(one.id(), "deployment id"))
        .setHeader("Id")
        .setWidth("132px")
        .setFlexGrow(0);
    grid.addComponentColumn(one -> description(one.description()))
        .setHeader("Description")
        .setFlexGrow(2);
    grid.addComponentColumn(one -> Times.ago(Optional.of(one.created()), clock.instant()))
        .setHeader("Made")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addComponentColumn(one -> Times.ago(Optional.of(one.deleted()), clock.instant()))
        .setHeader("Deleted")
        .setWidth("112px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            one -> small("Restore", "Restore deployment " + one.id(), () -> restore(one)))
        .setWidth("120px")
        .setFlexGrow(0)
        .setFrozenToEnd(true);
    return grid;
  }

  private static <T> Grid<T> grid(String label) {
    Grid<T> grid = new Grid<>();
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", label);
    return grid;
  }

  private static Component description(Optional<String> text) {
    Span span = new Span(text.orElse("–"));
    text.ifPresent(words -> span.getElement().setAttribute("title", words));
    return span;
  }

  private static Component stagesOf(Deployment one, List<Stage> serving) {
    Div badges = new Div();
    badges.addClassName("gh-badges");
    for (Stage stage : serving) {
      if (one.id().equals(stage.deploymentId())) {
        badges.add(new Badge(stage.stageName(), Tone.OK));
      }
      if (stage.canarySettings() != null
          && one.id().equals(stage.canarySettings().deploymentId())) {
        badges.add(new Badge(stage.stageName() + " canary", Tone.INFO));
      }
    }
    return badges;
  }

  private Component actions(Deployment one, List<Stage> serving) {
    Div buttons = new Div();
    if (!serving.isEmpty()) {
      buttons.add(
          small("Serve…", "Serve deployment " + one.id(), () -> askWhereToServe(one, serving)));
    }
    Button delete =
        small(
            "Delete…",
            "Delete deployment " + one.id(),
            () ->
                Asking.before(
                    "Delete deployment " + one.id(),
                    "No stage must serve it. It can be restored from the list of deleted ones.",
                    () -> delete(one)));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    buttons.add(delete);
    return buttons;
  }

  private static Button small(String text, String label, Runnable action) {
    Button button = new Button(text, click -> action.run());
    button.setAriaLabel(label);
    button.addThemeVariants(ButtonVariant.LUMO_TERTIARY, ButtonVariant.LUMO_SMALL);
    return button;
  }

  private void askWhereToServe(Deployment one, List<Stage> serving) {
    Select<Stage> stage = new Select<>();
    stage.setLabel("Stage");
    stage.setItems(serving);
    stage.setItemLabelGenerator(Stage::stageName);
    ChangeList changes = new ChangeList();
    stage.addValueChangeListener(
        change -> {
          List<Difference> different =
              history.deploymentChanges(
                  console.caller(), apiId, change.getValue().deploymentId(), one.id());
          changes.show(different, StageHistory.words(change.getValue(), different.size()));
        });
    stage.setValue(serving.getFirst());
    new FormDialog(
            "Serve deployment " + one.id(),
            "Serve it",
            () -> {
              String name = stage.getValue().stageName();
              stages.updateStage(
                  console.caller(),
                  UpdateStageRequest.builder()
                      .restApiId(apiId)
                      .stageName(name)
                      .patchOperations(
                          PatchOperation.builder()
                              .op(Op.REPLACE)
                              .path("/deploymentId")
                              .value(one.id())
                              .build())
                      .build());
              Toast.done("Stage " + name + " serves deployment " + one.id());
              show();
            },
            stage,
            changes)
        .open();
  }

  private void delete(Deployment one) {
    deployments.deleteDeployment(
        console.caller(),
        DeleteDeploymentRequest.builder().restApiId(apiId).deploymentId(one.id()).build());
    Toast.done("Deleted deployment " + one.id());
    show();
  }

  private void restore(DeletedDeployment one) {
    Asking.orShow(
        () -> {
          Deployment made = history.restoreDeployment(console.caller(), apiId, one.id());
          Toast.done("Restored as deployment " + made.id());
          show();
        });
  }
}
