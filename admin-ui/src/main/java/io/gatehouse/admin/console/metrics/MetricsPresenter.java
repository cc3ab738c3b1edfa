package io.gatehouse.admin.console.metrics;

import io.gatehouse.admin.console.metrics.Question.Percentile;
import io.gatehouse.admin.console.parts.ChartData;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.metrics.Metrics.Charts;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.metrics.Metrics.Line;
import io.gatehouse.admin.metrics.Metrics.Percentiles;
import io.gatehouse.admin.metrics.Metrics.Point;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;

/** Asks for what is looked at and makes charts of it. */
final class MetricsPresenter {

  interface Screen {
    /**
     * @param note what the charts do not show; empty for nothing
     */
    void show(List<ChartData> charts, String note);

    /** There were no requests. */
    void showNothing();
  }

  private static final int MOST_DEPLOYMENTS = 500;

  private static final String REQUESTS = "Requests";
  private static final String ERRORS = "Errors";
  private static final String ERRORS_4XX = "4XX errors";
  private static final String ERRORS_5XX = "5XX errors";

  /** None is good to know. */
  private static final Set<String> ALWAYS_SHOWN = Set.of(REQUESTS, ERRORS, ERRORS_4XX, ERRORS_5XX);

  private final Metrics metrics;
  private final Deployments deployments;
  private final Supplier<Caller> caller;
  private final InstantSource clock;
  private final Screen screen;

  MetricsPresenter(
      Metrics metrics,
      Deployments deployments,
      Supplier<Caller> caller,
      InstantSource clock,
      Screen screen) {
    this.metrics = metrics;
    this.deployments = deployments;
    this.caller = caller;
    this.clock = clock;
    this.screen = screen;
  }

  /** What there is to choose from. */
  List<Series> counted() {
    return metrics.countedSeries(caller.get());
  }

  /**
   * @param names of APIs by their ids
   */
  void show(Question question, Map<String, String> names) {
    Charts charts = metrics.metricCharts(caller.get(), question.asked(clock.instant()));
    if (charts.lines().isEmpty()) {
      screen.showNothing();
      return;
    }
    Drawing drawing = new Drawing(charts, marks(question, charts), question.percentile(), names);
    List<ChartData> all = question.by() == Grouping.NONE ? drawing.together() : drawing.apart();
    screen.show(all.stream().filter(MetricsPresenter::tells).toList(), note(charts));
  }

  /** Without a backend there is no latency of it, without a cache there are no hits. */
  private static boolean tells(ChartData chart) {
    boolean always = ALWAYS_SHOWN.contains(chart.title());
    return always
        || chart.lines().stream()
            .flatMap(line -> line.values().stream())
            .anyMatch(value -> value != null && value != 0);
  }

  private static String note(Charts charts) {
    long minutes = charts.period().toMinutes();
    String length =
        minutes < 60
            ? minutes + " min"
            : minutes < 1440 ? minutes / 60 + " h" : minutes / 1440 + " d";
    String points = "Each point is " + length + ".";
    return charts.more() == 0
        ? points
        : points
            + " The %d with most requests are drawn, %d more are not."
                .formatted(charts.lines().size(), charts.more());
  }

  private List<ChartData.Mark> marks(Question question, Charts charts) {
    if (question.api().isEmpty()) {
      return List.of();
    }
    try {
      return deployments
          .getDeployments(
              caller.get(),
              GetDeploymentsRequest.builder()
                  .restApiId(question.api())
                  .limit(MOST_DEPLOYMENTS)
                  .build())
          .items()
          .stream()
          .filter(one -> !one.createdDate().isBefore(charts.from()))
          .filter(one -> one.createdDate().isBefore(charts.until()))
          .map(MetricsPresenter::mark)
          .toList();
    } catch (ApiError gone) {
      // The API was deleted; what was counted of it is still there.
      return List.of();
    }
  }

  private static ChartData.Mark mark(Deployment deployment) {
    String description = Optional.ofNullable(deployment.description()).orElse("");
    return new ChartData.Mark(
        deployment.createdDate(),
        "Deployment " + deployment.id() + (description.isEmpty() ? "" : ": " + description));
  }

  /** Figures as charts. */
  private static final class Drawing {
    private final Charts charts;
    private final List<ChartData.Mark> marks;
    private final Percentile percentile;
    private final Map<String, String> names;
    private final List<Instant> times = new ArrayList<>();

