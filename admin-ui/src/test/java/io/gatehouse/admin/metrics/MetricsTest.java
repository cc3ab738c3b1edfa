package io.gatehouse.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.metrics.MetricReader.Span;
import io.gatehouse.admin.metrics.Metrics.Asked;
import io.gatehouse.admin.metrics.Metrics.Charts;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.metrics.Metrics.Line;
import io.gatehouse.admin.metrics.Metrics.Point;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.MetricStore.Batch;
import io.gatehouse.admin.store.Resolution;
import io.gatehouse.admin.store.TransactionalMetrics;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private static final String ALICE = Kit.ALICE.account();
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final long MINUTE = NOON.getEpochSecond() / 60;
  private static final Series PROD = Series.ofStage(ALICE, "a1", "prod");
  private static final Series DEV = Series.ofStage(ALICE, "a1", "dev");

  private final Database database = Database.open(Database.Kind.H2);
  private final TransactionalMetrics store = new TransactionalMetrics(database);
  private final MetricReader reader =
      new MetricReader(store, Kit.settings(), InstantSource.fixed(NOON));
  private final Metrics metrics = new Metrics(store, reader);
  private long number;

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private void count(Series series, long minute, int status, long... millis) {
    Figures figures = new Figures();
    for (long one : millis) {
      figures.request(status, one * 1_000);
    }
    number++;
    MinuteRecord record = new MinuteRecord(minute, Map.of(series, figures));
    store.keep(List.of(new Batch("n", "s", number, new TreeMap<>(Map.of(number, record)))), minute);
  }

  private Charts charts(Asked asked) {
    return database.inTransaction(() -> metrics.metricCharts(Kit.ALICE, asked));
  }

  private static Asked asked(String api, String stage, Grouping by, int hours, int period) {
    return new Asked(
        api,
        stage,
        "",
        "",
        by,
        NOON.minus(Duration.ofHours(hours)),
        NOON.plusSeconds(60),
        Duration.ofMinutes(period));
  }

  @Test
  void allStagesAreOneLineUnlessAskedOtherwise() {
    count(PROD, MINUTE - 3, 200, 10, 20);
    count(DEV, MINUTE - 3, 500, 30);
    count(PROD.method("GET", "/"), MINUTE - 3, 200, 10);

    Line all = charts(asked("", "", Grouping.NONE, 1, 1)).lines().getFirst();
    assertEquals(new Series(ALICE, "", "", "", ""), all.of());
    Point point = all.points().getFirst();
    assertEquals(NOON.minusSeconds(180), point.at());
    assertEquals(3, point.count());
    assertEquals(1, point.error5xx());
    assertEquals(30, point.latency().orElseThrow().p99());
    assertTrue(point.integrationLatency().isEmpty());

    List<Line> stages = charts(asked("a1", "", Grouping.STAGE, 1, 1)).lines();
    assertEquals(List.of(PROD, DEV), stages.stream().map(Line::of).toList(), "most first");
    List<Line> methods = charts(asked("a1", "", Grouping.METHOD, 1, 1)).lines();
    assertEquals(List.of(PROD.method("GET", "/")), methods.stream().map(Line::of).toList());
    assertEquals(1, charts(asked("a1", "dev", Grouping.NONE, 1, 1)).lines().getFirst().count());
    assertEquals(List.of(), charts(asked("b2", "", Grouping.NONE, 1, 1)).lines());
  }

  @Test
  void totalsAreOnePointWhateverTheSpanAndOfAllThereIs() {
    for (int stage = 0; stage < 7; stage++) {
      Series series = Series.ofStage(ALICE, "a1", "s" + stage);
      count(series, MINUTE, 200, 10);
      count(series, MINUTE - 7, 500, 10, 20);
      count(series, MINUTE - 20 * 60, 200, 10);
    }
    List<Line> quarter = totals(NOON.minusSeconds(300), Grouping.STAGE);
    assertEquals(7, quarter.size(), "one for each, not only those that a chart has room for");
    assertTrue(quarter.stream().allMatch(line -> line.points().size() == 1 && line.count() == 1));

    Instant hour = NOON.minus(Duration.ofHours(1));
    assertEquals(3, totals(hour, Grouping.STAGE).getFirst().points().getFirst().count());
    assertEquals(21, totals(hour, Grouping.NONE).getFirst().count());
    Line day = totals(NOON.minus(Duration.ofDays(1)), Grouping.API).getFirst();
    assertEquals(28, day.count());
    assertEquals(1, day.points().size());
    assertEquals(14, day.points().getFirst().error5xx());
  }

  private List<Line> totals(Instant from, Grouping by) {
    return database.inTransaction(
        () ->
            metrics.metricTotals(
                Kit.ALICE,
                new Asked("", "", "", "", by, from, NOON.plusSeconds(60), Duration.ZERO)));
  }

  @Test
  void aMethodIsAskedForByItself() {
    count(PROD, MINUTE, 200, 1, 2, 3);
    count(PROD.method("GET", "/pets"), MINUTE, 200, 1);
    count(PROD.method("POST", "/pets"), MINUTE, 200, 2, 3);
    Asked post =
        new Asked(
            "a1",
            "prod",
            "POST",
            "/pets",
            Grouping.NONE,
            NOON.minusSeconds(600),
            NOON.plusSeconds(60),
            Duration.ofMinutes(1));

    assertEquals(2, charts(post).lines().getFirst().count());
  }

  @Test
  void periodsOfAnyLengthAddUp() {
    for (int i = 1; i <= 180; i++) {
      count(PROD, MINUTE - i, 200, i);
    }
    Charts quarters = charts(asked("", "", Grouping.NONE, 3, 15));

    List<Point> points = quarters.lines().getFirst().points();
    assertEquals(12, points.size());
    assertTrue(points.stream().allMatch(point -> point.count() == 15));
    assertEquals(NOON.minus(Duration.ofHours(3)), points.getFirst().at());
    assertEquals(180, charts(asked("", "", Grouping.NONE, 3, 60)).lines().getFirst().count());
  }

  @Test
  void whatEndsWithinAPeriodLeavesOutTheRestOfIt() {
    count(PROD, MINUTE - 300 + 10, 200, 1);
    count(PROD, MINUTE - 300 + 50, 200, 1, 1);
    Asked half =
        new Asked(
            "",
            "",
            "",
            "",
            Grouping.NONE,
            NOON.minus(Duration.ofHours(5)),
            NOON.minus(Duration.ofMinutes(270)),
            Duration.ofHours(1));

    assertEquals(1, charts(half).lines().getFirst().count());
  }

  @Test
  void onlyTheLinesWithMostRequestsAreShownAndTheRestIsSaid() {
    for (int i = 1; i <= 8; i++) {
      count(Series.ofStage(ALICE, "api" + i, "prod"), MINUTE, 200, new long[i]);
    }
    Charts charts = charts(asked("", "", Grouping.API, 1, 1));

    assertEquals(
        List.of("api8", "api7", "api6", "api5", "api4"),
        charts.lines().stream().map(line -> line.of().apiId()).toList());
    assertEquals(3, charts.more());
  }

  @Test
  void theFurtherBackTheLongerArePeriods() {
    long day = 1440;
    assertEquals(
        new Span(MINUTE - day + 1, MINUTE, 1), reader.kept(new Span(MINUTE - day + 1, MINUTE, 1)));
    assertEquals(
        new Span(MINUTE - 20 * day, MINUTE, 5),
        reader.kept(new Span(MINUTE - 20 * day + 3, MINUTE, 1)));
    assertEquals(
        new Span(MINUTE - 100 * day, MINUTE, 120),
        reader.kept(new Span(MINUTE - 100 * day + 59, MINUTE, 90)));
    assertEquals(60, reader.kept(new Span(MINUTE - 5_000 * day, MINUTE, 1)).periodMinutes());
  }

  @Test
  void figuresOfMinutesThatAreForgottenAreReadFromLongerOnes() {
    long old = MINUTE - 20 * 1440;
    count(PROD, old + 7, 200, 1, 2);
    database.run(() -> store.forget(Resolution.MINUTE, MINUTE, 100));

    Charts charts =
        charts(
            new Asked(
                "",
                "",
                "",
                "",
                Grouping.NONE,
                NOON.minus(Duration.ofDays(20)),
                NOON.minus(Duration.ofDays(20)).plusSeconds(3_600),
                Duration.ofMinutes(1)));

    assertEquals(Duration.ofMinutes(5), charts.period());
    assertEquals(2, charts.lines().getFirst().count());
    assertEquals(
        Instant.ofEpochSecond((old + 5) * 60), charts.lines().getFirst().points().getFirst().at());
  }

  @Test
  void whatIsTooMuchIsRefused() {
    ApiError e =
        assertThrows(ApiError.class, () -> charts(asked("", "", Grouping.NONE, 24 * 14, 1)));
    assertTrue(e.getMessage().contains("20161 points"), e.getMessage());
  }
}
