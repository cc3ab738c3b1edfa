package io.gatehouse.admin.console.apis;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.grid.ColumnTextAlign;
import com.vaadin.flow.component.grid.Grid;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.metrics.Traffic;
import io.gatehouse.admin.console.metrics.TrafficReader;
import io.gatehouse.admin.console.parts.Copyable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.UrlFilter;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.Stages;
import io.gatehouse.model.wire.ApiError;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.GetStagesRequest;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** The tenant's APIs. */
@CdiComponent
@Route(value = "apis", layout = MainLayout.class)
public class ApisView extends Page implements BeforeEnterObserver {

  private static final int MOST = 500;
  private static final Duration LATELY = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);

  private final RestApis restApis;
  private final Stages stages;
  private final TrafficReader traffic;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final LiveUpdates live;
  private final InstantSource clock;
  private final Grid<RestApi> grid = new Grid<>();
  private final UrlFilter filter = new UrlFilter("APIs", text -> refresh());
  private final Span count = new Span();
  private List<RestApi> all = List.of();
  private Map<String, Map<String, Traffic>> lately = Map.of();

  @Inject
  public ApisView(
      RestApis restApis,
      Stages stages,
      TrafficReader traffic,
      ConsoleCaller console,
      Addresses addresses,
      LiveUpdates live,
      InstantSource clock) {
    super(Crumb.here("APIs"));
    this.restApis = restApis;
    this.stages = stages;
    this.traffic = traffic;
    this.console = console;
    this.addresses = addresses;
    this.live = live;
    this.clock = clock;
    count.addClassNames("gh-caption", "gh-number");
    count.getElement().setAttribute("role", "status");
    columns();
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    GetRestApisResponse found =
        restApis.getRestApis(console.caller(), GetRestApisRequest.builder().limit(MOST).build());
    all = found.items();
    filter.enter(event.getLocation());
    clear();
    if (all.isEmpty()) {
      head("APIs", "");
      add(empty());
      return;
    }
    head("APIs", "", create());
    Div toolbar = new Div(filter, count);
    toolbar.addClassName("gh-toolbar");
    add(toolbar);
    if (found.position() != null) {
      add(Note.onlyTheFirst(MOST, "APIs"));
    }
    add(grid);
    lately = traffic.ofAll(console.caller(), LATELY);
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    UI ui = attach.getUI();
    live.repeat(
        ui,
        BETWEEN_LOOKS,
        () -> {
          if (isAttached() && !all.isEmpty()) {
            look(ui);
          }
          return !isAttached();
        });
  }

  /** Beside the page; what is as it was is not drawn again. */
  private void look(UI ui) {
    Caller caller;
    try {
      caller = console.caller();
    } catch (ApiError unknown) {
      // the sign-in service cannot say who this is; it is asked again at the next look
      return;
    }
    live.behind(
        ui,
        () -> {
          Map<String, Map<String, Traffic>> found = traffic.ofAll(caller, LATELY);
          return () -> {
            if (!found.equals(lately)) {
              lately = found;
              grid.getDataProvider().refreshAll();
            }
          };
        });
  }

  private void columns() {
    grid.setAllRowsVisible(true);
    grid.getElement().setAttribute("aria-label", "APIs");
    grid.addComponentColumn(api -> Links.to(api.name(), "apis", api.id()))
        .setHeader("Name")
        .setComparator(api -> api.name().toLowerCase(java.util.Locale.ROOT))
        .setSortable(true)
        .setFlexGrow(2);
    grid.addComponentColumn(api -> new Copyable(api.id(), "id of " + api.name()))
        .setHeader("Id")
        .setWidth("156px")
        .setFlexGrow(0);
    grid.addComponentColumn(this::stageLinks).setHeader("Stages").setFlexGrow(2);
    grid.addColumn(
            api ->
                lately.getOrDefault(api.id(), Map.of()).values().stream()
                    .reduce(Traffic.NOTHING, Traffic::and)
                    .count())
        .setHeader("Requests, 5 min")
        .setTextAlign(ColumnTextAlign.END)
        .setWidth("136px")
        .setFlexGrow(0);
    grid.addColumn(api -> Optional.ofNullable(api.version()).orElse("–"))
        .setHeader("Version")
        .setWidth("104px")
        .setFlexGrow(0);
    grid.addComponentColumn(
            api -> Times.ago(Optional.ofNullable(api.createdDate()), clock.instant()))
        .setHeader("Created")
        .setWidth("112px")
        .setFlexGrow(0);
  }

  private Component stageLinks(RestApi api) {
    Div badges = new Div();
    badges.addClassName("gh-badges");
    List<Stage> found =
        stages
            .getStages(console.caller(), GetStagesRequest.builder().restApiId(api.id()).build())
            .item();
    for (Stage stage : found) {
      var link = Links.to(stage.stageName(), "apis", api.id(), "stages", stage.stageName());
      link.addClassName("gh-badge");
      Traffic own =
          lately.getOrDefault(api.id(), Map.of()).getOrDefault(stage.stageName(), Traffic.NOTHING);
      link.addComponentAsFirst(dot(own));
      link.getElement().setAttribute("title", words(own));
      badges.add(link);
    }
    if (found.isEmpty()) {
      Span none = new Span("not deployed");
      none.addClassName("gh-caption");
      badges.add(none);
    }
    return badges;
  }

  /** Never by colour alone: each has a shape, and words on hover and for screen readers. */
  private static Component dot(Traffic traffic) {
    Span dot = new Span();
    dot.addClassNames(
        "gh-dot", traffic.requests() == 0 ? "quiet" : traffic.failsOften() ? "error" : "ok");
    Span words = new Span(words(traffic) + ": ");
    words.addClassName("gh-visually-hidden");
    dot.add(words);
    return dot;
  }

  private static String words(Traffic traffic) {
    return traffic.requests() == 0
        ? "no request in 5 min"
        : traffic.count() + " requests in 5 min, " + traffic.errorRate() + " failed";
  }

  private void refresh() {
    List<RestApi> shown = all.stream().filter(api -> filter.matches(api.name(), api.id())).toList();
    grid.setItems(shown);
    count.setText(
        shown.size() == all.size()
            ? all.size() + (all.size() == 1 ? " API" : " APIs")
            : shown.size() + " of " + all.size());
  }

  private Component empty() {
    return new EmptyState(
        "No API yet",
        "An API is a set of paths with methods, each leading to a backend. Bring an OpenAPI document,"
            + " take the sample, or create it from your own tools:",
        new Div(create()),
        new Snippet(
            "aws apigateway import-rest-api --endpoint-url "
                + addresses.managementUrl()
                + " --body fileb://openapi.json",
            "command"));
  }

  private static Button create() {
    Button button = new Button("Import API", click -> UI.getCurrent().navigate("apis/new"));
    button.addThemeVariants(ButtonVariant.LUMO_PRIMARY);
    return button;
  }
}
