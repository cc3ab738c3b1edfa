package io.gatehouse.admin.console.stages;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H3;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.metrics.LastDay;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Exports;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Sdks;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.compile.Unserved;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.DeleteStageRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentRequest;
import software.amazon.awssdk.services.apigateway.model.GetExportRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** One stage: its addresses, what it serves, and which nodes serve it. */
@CdiComponent
@Route(value = "apis/:apiId/stages/:stage", layout = MainLayout.class)
public class StageView extends Page implements BeforeEnterObserver {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  private final RestApis restApis;
  private final Stages stages;
  private final Deployments deployments;
  private final Exports exports;
  private final Sdks sdks;
  private final Nodes nodes;
  private final DeploymentHistory history;
  private final Metrics metrics;
  private final LastDay lastDay;
  private final ConsoleCaller console;
  private final InvokeUrls invokeUrls;
  private final Addresses addresses;
  private final Instance<DeployDialog> deployDialogs;
  private final LiveUpdates live;
  private final InstantSource clock;
  private final ReceiptList receipt = new ReceiptList();
  private String apiId = "";
  private String stageName = "";

  @Inject
  public StageView(
      RestApis restApis,
      Stages stages,
      Deployments deployments,
      Exports exports,
      Sdks sdks,
      Nodes nodes,
      DeploymentHistory history,
      Metrics metrics,
      LastDay lastDay,
      ConsoleCaller console,
      InvokeUrls invokeUrls,
      Addresses addresses,
      Instance<DeployDialog> deployDialogs,
      LiveUpdates live,
      InstantSource clock) {
    this.restApis = restApis;
    this.stages = stages;
    this.deployments = deployments;
    this.exports = exports;
    this.sdks = sdks;
    this.nodes = nodes;
    this.history = history;
    this.metrics = metrics;
    this.lastDay = lastDay;
    this.console = console;
    this.invokeUrls = invokeUrls;
    this.addresses = addresses;
    this.deployDialogs = deployDialogs;
    this.live = live;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    apiId = event.getRouteParameters().get("apiId").orElseThrow();
    stageName = event.getRouteParameters().get("stage").orElseThrow();
    show();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    live.repeat(attach.getUI(), BETWEEN_LOOKS, () -> !isAttached() || !lookAtNodes());
  }

  private void show() {
    clear();
    RestApi api =
        restApis.getRestApi(console.caller(), GetRestApiRequest.builder().restApiId(apiId).build());
    Stage stage =
        stages.getStage(
            console.caller(),
            GetStageRequest.builder().restApiId(apiId).stageName(stageName).build());
    trail(
        new Crumb("APIs", Links.path("apis")),
        new Crumb(api.name(), Links.path("apis", apiId)),
        Crumb.here("Stage " + stageName));
    Button deploy =
        new Button(
            "Deploy again…",
            click ->
                deployDialogs.get().open(apiId, api.name(), Optional.of(stageName), this::show));
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button delete = new Button("Delete stage…", click -> askToDelete(api));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(
        "Stage " + stageName,
        Optional.ofNullable(stage.description()).orElse("of " + api.name()),
        new Anchor(Links.ROOT + "logs?api=" + apiId + "&stage=" + stageName, "Logs"),
        delete,
        deploy);
    add(new StageTabs(apiId, stageName, StageTabs.Section.OVERVIEW));
    lookAtNodes();
    Div columns = new Div(new Card("Nodes", receipt), serves(stage));
    columns.addClassNames("gh-cards", "wide");
    GetExportRequest export =
        GetExportRequest.builder().restApiId(apiId).stageName(stageName).build();
    add(urls(), columns);
    if (stage.canarySettings() != null) {
      add(canary(stage), canaryBesideStage(stage));
    }
    add(
        undeployed(),
        new ExportCard(exports, console.caller(), export),
        new SdkCard(sdks, console.caller(), apiId, stageName));
    unserved().ifPresent(this::add);
  }

