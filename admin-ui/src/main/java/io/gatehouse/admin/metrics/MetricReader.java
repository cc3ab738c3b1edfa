package io.gatehouse.admin.metrics;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.store.MetricStore;
import io.gatehouse.admin.store.MetricsKept;
import io.gatehouse.admin.store.Resolution;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums what was counted over periods of any length, out of the longest stored ones that do. Times
 * are minutes since the epoch.
 */
@ApplicationScoped
public class MetricReader {

  private static final int MILLIS_OF_MINUTE = 60_000;

  /**
   * A span of time, cut into periods.
   *
   * @param until the first minute that is not of the span
   */
  record Span(long from, long until, long periodMinutes) {

    long start(long minute) {
      return from + Math.floorDiv(minute - from, periodMinutes) * periodMinutes;
    }

    long periods() {
      return Math.ceilDiv(until - from, periodMinutes);
    }
  }

  private MetricStore metrics;
  private MetricsKept kept;
  private InstantSource clock;

  protected MetricReader() {}

  @Inject
  public MetricReader(MetricStore metrics, Settings settings, InstantSource clock) {
    this.metrics = metrics;
    this.kept = settings.metricsKept();
    this.clock = clock;
  }

  long nowMinute() {
    return clock.millis() / MILLIS_OF_MINUTE;
  }

  /**
   * The span as there are figures for it: the further back it begins, the longer the shortest
   * periods are.
   */
  Span kept(Span asked) {
    Resolution finest = finest(asked.from());
    long from = finest.start(asked.from());
    long period = Math.ceilDiv(asked.periodMinutes(), finest.minutes()) * finest.minutes();
    return new Span(from, asked.until(), period);
  }

  private Resolution finest(long from) {
    long now = nowMinute();
    for (Resolution resolution : Resolution.values()) {
      if (from >= kept.since(resolution, now)) {
        return resolution;
      }
    }
    return Resolution.HOUR;
  }

  /** Each period's sum of several series; periods without requests are left out. */
  SortedMap<Long, Figures> sums(String account, Collection<Long> seriesIds, Span span) {
    SortedMap<Long, Figures> sums = new TreeMap<>();
    read(
        account,
        seriesIds,
        span,
        (id, start, figures) ->
            sums.computeIfAbsent(span.start(start), s -> new Figures()).add(figures));
    return sums;
  }

  /** How many requests were counted in the span, by series. */
  Map<Long, Long> requests(String account, Collection<Long> seriesIds, Span span) {
    Map<Long, Long> requests = new HashMap<>();
    read(
        account,
        seriesIds,
        span,
        (id, start, figures) -> requests.merge(id, figures.count(), Long::sum));
    return requests;
  }

  private void read(
      String account, Collection<Long> seriesIds, Span span, MetricStore.FiguresReader reader) {
    boolean all = metrics.read(account, seriesIds, stored(span), span.from(), span.until(), reader);
    if (!all) {
      throw ApiError.badRequest(
          "That is more figures than can be read at once: ask for a longer period, a shorter span"
              + " of time, or for fewer APIs, stages and methods");
    }
  }

  /** The longest that adds up to the span's periods. */
  private Resolution stored(Span span) {
    long now = nowMinute();
    Resolution longest = finest(span.from());
    for (Resolution resolution : Resolution.values()) {
      boolean ends = Math.floorMod(span.until(), resolution.minutes()) == 0 || span.until() > now;
      if (ends
          && Math.floorMod(span.from(), resolution.minutes()) == 0
          && Math.floorMod(span.periodMinutes(), resolution.minutes()) == 0
          && resolution.compareTo(longest) > 0) {
        longest = resolution;
      }
    }
    return longest;
  }
}
