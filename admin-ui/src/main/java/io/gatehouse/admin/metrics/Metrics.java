package io.gatehouse.admin.metrics;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.metrics.MetricReader.Span;
import io.gatehouse.admin.store.MetricStore;
import io.gatehouse.admin.store.MetricStore.Counted;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** What was counted of a tenant's requests, as the console shows it. */
@ApplicationScoped
public class Metrics implements Operations {

  /** Of an account. */
  private static final int MOST_SERIES = 10_000;

  /** Lines that a chart can show and be read. */
  private static final int MOST_LINES = 5;

  private static final int MOST_POINTS = 1_500;

  private static final Comparator<Series> NAMES =
      Comparator.comparing(Series::apiId)
          .thenComparing(Series::stageName)
          .thenComparing(Series::resourcePath)
          .thenComparing(Series::httpMethod);

  /** What gets a line of its own. */
  public enum Grouping {
    /** All together. */
    NONE,
    API,
    STAGE,
    METHOD
  }

  /**
   * What to show; empty texts do not filter.
   *
   * @param stageName as it is counted, {@code prod/Canary} for a canary
   * @param httpMethod with its path: then only this method's own figures
   * @param until not included
   */
  public record Asked(
      String apiId,
      String stageName,
      String httpMethod,
      String resourcePath,
      Grouping by,
      Instant from,
      Instant until,
      Duration period) {}

  /**
   * One period.
   *
   * @param latency empty when there was none
   * @param integrationLatency likewise
   */
  public record Point(
      Instant at,
      long count,
      long error4xx,
      long error5xx,
      Optional<Percentiles> latency,
      Optional<Percentiles> integrationLatency,
      long cacheHits,
      long cacheMisses) {}

  /** In milliseconds. */
  public record Percentiles(double p50, double p95, double p99) {}

  /**
   * What belongs together, oldest point first; periods without requests have none.
   *
   * @param of what the line is of; what it is not split by is empty
   */
  public record Line(Series of, List<Point> points) {

    public long count() {
      return points.stream().mapToLong(Point::count).sum();
    }
  }

  /**
   * @param from of the first period, which may be earlier than was asked for
   * @param period perhaps longer than was asked for, where only longer ones are kept
   * @param lines those with most requests first
   * @param more lines that are not shown
   */
  public record Charts(Instant from, Instant until, Duration period, List<Line> lines, int more) {

    public Charts {
      lines = List.copyOf(lines);
    }
  }

  private MetricStore store;
  private MetricReader reader;

  protected Metrics() {}

  @Inject
  public Metrics(MetricStore store, MetricReader reader) {
    this.store = store;
    this.reader = reader;
  }

  /** Stages and methods that were counted in the last days, by API, stage and path. */
  @ConsoleQuery
  public List<Series> countedSeries(Caller caller) {
    long today = reader.nowMinute() / Duration.ofDays(1).toMinutes();
    return store.series(caller.account(), today - 15, MOST_SERIES).stream()
        .map(Counted::series)
        .sorted(NAMES)
        .toList();
  }

  /**
   * @throws ApiError bad request, when it is too much
   */
  @ConsoleQuery
  public Charts metricCharts(Caller caller, Asked asked) {
    Span span = reader.kept(span(asked));
    if (span.periods() > MOST_POINTS) {
      throw ApiError.badRequest(
          "That would be %d points; ask for a longer period or a shorter time"
              .formatted(span.periods()));
    }
    Map<Series, List<Long>> groups = groups(caller, asked);
    List<Series> ranked = ranked(caller, groups, span);
    List<Line> lines = new ArrayList<>();
    for (Series of : ranked.subList(0, Math.min(MOST_LINES, ranked.size()))) {
      SortedMap<Long, Figures> sums = reader.sums(caller.account(), groups.get(of), span);
      if (!sums.isEmpty()) {
        lines.add(line(of, sums));
      }
    }
    lines.sort(Comparator.comparingLong(Line::count).reversed());
    return new Charts(
        instant(span.from()),
        instant(span.until()),
        Duration.ofMinutes(span.periodMinutes()),
        lines,
        Math.max(0, ranked.size() - MOST_LINES));
  }

