package io.gatehouse.admin.console.logs;

import com.vaadin.cdi.annotation.CdiComponent;
import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.icon.VaadinIcon;
import com.vaadin.flow.component.page.History;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import com.vaadin.flow.router.BeforeEnterEvent;
import com.vaadin.flow.router.BeforeEnterObserver;
import com.vaadin.flow.router.Location;
import com.vaadin.flow.router.QueryParameters;
import com.vaadin.flow.router.Route;
import com.vaadin.flow.server.streams.DownloadHandler;
import io.gatehouse.admin.console.Addresses;
import io.gatehouse.admin.console.LiveUpdates;
import io.gatehouse.admin.console.MainLayout;
import io.gatehouse.admin.console.parts.Crumb;
import io.gatehouse.admin.console.parts.EmptyState;
import io.gatehouse.admin.console.parts.Links;
import io.gatehouse.admin.console.parts.Note;
import io.gatehouse.admin.console.parts.Page;
import io.gatehouse.admin.console.parts.Snippet;
import io.gatehouse.admin.console.parts.Times;
import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.signin.ConsoleCaller;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.Histogram;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.operations.Logs;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Requests of the tenant: looked for, counted over time, and watched as they come. */
@CdiComponent
@Route(value = "logs", layout = MainLayout.class)
public class LogsView extends Page
    implements BeforeEnterObserver, LogsPresenter.Screen, TailPresenter.Screen {

  private static final String LEAD =
      "Failed requests are logged without any setting; others as the stage's loggingLevel and access"
          + " log format say.";
  private static final String ELSEWHERE =
      "New requests are not kept here: whoever operates this installation sends them elsewhere"
          + " (GATEHOUSE_LOG_STORE is false). What was kept before is still found.";
  private static final String WORDS =
      "timeout  status:5xx  reason:THROTTLED_BY_PLAN  path:/pets/*  latency:>500  -stage:dev";
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

  private final LogsPresenter presenter;
  private final TailPresenter tail;
  private final ConsoleCaller console;
  private final Addresses addresses;
  private final LiveUpdates live;
  private final TextField query = new TextField();
  private final Select<Period> periods = new Select<>();
  private final Checkbox tailing = new Checkbox("Live tail");
  private final Button pause = new Button("Pause", click -> pause());
  private final Anchor download = new Anchor();
  private final Div chips = new Div();
  private final Note problem = new Note();
  private final boolean stored;
  private final HistogramBars bars = new HistogramBars(this::zoom);
  private final Span summary = new Span();
  private final LogGrid grid = new LogGrid("Requests, the newest first");
  private final LogGrid tailGrid = new LogGrid("Requests as they come, the newest first");
  private Histogram shown;
  private boolean paused;

  /** While what is shown comes from the address, and not from what somebody does. */
  private boolean entering;

  private Location location = new Location("logs");

  @Inject
  public LogsView(
      Logs logs,
      ConsoleCaller console,
      Addresses addresses,
      InstantSource clock,
      LiveUpdates live,
      LogSettings settings) {
    super(Crumb.here("Logs"));
    this.stored = settings.stored();
    this.console = console;
    this.addresses = addresses;
    this.live = live;
    presenter = new LogsPresenter(logs, console::caller, clock, this);
    tail = new TailPresenter(logs, console::caller, presenter::query, this);
    build();
  }

  private void build() {
    addClassName("full");
    query.setPlaceholder(WORDS);
    query.setAriaLabel("Search the logs");
    query.setPrefixComponent(VaadinIcon.SEARCH.create());
    query.setClearButtonVisible(true);
    query.setMaxLength(1000);
    query.setValueChangeMode(ValueChangeMode.ON_CHANGE);
    query.addClassName("gh-query");
    query.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            presenter.search(change.getValue(), presenter.period());
          }
        });
    periods.setAriaLabel("Time to look at");
    periods.setItemLabelGenerator(LogsView::label);
    periods.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            presenter.search(presenter.query(), change.getValue());
          }
        });
    tailing.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            watch(change.getValue());
          }
        });
    chips.addClassName("gh-badges");
    summary.addClassName("gh-caption");
    summary.getElement().setAttribute("aria-live", "polite");
    download.setText("Download NDJSON");
    download.getElement().setAttribute("download", true);
    grid.setEmptyStateComponent(empty());
    grid.setPageSize(100);
  }

  @Override
  public void beforeEnter(BeforeEnterEvent event) {
    location = event.getLocation();
    clear();
    Button again =
        new Button("Refresh", click -> presenter.search(presenter.query(), presenter.period()));
    head("Logs", LEAD, again);
    Div toolbar = new Div(query, periods, tailing, pause, download);
    toolbar.addClassNames("gh-toolbar", "gh-log-toolbar");
    tail.end();
    tailing.setValue(false);
    arrange(false);
    download.setHref(download(console.caller()));
    if (!stored) {
      add(new Note(Tone.WARNING, ELSEWHERE));
    }
    add(toolbar, chips, problem, bars, summary, grid, tailGrid);
    entering = true;
    presenter.search(asked(), Period.of(parameter("last"), parameter("from"), parameter("to")));
    entering = false;
  }

  private DownloadHandler download(Caller who) {
    return event -> {
      event.setFileName("requests.ndjson");
      event.setContentType("application/x-ndjson");
      presenter.download(who, event.getOutputStream());
    };
  }

  /** Other screens name an API or a stage by parameters of their own. */
  private String asked() {
    Stream<String> words =
        Stream.of("api", "stage", "level")
            .filter(name -> !parameter(name).isEmpty())
            .map(name -> name + ":\"" + parameter(name).replace("\"", "") + "\"");
    return String.join(" ", Stream.concat(words, Stream.of(parameter("q"))).toList()).strip();
  }

  private String parameter(String name) {
    return location.getQueryParameters().getSingleParameter(name).orElse("");
  }

  @Override
  public void showQuery(String text, List<String> words, Period period) {
    query.setValue(text);
    List<Period> choices = new ArrayList<>(List.of(Period.Last.values()));
    if (!choices.contains(period)) {
      choices.add(period);
    }
    periods.setItems(choices);
    periods.setValue(period);
    chips.removeAll();
    for (int i = 0; i < words.size(); i++) {
      int chip = i;
      Button button = new Button(words.get(i), VaadinIcon.CLOSE_SMALL.create());
      button.setIconAfterText(true);
      button.setAriaLabel("Take out " + words.get(i));
      button.addThemeVariants(ButtonVariant.LUMO_SMALL);
      button.addClickListener(click -> presenter.without(chip));
      chips.add(button);
    }
    keepInAddress(text, period);
  }

  private static String label(Period period) {
    return switch (period) {
      case Period.Last last -> last.label();
      case Period.Between between ->
          Times.exact(between.range().from()) + " to " + Times.exact(between.range().to());
    };
  }

  private void keepInAddress(String text, Period period) {
    QueryParameters kept =
        location.getQueryParameters().excluding("api", "stage", "level", "q", "last", "from", "to");
    if (!text.isEmpty()) {
      kept = kept.merging("q", text);
    }
    kept =
        switch (period) {
          case Period.Last last -> kept.merging("last", last.word());
          case Period.Between between ->
              kept.merging("from", between.range().from().toString())
                  .merging("to", between.range().to().toString());
        };
    Location asked = new Location(location.getPath(), kept);
    History history = UI.getCurrent().getPage().getHistory();
    if (entering) {
      history.replaceState(null, asked);
    } else if (!asked.getPathWithQueryParameters().equals(location.getPathWithQueryParameters())) {
      // a step of its own, so that Back leads to what was looked for before
      history.pushState(null, asked);
    }
    location = asked;
  }

  @Override
  public void showHistogram(Histogram histogram) {
    shown = histogram;
    bars.show(histogram);
    summary.setText(LogsPresenter.summary(histogram));
  }

  private void zoom(int bucket) {
    presenter.zoom(shown, bucket);
  }

  @Override
  public void showRows() {
    grid.setItems(asked -> presenter.rows(asked.getOffset(), asked.getLimit()).stream());
  }

  @Override
  public void showProblem(String sentence) {
    if (sentence.isEmpty()) {
      problem.hush();
    } else {
      problem.say(Tone.WARNING, sentence);
    }
  }

  private EmptyState empty() {
    return new EmptyState(
        "No request to show",
        "None of this time fits. Look at a longer time, take out words above, or call an API: a"
            + " failed request shows here within two seconds, one with a wrong path, say.",
        new Snippet(
            "curl -i "
                + addresses.gatewayUrls().stream().findFirst().orElse("http://127.0.0.1:8081")
                + "/_aws/execute-api/API/STAGE/nothing-here",
            "command"),
        Links.to("Open the APIs", "apis"));
  }

  @Override
  protected void onAttach(AttachEvent attach) {
    if (tail.isWatching()) {
      keepLooking(attach.getUI());
    }
  }

  /** Either the list with its histogram, or the tail. */
  private void arrange(boolean ofTail) {
    paused = false;
    pause.setText("Pause");
    pause.setVisible(ofTail);
    tailGrid.setVisible(ofTail);
    grid.setVisible(!ofTail);
    bars.setVisible(!ofTail);
  }

  private void watch(boolean wanted) {
    arrange(wanted);
    if (wanted) {
      tail.begin();
      keepLooking(UI.getCurrent());
    } else {
      tail.end();
      presenter.search(presenter.query(), presenter.period());
    }
  }

  private void keepLooking(UI ui) {
    live.repeat(
        ui,
        BETWEEN_LOOKS,
        () -> {
          tail.look();
          return !tail.isWatching() || !isAttached();
        });
  }

  private void pause() {
    paused = !paused;
    tail.pause(paused);
    pause.setText(paused ? "Go on" : "Pause");
  }

  @Override
  public void showTail(List<LogRow> lines, String note) {
    tailGrid.setItems(lines);
    summary.setText(note);
  }
}
