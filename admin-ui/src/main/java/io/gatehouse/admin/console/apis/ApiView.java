package io.gatehouse.admin.console.apis;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.ListItem;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.html.UnorderedList;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.metrics.LastDay;
import io.gatehouse.admin.console.metrics.Traffic;
import io.gatehouse.admin.console.metrics.TrafficReader;
import io.gatehouse.admin.console.parts.Badge;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Facts;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Toast;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.console.stages.DeployDialog;
import io.gatehouse.admin.console.stages.InvokeUrls;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Resources;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DeleteRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
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
  private static final int LAST = 5;
  private static final Duration HOUR = Duration.ofHours(1);

  private final RestApis restApis;
  private final Resources resources;
  private final Stages stages;
  private final Deployments deployments;
  private final TrafficReader traffic;
  private final LastDay lastDay;
  private final ConsoleCaller console;
  private final InvokeUrls invokeUrls;
  private final Instance<DeployDialog> deployDialogs;
  private final InstantSource clock;

  @Inject
  public ApiView(
      RestApis restApis,
      Resources resources,
      Stages stages,
      Deployments deployments,
      TrafficReader traffic,
      LastDay lastDay,
      ConsoleCaller console,
      InvokeUrls invokeUrls,
      Instance<DeployDialog> deployDialogs,
      InstantSource clock) {
    this.restApis = restApis;
    this.resources = resources;
    this.stages = stages;
    this.deployments = deployments;
    this.traffic = traffic;
    this.lastDay = lastDay;
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
    Map<String, Traffic> hour = traffic.ofStages(console.caller(), apiId, HOUR);
    deployed.forEach(
        stage ->
            add(stageCard(apiId, stage, hour.getOrDefault(stage.stageName(), Traffic.NOTHING))));
    Div columns =
        new Div(
            checklist(apiId, paths, deployed),
            lastDeployments(apiId),
            facts(api, paths, found.position() == null ? "" : "more than "));
    columns.addClassNames("gh-cards", "wide");
    add(columns);
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

  private Component checklist(String apiId, List<Resource> paths, List<Stage> deployed) {
    Facts facts = new Facts();
    for (ApiChecklist.Item item : ApiChecklist.of(apiId, paths, deployed)) {
      Div value =
          new Div(
              item.set() ? new Badge("set", Tone.OK) : new Badge("not all", Tone.PLAIN),
              new Anchor(Links.ROOT + item.path(), item.words()));
      value.addClassName("gh-badges");
      facts.add(item.title(), value);
    }
    return new Card("What is set", facts);
  }

  private Component lastDeployments(String apiId) {
    List<Deployment> last =
        deployments
            .getDeployments(
                console.caller(),
                GetDeploymentsRequest.builder().restApiId(apiId).limit(MOST).build())
            .items()
            .stream()
            .sorted(Comparator.comparing(Deployment::createdDate).reversed())
            .limit(LAST)
            .toList();
    Card card = new Card("Last deployments").beside(Links.to("All", "apis", apiId, "deployments"));
    if (last.isEmpty()) {
      card.add(new Paragraph("None yet."));
      return card;
    }
    UnorderedList lines = new UnorderedList();
    lines.addClassNames("gh-lines", "apart");
    for (Deployment one : last) {
      Span words = new Span(Optional.ofNullable(one.description()).orElse(""));
      words.addClassName("gh-secondary");
      Span when = Times.ago(Optional.of(one.createdDate()), clock.instant());
      when.addClassName("end");
      lines.add(new ListItem(new Copyable(one.id(), "deployment id"), words, when));
    }
    card.add(lines);
    return card;
  }

  private static Component asked(String apiId, Stage stage, Traffic hour) {
    Anchor link =
        new Anchor(
            Links.ROOT + "metrics?last=hour&api=" + apiId + "&stage=" + stage.stageName(),
            hour.requests() == 0
                ? "No request in the last hour"
                : hour.count()
                    + (hour.requests() == 1 ? " request" : " requests")
                    + " in the last hour, "
                    + hour.errorRate()
                    + " failed");
    Div line = new Div(link);
    line.addClassName("gh-badges");
    if (hour.failsOften()) {
      line.add(new Badge("fails often", Tone.ERROR));
    }
    return line;
  }

  private Component stageCard(String apiId, Stage stage, Traffic hour) {
    Card card = new Card("Stage " + stage.stageName());
    Span when = Times.ago(Optional.ofNullable(stage.lastUpdatedDate()), clock.instant());
    when.addClassName("gh-caption");
    card.beside(when, Links.to("Open", "apis", apiId, "stages", stage.stageName()));
    card.add(invokeUrls.byPath(apiId, stage.stageName()), asked(apiId, stage, hour));
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
    dialog.setText(
        new Div(
            new Div(served),
            new Div(lastDay.ofApi(console.caller(), api.id())),
            new Div("This cannot be undone.")));
    dialog.setCancelable(true);
    dialog.setConfirmText("Delete " + api.name());
    dialog.setConfirmButtonTheme("error primary");
    dialog.setCancelButtonTheme("secondary");
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