  /**
   * What was counted in a span as one point for each line, without a bound on lines. Long spans
   * begin at a round time, so that few rows tell them: over half an hour at five minutes, over half
   * a day at an hour.
   *
   * @param asked its period does not matter
   * @throws ApiError bad request, when it is too much
   */
  @ConsoleQuery
  public List<Line> metricTotals(Caller caller, Asked asked) {
    long until = Math.max(minute(asked.until()), minute(asked.from()) + 1);
    long round = round(until - minute(asked.from()));
    long from = minute(asked.from()) - Math.floorMod(minute(asked.from()), round);
    Span span = reader.kept(new Span(from, until, Math.ceilDiv(until - from, round) * round));
    List<Line> lines = new ArrayList<>();
    groups(caller, asked)
        .forEach(
            (of, ids) -> {
              SortedMap<Long, Figures> sums = reader.sums(caller.account(), ids, span);
              if (!sums.isEmpty()) {
                lines.add(line(of, sums));
              }
            });
    lines.sort(Comparator.comparing(Line::of, NAMES));
    return lines;
  }

  private static int round(long minutes) {
    if (minutes <= 30) {
      return 1;
    }
    return minutes <= Duration.ofHours(12).toMinutes() ? 5 : 60;
  }

  /** Those with most requests first; as they come, where all of them are shown. */
  private List<Series> ranked(Caller caller, Map<Series, List<Long>> groups, Span span) {
    if (groups.size() <= MOST_LINES) {
      return groups.keySet().stream().sorted(NAMES).toList();
    }
    List<Long> ids = groups.values().stream().flatMap(List::stream).toList();
    Map<Long, Long> requests = reader.requests(caller.account(), ids, span);
    Map<Series, Long> counts = new HashMap<>();
    groups.forEach(
        (of, own) ->
            counts.put(of, own.stream().mapToLong(id -> requests.getOrDefault(id, 0L)).sum()));
    return groups.keySet().stream()
        .filter(of -> counts.get(of) > 0)
        .sorted(Comparator.<Series>comparingLong(of -> -counts.get(of)).thenComparing(NAMES))
        .toList();
  }

  private static Span span(Asked asked) {
    long from = minute(asked.from());
    long until = Math.max(minute(asked.until()), from + 1);
    long period = Math.max(1, asked.period().toMinutes());
    return new Span(from - Math.floorMod(from, period), until, period);
  }

  private Map<Series, List<Long>> groups(Caller caller, Asked asked) {
    List<Counted> known =
        asked.apiId().isEmpty()
            ? store.series(caller.account(), Long.MIN_VALUE, MOST_SERIES)
            : store.seriesOf(caller.account(), List.of(asked.apiId()), MOST_SERIES);
    boolean methods = asked.by() == Grouping.METHOD || !asked.httpMethod().isEmpty();
    Function<Series, Series> group =
        switch (asked.by()) {
          case NONE -> series -> new Series(caller.account(), "", "", "", "");
          case API -> series -> new Series(caller.account(), series.apiId(), "", "", "");
          case STAGE, METHOD -> series -> series;
        };
    Map<Series, List<Long>> groups = new HashMap<>();
    for (Counted one : known) {
      Series series = one.series();
      if (series.isOfMethod() == methods
          && (asked.stageName().isEmpty() || asked.stageName().equals(series.stageName()))
          && (asked.httpMethod().isEmpty()
              || asked.httpMethod().equals(series.httpMethod())
                  && asked.resourcePath().equals(series.resourcePath()))) {
        groups.computeIfAbsent(group.apply(series), s -> new ArrayList<>()).add(one.id());
      }
    }
    return groups;
  }

  private static Line line(Series of, SortedMap<Long, Figures> sums) {
    List<Point> points = new ArrayList<>();
    sums.forEach((start, figures) -> points.add(point(start, figures)));
    return new Line(of, List.copyOf(points));
  }

  private static Point point(long start, Figures figures) {
    return new Point(
        instant(start),
        figures.count(),
        figures.error4xx(),
        figures.error5xx(),
        percentiles(Metric.LATENCY, figures),
        percentiles(Metric.INTEGRATION_LATENCY, figures),
        figures.cacheHits(),
        figures.cacheMisses());
  }

  private static Optional<Percentiles> percentiles(Metric metric, Figures figures) {
    return metric.samples(figures) == 0
        ? Optional.empty()
        : Optional.of(
            new Percentiles(
                percentile(50, metric, figures),
                percentile(95, metric, figures),
                percentile(99, metric, figures)));
  }

  private static double percentile(double percent, Metric metric, Figures figures) {
    return Statistic.percentile(percent).of(metric, figures).orElse(0);
  }

  private static long minute(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 60);
  }

  private static Instant instant(long minute) {
    return Instant.ofEpochSecond(minute * 60);
  }
}
