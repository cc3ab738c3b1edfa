package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.console.stages.CanaryVerdict.Side;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.metrics.Metrics.Asked;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.metrics.Metrics.Percentiles;
import io.gatehouse.admin.metrics.Metrics.Point;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Compares what a stage and its canary were asked, and how it went. */
final class CanaryPresenter {

  /** As the vendor and nodes name a canary's figures. */
  private static final String CANARY = "/Canary";

  /** How far back figures are looked at. */
  enum Window {
    QUARTER("15 min", Duration.ofMinutes(15)),
    HOUR("1 h", Duration.ofHours(1));

    private final String word;
    private final Duration span;

    Window(String word, Duration span) {
      this.word = word;
      this.span = span;
    }

    String word() {
      return word;
    }
  }

  /**
   * Both sides.
   *
   * @param since from when figures are, the beginning of the canary if that was later
   */
  record Comparison(Side stage, Side canary, CanaryVerdict verdict, Instant since) {}

  private final Metrics metrics;
  private final InstantSource clock;
  private final String apiId;
  private final String stageName;
  private final Instant begun;

  /**
   * @param begun when the canary's deployment was made
   */
  CanaryPresenter(
      Metrics metrics, InstantSource clock, String apiId, String stageName, Instant begun) {
    this.metrics = metrics;
    this.clock = clock;
    this.apiId = apiId;
    this.stageName = stageName;
    this.begun = begun;
  }

  Comparison compare(Caller caller, Window window) {
    Instant now = clock.instant();
    Instant back = now.minus(window.span);
    Instant since = back.isBefore(begun) ? begun : back;
    Side stage = side(caller, stageName, since, now);
    Side canary = side(caller, stageName + CANARY, since, now);
    return new Comparison(stage, canary, CanaryVerdict.of(stage, canary), since);
  }

  private Side side(Caller caller, String counted, Instant since, Instant now) {
    Asked asked =
        new Asked(
            apiId,
            counted,
            "",
            "",
            Grouping.STAGE,
            since,
            now.plusSeconds(60),
            Duration.between(since, now));
    List<Metrics.Line> lines = metrics.metricTotals(caller, asked);
    return lines.isEmpty() ? Side.NOTHING : side(lines.getFirst().points().getFirst());
  }

  private static Side side(Point point) {
    return new Side(
        point.count(),
        point.error4xx(),
        point.error5xx(),
        point.latency().map(Percentiles::p50),
        point.latency().map(Percentiles::p95));
  }
}
