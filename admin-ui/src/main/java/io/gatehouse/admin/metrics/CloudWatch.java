package io.gatehouse.admin.metrics;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.metrics.MetricReader.Span;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricStatisticsResponse;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataQuery;
import software.amazon.awssdk.services.cloudwatch.model.MetricDataResult;
import software.amazon.awssdk.services.cloudwatch.model.MetricStat;

/**
 * The vendor's figures of APIs for tools that ask CloudWatch for them. Imitates the pages
 * GetMetricData and GetMetricStatistics of its API reference; of namespaces there is only {@code
 * AWS/ApiGateway}.
 */
@ApplicationScoped
public class CloudWatch implements Operations {

  static final String NAMESPACE = "AWS/ApiGateway";

  private static final int SECONDS_OF_MINUTE = 60;
  private static final int MOST_POINTS_OF_STATISTICS = 1_440;
  private static final int MOST_POINTS_OF_DATA = 100_800;
  private static final int MOST_QUERIES = 500;

  private MetricReader reader;
  private Dimensions dimensions;

  protected CloudWatch() {}

  @Inject
  public CloudWatch(MetricReader reader, Dimensions dimensions) {
    this.reader = reader;
    this.dimensions = dimensions;
  }

  /** Periods begin at the start time, as the vendor's do. */
  @Operation("POST /?Action=GetMetricStatistics&Version=2010-08-01")
  public GetMetricStatisticsResponse getMetricStatistics(
      Caller caller, GetMetricStatisticsRequest in) {
    List<String> words = new ArrayList<>(in.statisticsAsStrings());
    words.addAll(in.extendedStatistics());
    if (words.isEmpty()) {
      throw ApiError.badRequest(
          "Either Statistics or ExtendedStatistics must be given: which statistics are wanted");
    }
    Map<String, Statistic> statistics = new LinkedHashMap<>();
    words.forEach(word -> statistics.put(word, statistic(word)));
    Span span = span(in.startTime(), in.endTime(), in.period());
    if (span.periods() > MOST_POINTS_OF_STATISTICS) {
      throw ApiError.badRequest(
          ("You have requested up to %,d datapoints, which exceeds the limit of 1,440. You may"
                  + " reduce the datapoints requested by increasing Period, or decreasing the time"
                  + " range.")
              .formatted(span.periods()));
    }
    List<Datapoint> points = new ArrayList<>();
    metric(in.namespace(), in.metricName(), in.unitAsString())
        .ifPresent(
            metric ->
                read(caller, in.dimensions(), span)
                    .forEach(
                        (start, figures) ->
                            point(metric, start, figures, statistics).ifPresent(points::add)));
    return GetMetricStatisticsResponse.builder().label(in.metricName()).datapoints(points).build();
  }

  private static Optional<Datapoint> point(
      Metric metric, long start, Figures figures, Map<String, Statistic> statistics) {
    if (metric.samples(figures) == 0) {
      return Optional.empty();
    }
    Datapoint.Builder point = Datapoint.builder().timestamp(instant(start)).unit(metric.unit());
    Map<String, Double> extended = new TreeMap<>();
    statistics.forEach(
        (word, statistic) -> {
          double value = statistic.of(metric, figures).orElseThrow();
          switch (statistic.kind()) {
            case SUM -> point.sum(value);
            case AVERAGE -> point.average(value);
            case MINIMUM -> point.minimum(value);
            case MAXIMUM -> point.maximum(value);
            case SAMPLE_COUNT -> point.sampleCount(value);
            case PERCENTILE -> extended.put(word, value);
          }
        });
    if (!extended.isEmpty()) {
      point.extendedStatistics(extended);
    }
    return Optional.of(point.build());
  }

  /** Periods begin at multiples of their length; the newest come first unless asked otherwise. */
  @Operation("POST /?Action=GetMetricData&Version=2010-08-01")
  public GetMetricDataResponse getMetricData(Caller caller, GetMetricDataRequest in) {
    if (in.metricDataQueries().size() > MOST_QUERIES) {
      throw ApiError.badRequest("At most " + MOST_QUERIES + " MetricDataQueries at once");
    }
    List<MetricDataQuery> queries =
        in.metricDataQueries().stream().map(CloudWatch::checked).toList();
    Map<MetricDataQuery, Span> spans = new HashMap<>();
    long points = 0;
    for (MetricDataQuery query : queries) {
      Span span = aligned(span(in.startTime(), in.endTime(), query.metricStat().period()));
      spans.put(query, span);
      points += span.periods();
    }
    if (points > MOST_POINTS_OF_DATA) {
      throw ApiError.badRequest(
          "That would be up to %,d datapoints, more than the %,d of one request: ask for longer periods, a shorter time or fewer metrics"
              .formatted(points, MOST_POINTS_OF_DATA));
    }
    boolean oldestFirst = "TimestampAscending".equals(in.scanByAsString());
    return GetMetricDataResponse.builder()
        .metricDataResults(
            queries.stream()
                .filter(query -> !Boolean.FALSE.equals(query.returnData()))
                .map(query -> result(caller, query, spans.get(query), oldestFirst))
                .toList())
        .messages(List.of())
        .build();
  }

