package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MetricStoreTest {

  @Nested
  class OnH2 extends Cases {
    OnH2() {
      super(Database.Kind.H2);
    }
  }

  @Nested
  class OnPostgresql extends Cases {
    OnPostgresql() {
      super(Database.Kind.POSTGRESQL);
    }
  }

  abstract static class Cases {

    private static final String ALICE = "111111111111";
    private static final String MALLORY = "222222222222";

    /** Noon of a day. */
    private static final long NOON = Instant.parse("2026-06-01T12:00:00Z").getEpochSecond() / 60;

    private static final Series PROD = Series.ofStage(ALICE, "a1", "prod");
    private final Database.Kind kind;
    private Database database;
    private MetricStore metrics;
    private long number;

    Cases(Database.Kind kind) {
      this.kind = kind;
    }

    @BeforeEach
    void open() {
      database = Database.open(kind);
      metrics = new MetricStore(database.rows());
    }

    @AfterEach
    void close() throws Exception {
      database.close();
    }

    private void keep(long minute, Series series, long... micros) {
      Figures figures = new Figures();
      for (long one : micros) {
        figures.request(200, one);
      }
      number++;
      keep("node-1", number, new MinuteRecord(minute, Map.of(series, figures)));
    }

    private void keep(String node, long ofNumber, MinuteRecord record) {
      database.run(
          () ->
              metrics.keep(
                  List.of(
                      new MetricStore.Batch(
                          node, "s", ofNumber, new TreeMap<>(Map.of(ofNumber, record)))),
                  NOON));
    }

    /** Counts by start. */
    private Map<Long, Long> counts(String account, Resolution resolution) {
      return database.inTransaction(
          () -> {
            Map<Long, Long> counts = new HashMap<>();
            metrics.read(
                account,
                metrics.series(account, 0, 100).stream().map(MetricStore.Counted::id).toList(),
                resolution,
                0,
                NOON + 10_000,
                (id, start, figures) -> counts.merge(start, figures.count(), Long::sum));
            return counts;
          });
    }

    @Test
    void minutesAddUpToLongerPeriods() {
      keep(NOON, PROD, 1, 2);
      keep(NOON, PROD, 3);
      keep(NOON + 4, PROD, 4);
      keep(NOON + 5, PROD, 5);
      keep(NOON + 60, PROD, 6);
      keep(NOON + 1440, PROD, 7);

      assertEquals(
          Map.of(NOON, 3L, NOON + 4, 1L, NOON + 5, 1L, NOON + 60, 1L, NOON + 1440, 1L),
          counts(ALICE, Resolution.MINUTE));
      assertEquals(
          Map.of(NOON, 4L, NOON + 5, 1L, NOON + 60, 1L, NOON + 1440, 1L),
          counts(ALICE, Resolution.FIVE_MINUTES));
      assertEquals(
          Map.of(NOON, 5L, NOON + 60, 1L, NOON + 1440, 1L), counts(ALICE, Resolution.HOUR));
      assertEquals(Map.of(NOON - 720, 6L, NOON + 720, 1L), counts(ALICE, Resolution.DAY));
    }

    @Test
    void percentilesOfLongerPeriodsAreThoseOfAllTheirRequests() {
      for (int minute = 0; minute < 10; minute++) {
        long[] micros = new long[100];
        for (int i = 0; i < 100; i++) {
          micros[i] = (minute * 100 + i + 1) * 1_000L;
        }
        keep(NOON + minute, PROD, micros);
      }
      database.run(
          () -> {
            long id = metrics.series(ALICE, 0, 1).getFirst().id();
            metrics.read(
                ALICE,
                List.of(id),
                Resolution.HOUR,
                NOON,
                NOON + 1,
                (series, start, figures) -> {
                  assertEquals(500_000, figures.latency().percentile(50), 5_000);
                  assertEquals(990_000, figures.latency().percentile(99), 9_900);
                  assertEquals(1_000_000, figures.latency().max());
                });
          });
    }

    @Test
    void everyTenantSeesItsOwnOnly() {
      keep(NOON, PROD, 1);
      keep(NOON, Series.ofStage(MALLORY, "a1", "prod"), 1, 2, 3);

      assertEquals(Map.of(NOON, 1L), counts(ALICE, Resolution.MINUTE));
      assertEquals(Map.of(NOON, 3L), counts(MALLORY, Resolution.MINUTE));
      database.run(
          () -> {
            long alices = metrics.seriesOf(ALICE, List.of("a1"), 10).getFirst().id();
            metrics.read(
                MALLORY,
                List.of(alices),
                Resolution.MINUTE,
                0,
                NOON * 2,
                (id, start, figures) -> {
                  throw new AssertionError("another tenant's figures");
                });
          });
    }

    @Test
    void whatIsStoredIsNotStoredAgain() {
      MinuteRecord record = new MinuteRecord(NOON, Map.of(PROD, new Figures()));
      record.figures().get(PROD).request(200, 1);
      keep("node-1", 7, record);
      keep("node-1", 7, record);
      keep("node-2", 7, record);

      assertEquals(Map.of(NOON, 2L), counts(ALICE, Resolution.MINUTE));
      assertEquals(
          Map.of(
              "node-1",
              new MetricStore.Position("s", 7),
              "node-2",
              new MetricStore.Position("s", 7)),
          database.inTransaction(metrics::positions));
    }

    @Test
    void ofABatchThatIsPartlyStoredTheRestIsAdded() {
      MinuteRecord record = new MinuteRecord(NOON, Map.of(PROD, new Figures()));
      record.figures().get(PROD).request(200, 1);
      keep("node-1", 7, record);
      database.run(
          () ->
              metrics.keep(
                  List.of(
                      new MetricStore.Batch(
                          "node-1", "s", 8, new TreeMap<>(Map.of(7L, record, 8L, record)))),
                  NOON));

      assertEquals(Map.of(NOON, 2L), counts(ALICE, Resolution.MINUTE));
    }

    @Test
    void aPathMayBeAsLongAsItLikes() {
      String path = "/" + "ü".repeat(3_000);
      keep(NOON, PROD.method("GET", path), 1);

      assertEquals(
          path,
          database
              .inTransaction(() -> metrics.series(ALICE, 0, 10))
              .getFirst()
              .series()
              .resourcePath());
    }

    @Test
    void eachPeriodIsForgottenInItsTime() {
      long now = NOON;
      for (int days : new int[] {1, 20, 100, 500}) {
        keep(now - days * 1440L, PROD, 1);
      }
      keep(now - 500 * 1440L, Series.ofStage(ALICE, "gone", "prod"), 1);
      MetricStore transacted =
          new MetricStore(database.rows()) {
            @Override
            public int forget(Resolution resolution, long before, int most) {
              return database.inTransaction(() -> super.forget(resolution, before, most));
            }

            @Override
            public int forgetUnused(long beforeDay, int most) {
              return database.inTransaction(() -> super.forgetUnused(beforeDay, most));
            }
          };
      new MetricRetention(
              null,
              transacted,
              Kit.settings(Map.of("GATEHOUSE_METRICS_FIVE_MINUTE_DAYS", "30")),
              InstantSource.fixed(Instant.ofEpochSecond(now * 60)))
          .forget();

      assertEquals(1, counts(ALICE, Resolution.MINUTE).size());
      assertEquals(2, counts(ALICE, Resolution.FIVE_MINUTES).size());
      assertEquals(3, counts(ALICE, Resolution.HOUR).size());
      assertEquals(3, counts(ALICE, Resolution.DAY).size());
      assertEquals(
          List.of(PROD),
          database.inTransaction(() -> metrics.series(ALICE, 0, 10)).stream()
              .map(MetricStore.Counted::series)
              .toList());
      assertFalse(database.inTransaction(metrics::positions).isEmpty());
    }
  }
}
