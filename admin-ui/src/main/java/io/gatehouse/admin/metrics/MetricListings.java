package io.gatehouse.admin.metrics;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.DimensionFilter;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsRequest;
import software.amazon.awssdk.services.cloudwatch.model.ListMetricsResponse;

/** Which metrics there are, by which dimensions. Imitates the page ListMetrics. */
@ApplicationScoped
public class MetricListings implements Operations {

  private static final int PAGE = 500;
  private static final int MINUTES_OF_DAY = 1440;

  /** The vendor's: what had nothing to tell for longer is not listed. */
  private static final int LISTED_DAYS = 14;

  private static final int RECENT_MINUTES = 180;

  private Dimensions dimensions;
  private MetricReader reader;

  protected MetricListings() {}

  @Inject
  public MetricListings(Dimensions dimensions, MetricReader reader) {
    this.dimensions = dimensions;
    this.reader = reader;
  }

  @Operation("POST /?Action=ListMetrics&Version=2010-08-01")
  public ListMetricsResponse listMetrics(Caller caller, ListMetricsRequest in) {
    int from = position(in.nextToken());
    if (in.namespace() != null && !in.namespace().equals(CloudWatch.NAMESPACE)) {
      return ListMetricsResponse.builder().metrics(List.of()).build();
    }
    long recent = in.recentlyActive() == null ? LISTED_DAYS * MINUTES_OF_DAY : RECENT_MINUTES;
    List<software.amazon.awssdk.services.cloudwatch.model.Metric> found = new ArrayList<>();
    for (Map<String, String> counted :
        dimensions.counted(caller, (reader.nowMinute() - recent) / MINUTES_OF_DAY)) {
      if (matches(counted, in.dimensions())) {
        for (Metric metric : Metric.values()) {
          if (in.metricName() == null || in.metricName().equals(metric.word())) {
            found.add(listed(metric, counted));
          }
        }
      }
    }
    int until = Math.min(found.size(), from + PAGE);
    return ListMetricsResponse.builder()
        .metrics(from < until ? found.subList(from, until) : List.of())
        .nextToken(until < found.size() ? Integer.toString(until) : null)
        .build();
  }

  private static boolean matches(Map<String, String> counted, List<DimensionFilter> filters) {
    return filters.stream()
        .allMatch(
            filter ->
                counted.containsKey(filter.name())
                    && (filter.value() == null
                        || filter.value().equals(counted.get(filter.name()))));
  }

  private static software.amazon.awssdk.services.cloudwatch.model.Metric listed(
      Metric metric, Map<String, String> counted) {
    return software.amazon.awssdk.services.cloudwatch.model.Metric.builder()
        .namespace(CloudWatch.NAMESPACE)
        .metricName(metric.word())
        .dimensions(
            counted.entrySet().stream()
                .map(one -> Dimension.builder().name(one.getKey()).value(one.getValue()).build())
                .toList())
        .build();
  }

  private static int position(String token) {
    if (token == null || token.isEmpty()) {
      return 0;
    }
    if (!token.matches("\\d{1,9}")) {
      throw ApiError.badRequest("The NextToken must come from an earlier page");
    }
    return Integer.parseInt(token);
  }
}