  private static MetricDataQuery checked(MetricDataQuery query) {
    if (query.expression() != null) {
      throw ApiError.notImplemented(
          "Metric math, as in '%s',".formatted(shown(query.expression())));
    }
    MetricStat stat = query.metricStat();
    if (query.id() == null || !query.id().matches("[a-z][A-Za-z0-9_]{0,254}")) {
      throw ApiError.badRequest(
          "The Id of a MetricDataQuery begins with a small letter and goes on with letters, digits"
              + " and underscores");
    }
    if (stat == null
        || stat.metric() == null
        || stat.metric().metricName() == null
        || stat.period() == null
        || stat.stat() == null) {
      throw ApiError.badRequest(
          "The MetricStat of query '%s' needs a Metric with its name, a Period and a Stat"
              .formatted(query.id()));
    }
    statistic(stat.stat());
    return query;
  }

  private MetricDataResult result(
      Caller caller, MetricDataQuery query, Span span, boolean oldestFirst) {
    MetricStat stat = query.metricStat();
    List<Instant> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    metric(stat.metric().namespace(), stat.metric().metricName(), stat.unitAsString())
        .ifPresent(
            metric ->
                read(caller, stat.metric().dimensions(), span)
                    .forEach(
                        (start, figures) -> {
                          OptionalDouble value = statistic(stat.stat()).of(metric, figures);
                          if (value.isPresent()) {
                            times.add(instant(start));
                            values.add(value.getAsDouble());
                          }
                        }));
    if (!oldestFirst) {
      Collections.reverse(times);
      Collections.reverse(values);
    }
    return MetricDataResult.builder()
        .id(query.id())
        .label(query.label() == null ? stat.metric().metricName() : query.label())
        .timestamps(times)
        .values(values)
        .statusCode("Complete")
        .build();
  }

  /** Empty for what nothing is known of. */
  private static Optional<Metric> metric(String namespace, String name, String unit) {
    return Metric.of(name)
        .filter(metric -> NAMESPACE.equals(namespace))
        .filter(metric -> unit == null || unit.equals(metric.unit()));
  }

  private SortedMap<Long, Figures> read(Caller caller, List<Dimension> asked, Span span) {
    Map<String, String> values = new HashMap<>();
    asked.forEach(one -> values.put(one.name(), one.value()));
    List<Long> ids = dimensions.find(caller, values);
    return ids.isEmpty() ? Collections.emptySortedMap() : reader.sums(caller.account(), ids, span);
  }

  private static Statistic statistic(String word) {
    return Statistic.parse(word)
        .orElseThrow(
            () ->
                ApiError.badRequest(
                    "'%s' is none of the statistics Sum, Average, Minimum, Maximum, SampleCount and percentiles as p99.9"
                        .formatted(shown(word))));
  }

  private Span span(Instant start, Instant end, int seconds) {
    if (seconds < 1 || seconds > SECONDS_OF_MINUTE && seconds % SECONDS_OF_MINUTE != 0) {
      throw ApiError.badRequest("The Period must be a number of seconds that is a multiple of 60");
    }
    if (!start.isBefore(end)) {
      throw ApiError.badRequest("The parameter StartTime must be less than the parameter EndTime.");
    }
    long from = Math.floorDiv(start.getEpochSecond(), SECONDS_OF_MINUTE);
    long until = Math.ceilDiv(end.getEpochSecond(), SECONDS_OF_MINUTE);
    return reader.kept(new Span(from, until, Math.max(1, seconds / SECONDS_OF_MINUTE)));
  }

  private static Span aligned(Span span) {
    long from = span.from() - Math.floorMod(span.from(), span.periodMinutes());
    return new Span(from, span.until(), span.periodMinutes());
  }

  private static Instant instant(long minute) {
    return Instant.ofEpochSecond(minute * SECONDS_OF_MINUTE);
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() > 100 ? line.substring(0, 100) + "..." : line;
  }
}
