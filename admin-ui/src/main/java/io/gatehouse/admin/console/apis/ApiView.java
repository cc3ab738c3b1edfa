package io.gatehouse.admin.console.apis;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.DeployDialog;
import io.gatehouse.admin.console.stages.InvokeUrls;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DeleteRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesRequest;
import software.amazon.awssdk.services.apigateway.model.GetResourcesResponse;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** One API at a glance: where it is served, and what it is. */
@CdiComponent
@Route(value = "apis/:apiId", layout = MainLayout.class)
public class ApiView extends Page implements BeforeEnterObserver {

  private static final int MOST = 500;

  private final RestApis restApis;
  private final Resources resources;
  private final Stages stages;
  private final ConsoleCaller console;
  private final InvokeUrls invokeUrls;
  private final Instance<DeployDialog> deployDialogs;
  private final InstantSource clock;

  @Inject
  public ApiView(
      RestApis restApis,
      Resources resources,
      Stages stages,
      ConsoleCaller console,
      InvokeUrls invokeUrls,
      Instance<DeployDialog> deployDialogs,
      InstantSource clock) {
    this.restApis = restApis;
    this.resources = resources;
    this.stages = stages;
    this.console = console;
    this.invokeUrls = invokeUrls;
    this.deployDialogs = deployDialogs;
    this.clock = clock;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    show(event.getRouteParameters().get("apiId").orElseThrow());
  }

  private void show(String apiId) {
    clear();
    RestApi api =
        restApis.getRestApi(console.caller(), GetRestApiRequest.builder().restApiId(apiId).build());
    GetResourcesResponse found =
        resources.getResources(
            console.caller(),
            GetResourcesRequest.builder().restApiId(apiId).limit(MOST).embed("methods").build());
    List<Resource> paths = found.items();
    List<Stage> deployed =
        stages
            .getStages(console.caller(), GetStagesRequest.builder().restApiId(apiId).build())
            .item();
    trail(new Crumb("APIs", Links.path("apis")), Crumb.here(api.name()));
    Button deploy = new Button("Deploy…", click -> deploy(api));
    deploy.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    Button delete = new Button("Delete…", click -> askToDelete(api, deployed));
    delete.addThemeVariants(ButtonVariant.LUMO_ERROR);
    head(api.name(), Optional.ofNullable(api.description()).orElse(""), delete, deploy);
    add(new ApiTabs(apiId, ApiTabs.Section.OVERVIEW));
    if (deployed.isEmpty()) {
      add(notDeployed(api, paths));
    }
    deployed.forEach(stage -> add(stageCard(apiId, stage)));
    add(facts(api, paths, found.position() == null ? "" : "more than "));
  }

  private Component notDeployed(RestApi api, List<Resource> paths) {
    boolean hasMethods = paths.stream().anyMatch(path -> path.hasResourceMethods());
    return hasMethods
        ? new EmptyState(
            "Not deployed yet",
            "Deploying freezes the API as it is now and serves it under a stage's address, on every"
                + " node. Name the first stage as you like: dev, test or prod.",
            new Button("Deploy to a first stage…", click -> deploy(api)))
        : new EmptyState(
            "No method yet",
            "There is nothing to serve before a path has a method. Import a document into an API, or"
                + " add methods from your own tools.");
  }

  private Component stageCard(String apiId, Stage stage) {
    Card card = new Card("Stage " + stage.stageName());
    Span when = Times.ago(Optional.ofNullable(stage.lastUpdatedDate()), clock.instant());
    when.addClassName("gh-caption");
    card.beside(when, Links.to("Open", "apis", apiId, "stages", stage.stageName()));
    card.add(invokeUrls.byPath(apiId, stage.stageName()));
    return card;
  }

  private Component facts(RestApi api, List<Resource> paths, String atLeast) {
    long methods =
        paths.stream()
            .filter(Resource::hasResourceMethods)
            .mapToLong(path -> path.resourceMethods().size())
            .sum();
    return new Card(
        "About",
        new Facts()
            .add("API id", new Copyable(api.id(), "API id"))
            .add("Version", Optional.ofNullable(api.version()).orElse("–"))
            .add("Paths", atLeast + paths.size())
            .add("Methods", atLeast + methods)
            .add(
                "API key taken from",
                "HEADER".equals(api.apiKeySourceAsString())
                    ? "header x-api-key"
                    : Optional.ofNullable(api.apiKeySourceAsString()).orElse("header x-api-key"))
            .add("Created", Times.ago(Optional.ofNullable(api.createdDate()), clock.instant())));
  }

  private void deploy(RestApi api) {
    deployDialogs.get().open(api.id(), api.name(), () -> show(api.id()));
  }

  private void askToDelete(RestApi api, List<Stage> deployed) {
    ConfirmDialog dialog = new ConfirmDialog();
    dialog.setHeader("Delete " + api.name() + "?");
    String served =
        deployed.isEmpty()
            ? "It is not deployed."
            : "It is served under "
                + String.join(", ", deployed.stream().map(Stage::stageName).toList())
                + "; its callers will get 403 from then on.";
    dialog.setText(new Div(new Div(served), new Div("This cannot be undone.")));
    dialog.setCancelable(true);
    dialog.setConfirmText("Delete " + api.name());
    dialog.setConfirmButtonTheme("error primary");
    dialog.addConfirmListener(
        confirm -> {
          try {
            restApis.deleteRestApi(
                console.caller(), DeleteRestApiRequest.builder().restApiId(api.id()).build());
            Toast.done("Deleted " + api.name());
            UI.getCurrent().navigate("apis");
          } catch (ApiError refused) {
            Toast.refused(refused.getMessage());
          }
        });
    dialog.open();
  }
}
