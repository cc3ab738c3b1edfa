package io.gatehouse.admin.console.metrics;

import io.gatehouse.admin.metrics.Metrics.Line;
import io.gatehouse.admin.metrics.Metrics.Percentiles;
import io.gatehouse.admin.metrics.Metrics.Point;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was counted in a span of time.
 *
 * @param failed with a status of 400 or more
 * @param p95 of the latency in milliseconds; empty without requests
 */
public record Traffic(long requests, long failed, Optional<Double> p95) {

  /** No request at all. */
  public static final Traffic NOTHING = new Traffic(0, 0, Optional.empty());

  /** Of one line, or of none. */
  public static Traffic of(List<Line> lines) {
    return lines.stream().findFirst().map(Traffic::of).orElse(NOTHING);
  }

  /** Of a line that has one point. */
  public static Traffic of(Line line) {
    Point point = line.points().getFirst();
    return new Traffic(
        point.count(), point.error4xx() + point.error5xx(), point.latency().map(Percentiles::p95));
  }

  /** Both together; their latencies cannot be told as one. */
  public Traffic and(Traffic other) {
    if (requests == 0 || other.requests == 0) {
      return requests == 0 ? other : this;
    }
    return new Traffic(requests + other.requests, failed + other.failed, Optional.empty());
  }

  /** Whether more than one in twenty has failed. */
  public boolean failsOften() {
    return failed * 20 > requests;
  }

  /** As "1.5 %"; a dash without requests. */
  public String errorRate() {
    return requests == 0 ? "–" : percent(failed, requests);
  }

  /** As "12 ms"; a dash without requests. */
  public String latency() {
    return p95.map(ms -> String.format(Locale.ROOT, ms < 10 ? "%.1f ms" : "%,.0f ms", ms))
        .orElse("–");
  }

  /** As "12,345". */
  public String count() {
    return String.format(Locale.ROOT, "%,d", requests);
  }

  private static String percent(long part, long all) {
    double percent = 100.0 * part / all;
    return part == 0
        ? "0 %"
        : percent < 0.1 ? "< 0.1 %" : String.format(Locale.ROOT, "%.1f %%", percent);
  }
}
