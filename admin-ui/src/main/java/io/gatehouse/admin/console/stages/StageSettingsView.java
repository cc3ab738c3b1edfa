package io.gatehouse.admin.console.stages;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.EffectiveSettings;
import io.gatehouse.admin.operations.ResponseCaches;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.admin.operations.Tags;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** All that can be set of one stage. */
@CdiComponent
@Route(value = "apis/:apiId/stages/:stage/settings", layout = MainLayout.class)
public class StageSettingsView extends Page implements BeforeEnterObserver {

  private final RestApis restApis;
  private final Stages stages;
  private final EffectiveSettings settings;
  private final ReasonHeaderPresenter reasonHeader;
  private final StageCache cache;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private Location location = new Location("");
  private MethodSettingsCard methods;
  private String apiId = "";
  private String stageName = "";

  @Inject
  public StageSettingsView(
      RestApis restApis,
      Stages stages,
      EffectiveSettings settings,
      ResponseCaches caches,
      Tags tags,
      ConsoleCaller console,
      Addresses addresses) {
    this.restApis = restApis;
    this.stages = stages;
    this.settings = settings;
    this.reasonHeader = new ReasonHeaderPresenter(tags, console::caller);
    this.cache = new StageCache(stages, caches, console::caller);
    this.console = console;
    this.addresses = addresses;
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    apiId = event.getRouteParameters().get("apiId").orElseThrow();
    stageName = event.getRouteParameters().get("stage").orElseThrow();
    location = event.getLocation();
    show();
  }

  private void show() {
    clear();
    Caller caller = console.caller();
    RestApi api = restApis.getRestApi(caller, GetRestApiRequest.builder().restApiId(apiId).build());
    StageEditor editor = new StageEditor(stages, console::caller, apiId, stageName);
    Stage stage = editor.stage();
    StageSnippets snippets = new StageSnippets(addresses.managementUrl(), apiId, stageName);
    trail(
        new Crumb("APIs", Links.path("apis")),
        new Crumb(api.name(), Links.path("apis", apiId)),
        new Crumb("Stage " + stageName, Links.path("apis", apiId, "stages", stageName)),
        Crumb.here("Settings"));
    head("Stage " + stageName, "of " + api.name());
    methods =
        new MethodSettingsCard(
            editor,
            snippets,
            stage,
            settings.effectiveSettings(caller, apiId, stageName),
            location,
            this::showAgain);
    add(
        new StageTabs(apiId, stageName, StageTabs.Section.SETTINGS),
        methods,
        new VariablesCard(editor, snippets, stage, this::showAgain),
        new AccessLogCard(editor, snippets, stage, destination(caller), this::showAgain),
        new CacheCard(cache, snippets, apiId, stage, this::showAgain),
        new TracingCard(editor, snippets, stage, this::showAgain),
        new ReasonHeaderCard(reasonHeader, snippets, apiId, stage));
  }

  private void showAgain() {
    location = methods.location();
    show();
  }

  /** As the vendor names its log groups. */
  private String destination(Caller caller) {
    return "arn:aws:logs:%s:%s:log-group:API-Gateway-Access-Logs_%s/%s"
        .formatted(caller.region(), caller.account(), apiId, stageName);
  }
}