    Drawing(
        Charts charts,
        List<ChartData.Mark> marks,
        Percentile percentile,
        Map<String, String> names) {
      this.charts = charts;
      this.marks = marks;
      this.percentile = percentile;
      this.names = names;
      for (Instant t = charts.from(); t.isBefore(charts.until()); t = t.plus(charts.period())) {
        times.add(t);
      }
    }

    /** One line of all requests: what belongs together is in one chart. */
    List<ChartData> together() {
      Line all = charts.lines().getFirst();
      return List.of(
          chart(REQUESTS, "", count("Count", all, Point::count)),
          chart(
              ERRORS,
              "",
              count("4XXError", all, Point::error4xx),
              count("5XXError", all, Point::error5xx)),
          chart("Latency", "ms", percentiles(all, Point::latency)),
          chart("Integration latency", "ms", percentiles(all, Point::integrationLatency)),
          chart(
              "Response cache",
              "",
              count("CacheHitCount", all, Point::cacheHits),
              count("CacheMissCount", all, Point::cacheMisses)));
    }

    /** A line for each of several: a chart for every metric. */
    List<ChartData> apart() {
      String at = " (" + percentile.name().toLowerCase(Locale.ROOT) + ")";
      return List.of(
          counts(REQUESTS, Point::count),
          counts(ERRORS_4XX, Point::error4xx),
          counts(ERRORS_5XX, Point::error5xx),
          times("Latency" + at, Point::latency),
          times("Integration latency" + at, Point::integrationLatency),
          counts("Cache hits", Point::cacheHits),
          counts("Cache misses", Point::cacheMisses));
    }

    private ChartData counts(String title, Function<Point, Long> value) {
      return chart(
          title,
          "",
          charts.lines().stream()
              .map(line -> count(label(line.of()), line, value))
              .toArray(ChartData.Line[]::new));
    }

    private ChartData times(String title, Function<Point, Optional<Percentiles>> value) {
      return chart(
          title,
          "ms",
          charts.lines().stream()
              .map(line -> time(label(line.of()), line, value, percentile))
              .toArray(ChartData.Line[]::new));
    }

    private ChartData chart(String title, String unit, ChartData.Line... lines) {
      return new ChartData(title, unit, times, List.of(lines), marks);
    }

    private ChartData.Line[] percentiles(Line line, Function<Point, Optional<Percentiles>> value) {
      return new ChartData.Line[] {
        time("p50", line, value, Percentile.P50),
        time("p95", line, value, Percentile.P95),
        time("p99", line, value, Percentile.P99)
      };
    }

    /** Where there were no requests there were none of anything. */
    private ChartData.Line count(String label, Line line, Function<Point, Long> value) {
      Map<Instant, Point> points = byTime(line);
      return new ChartData.Line(
          label,
          times.stream()
              .map(points::get)
              .map(point -> point == null ? 0.0 : value.apply(point).doubleValue())
              .toList());
    }

    /** Where there were no requests there is no latency. */
    private ChartData.Line time(
        String label, Line line, Function<Point, Optional<Percentiles>> value, Percentile which) {
      Map<Instant, Point> points = byTime(line);
      List<Double> values = new ArrayList<>();
      for (Instant time : times) {
        Optional<Percentiles> found = Optional.ofNullable(points.get(time)).flatMap(value);
        values.add(found.map(p -> pick(p, which)).orElse(null));
      }
      return new ChartData.Line(label, values);
    }

    private static double pick(Percentiles found, Percentile which) {
      return switch (which) {
        case P50 -> found.p50();
        case P95 -> found.p95();
        case P99 -> found.p99();
      };
    }

    private static Map<Instant, Point> byTime(Line line) {
      Map<Instant, Point> points = new HashMap<>();
      line.points().forEach(point -> points.put(point.at(), point));
      return points;
    }

    private String label(Series of) {
      List<String> words = new ArrayList<>();
      words.add(names.getOrDefault(of.apiId(), of.apiId()));
      if (!of.stageName().isEmpty()) {
        words.add(of.stageName());
      }
      if (of.isOfMethod()) {
        words.add(of.httpMethod() + " " + of.resourcePath());
      }
      return String.join(" · ", words);
    }
  }
}
