package io.gatehouse.admin.console.metrics;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.metrics.Question.Fixed;
import io.gatehouse.admin.console.metrics.Question.Last;
import io.gatehouse.admin.console.parts.Asking;
import io.gatehouse.admin.console.parts.Card;
import io.gatehouse.admin.console.parts.Chart;
import io.gatehouse.admin.console.parts.ChartData;
import io.gatehouse.admin.console.parts.ChartTable;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.RestApis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;

/** How many requests there were, how they ended and how long they took. */
@CdiComponent
@Route(value = "metrics", layout = MainLayout.class)
public class MetricsView extends Page implements BeforeEnterObserver, MetricsPresenter.Screen {

  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final int MOST_APIS = 500;
  private static final String LEAD =
      "Requests, errors and latencies of stages; of single methods, too, where a stage has detailed"
          + " metrics. Draw over a chart to look closer.";

  private final MetricsPresenter presenter;
  private final RestApis restApis;
  private final ConsoleCaller console;
  private final LiveUpdates live;
  private final InstantSource clock;
  private final Addresses addresses;
  private final MetricsFilter filter = new MetricsFilter(this::ask);
  private final Div ranges = new Div();
  private final Div charts = new Div();
  private final Span note = new Span();
  private final List<Drawn> drawn = new ArrayList<>();
  private Map<String, String> names = Map.of();
  private Question question = Question.of(Map.of());
  private Location location = new Location("metrics");

  /** A chart with its table. */
  private record Drawn(String title, Chart chart, ChartTable table) {}

  @Inject
  public MetricsView(
      Metrics metrics,
      Deployments deployments,
      RestApis restApis,
      ConsoleCaller console,
      LiveUpdates live,
      Addresses addresses,
      InstantSource clock) {
    super(Crumb.here("Metrics"));
    this.restApis = restApis;
    this.console = console;
    this.live = live;
    this.addresses = addresses;
    this.clock = clock;
    presenter = new MetricsPresenter(metrics, deployments, console::caller, clock, this);
    ranges.addClassNames("gh-toolbar", "gh-ranges");
    ranges.getElement().setAttribute("role", "group");
    ranges.getElement().setAttribute("aria-label", "Time");
    charts.addClassName("gh-charts");
    note.addClassName("gh-caption");
    note.getElement().setAttribute("role", "status");
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    location = event.getLocation();
    Map<String, String> parameters = new HashMap<>();
    location
        .getQueryParameters()
        .getParameters()
        .forEach((name, values) -> parameters.put(name, values.getFirst()));
    question = Question.of(parameters);
    names = names();
    clear();
    head("Metrics", LEAD);
    add(filter, ranges, note, charts);
    filter.offer(presenter.counted(), names);
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    live.repeat(attach.getUI(), BETWEEN_LOOKS, () -> !isAttached() || !look());
  }

  /** A span that does not move needs no second look. */
  private boolean look() {
    if (question.fixed().isEmpty()) {
      presenter.show(question, names);
    }
    return true;
  }

  private Map<String, String> names() {
    Map<String, String> found = new LinkedHashMap<>();
    restApis
        .getRestApis(console.caller(), GetRestApisRequest.builder().limit(MOST_APIS).build())
        .items()
        .forEach(api -> found.put(api.id(), api.name()));
    return found;
  }

  private void ask(Question wanted) {
    question = wanted;
    keepInAddress();
    Asking.orShow(this::refresh);
  }

  private void refresh() {
    filter.show(question);
    showRanges();
    presenter.show(question, names);
  }

  private void showRanges() {
    ranges.removeAll();
    for (Last last : Last.values()) {
      boolean chosen = question.fixed().isEmpty() && question.last() == last;
      Button button = new Button(last.word(), click -> ask(question.with(last)));
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.getElement().setAttribute("aria-pressed", Boolean.toString(chosen));
      ranges.add(button);
    }
    question
        .fixed()
        .ifPresent(
            span -> {
              Span words = new Span(Times.exact(span.from()) + " to " + Times.exact(span.until()));
              words.addClassName("gh-number");
              ranges.add(words);
            });
  }

  @Override
  public void show(List<ChartData> data, String words) {
    note.setText(words);
    boolean same =
        data.stream()
            .map(ChartData::title)
            .toList()
            .equals(drawn.stream().map(Drawn::title).toList());
    if (!same) {
      charts.removeAll();
      drawn.clear();
      data.forEach(each -> charts.add(draw(each)));
    }
    for (int i = 0; i < data.size(); i++) {
      drawn.get(i).chart().show(data.get(i));
      drawn.get(i).table().show(data.get(i));
    }
  }

  private Component draw(ChartData data) {
    Chart chart = new Chart();
    chart.onZoom((from, until) -> ask(question.with(new Fixed(from, until))));
    ChartTable table = new ChartTable(data);
    drawn.add(new Drawn(data.title(), chart, table));
    String unit = data.unit().isEmpty() ? "" : ", " + data.unit();
    return new Card(data.title() + unit, chart, table);
  }

  @Override
  public void showNothing() {
    note.setText("");
    drawn.clear();
    charts.removeAll();
    String url = addresses.gatewayUrls().stream().findFirst().orElse("http://NODE");
    charts.add(
        new EmptyState(
            "No requests in this time",
            "Charts show what deployed stages were asked. Call one, as below, or choose a longer"
                + " time; figures are here some seconds after a request.",
            new Snippet(
                "curl -i " + Addresses.byPath(url, or(question.api(), "API_ID"), stage()),
                "command")));
  }

  /** A canary is called by its stage's name. */
  private String stage() {
    return or(question.stage().split("/", 2)[0], "STAGE");
  }

  private static String or(String text, String otherwise) {
    return text.isEmpty() ? otherwise : text;
  }

  private void keepInAddress() {
    QueryParameters kept = location.getQueryParameters();
    for (Map.Entry<String, String> one : question.parameters().entrySet()) {
      kept =
          one.getValue().isEmpty()
              ? kept.excluding(one.getKey())
              : kept.merging(one.getKey(), one.getValue());
    }
    location = new Location(location.getPath(), kept);
    // a step of its own, so that Back leads out of a span that was looked at closer
    UI.getCurrent().getPage().getHistory().pushState(null, location);
  }
}