  private Component canary(Stage stage) {
    return new CanaryCard(
        new StageEditor(stages, console::caller, apiId, stageName),
        new StageSnippets(addresses.managementUrl(), apiId, stageName),
        new StageHistory(deployments, history, console::caller, apiId),
        stage,
        lastDay.ofStage(console.caller(), apiId, stageName),
        this::show);
  }

  private Component canaryBesideStage(Stage stage) {
    return new CanaryCompareCard(
        new CanaryPresenter(metrics, clock, apiId, stageName, made(stage.canarySettings())),
        console,
        live);
  }

  /** When the canary's deployment was made, before which there was no canary of it. */
  private Instant made(CanarySettings canary) {
    try {
      return deployments
          .getDeployment(
              console.caller(),
              GetDeploymentRequest.builder()
                  .restApiId(apiId)
                  .deploymentId(canary.deploymentId())
                  .build())
          .createdDate();
    } catch (ApiError gone) {
      return Instant.EPOCH;
    }
  }

  private Component undeployed() {
    ChangeList changes = new ChangeList();
    changes.show(history.undeployedChanges(console.caller(), apiId, stageName));
    return new Card("Undeployed changes", changes);
  }

  private Optional<Component> unserved() {
    List<Unserved> unserved = nodes.unserved(console.caller(), apiId, stageName);
    if (unserved.isEmpty()) {
      return Optional.empty();
    }
    UnorderedList lines = new UnorderedList();
    unserved.forEach(
        one ->
            lines.add(
                new ListItem(
                    one.place()
                        + ": "
                        + one.reason()
                        + (one.refused()
                            ? "; its requests are refused."
                            : "; served without it."))));
    return Optional.of(
        new Card(
            "Not served as defined",
            new Note(
                Tone.WARNING, "The definition asks for what the nodes of this version do not do."),
            lines));
  }

  private Component urls() {
    Card card = new Card("Invoke URLs");
    card.add(new H3("By path"), invokeUrls.byPath(apiId, stageName));
    card.add(
        new H3("By host name"),
        new Paragraph("For clients that find the API by its name, as on AWS."),
        invokeUrls.byHost(apiId, stageName));
    addresses.gatewayUrls().stream()
        .findFirst()
        .ifPresent(
            url ->
                card.add(
                    new Snippet(
                        "curl -i " + Addresses.byPath(url, apiId, stageName) + "/", "command")));
    return card;
  }

  private Component serves(Stage stage) {
    return new Card(
        "Serves",
        new Facts()
            .add("Deployment", new Copyable(stage.deploymentId(), "deployment id"))
            .add(
                "Last changed",
                Times.ago(Optional.ofNullable(stage.lastUpdatedDate()), clock.instant()))
            .add("Created", Times.ago(Optional.ofNullable(stage.createdDate()), clock.instant())));
  }

  /**
   * @return whether it makes sense to look again
   */
  private boolean lookAtNodes() {
    try {
      receipt.show(nodes.receipt(console.caller(), apiId, stageName), Optional.empty());
      return true;
    } catch (ApiError gone) {
      return false;
    }
  }

  private void askToDelete(RestApi api) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Delete stage " + stageName + " of " + api.name() + "?");
    dialog.setText(
        new Div(
            new Div(
                "Its addresses answer 403 from then on, on every node. The API itself stays as it"
                    + " is."),
            new Div(lastDay.ofStage(console.caller(), apiId, stageName))));
    dialog.setCancelable(true);
    dialog.setConfirmText("Delete stage " + stageName);
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelButtonTheme("secondary");
    dialog.addConfirmListener(
        confirm -> {
          try {
            stages.deleteStage(
                console.caller(),
                DeleteStageRequest.builder().restApiId(apiId).stageName(stageName).build());
            Toast.done("Deleted stage " + stageName);
            UI.getCurrent().navigate(Links.path("apis", apiId));
          } catch (ApiError refused) {
            Toast.refused(refused.getMessage());
          }
        });
    dialog.open();
  }
}
