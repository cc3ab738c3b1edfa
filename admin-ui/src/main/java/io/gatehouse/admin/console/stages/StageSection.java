package io.gatehouse.admin.console.stages;

import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import software.amazon.awssdk.services.apigateway.model.GetRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** One section of a stage besides its overview: which stage it is of, and the way to the others. */
abstract class StageSection extends Page implements BeforeEnterObserver {

  private final RestApis restApis;
  private final Stages stages;
  private final ConsoleCaller console;
  private final StageTabs.Section section;
  private final String title;
  private Location location = new Location("");
  private String apiId = "";
  private String stageName = "";

  StageSection(
      RestApis restApis,
      Stages stages,
      ConsoleCaller console,
      StageTabs.Section section,
      String title) {
    this.restApis = restApis;
    this.stages = stages;
    this.console = console;
    this.section = section;
    this.title = title;
  }

  @Override
  public final void beforeEnter(BeforeEnterEvent event) {
    apiId = event.getRouteParameters().get("apiId").orElseThrow();
    stageName = event.getRouteParameters().get("stage").orElseThrow();
    location = event.getLocation();
    show();
  }

  /** Shows the section anew, at the same address. */
  final void show() {
    clear();
    RestApi api =
        restApis.getRestApi(console.caller(), GetRestApiRequest.builder().restApiId(apiId).build());
    trail(
        new Crumb("APIs", Links.path("apis")),
        new Crumb(api.name(), Links.path("apis", apiId)),
        new Crumb("Stage " + stageName, Links.path("apis", apiId, "stages", stageName)),
        Crumb.here(title));
    head("Stage " + stageName, "of " + api.name());
    add(new StageTabs(apiId, stageName, section));
    fill(new StageEditor(stages, console::caller, apiId, stageName));
  }

  /** Adds what the section is about. */
  abstract void fill(StageEditor editor);

  final Location location() {
    return location;
  }

  /** What is shown has got another address meanwhile. */
  final void location(Location now) {
    location = now;
  }

  final String apiId() {
    return apiId;
  }

  final String stageName() {
    return stageName;
  }
}
