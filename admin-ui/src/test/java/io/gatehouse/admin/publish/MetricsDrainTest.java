package io.gatehouse.admin.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.MetricStore;
import io.gatehouse.admin.store.Resolution;
import io.gatehouse.admin.store.TransactionalMetrics;
import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsDrainTest {

  private static final String ACCOUNT = "111111111111";
  private static final Series PROD = Series.ofStage(ACCOUNT, "a1", "prod");

  private final Database database = Database.open(Database.Kind.H2);
  private final TransactionalMetrics metrics = new TransactionalMetrics(database);
  private final FakeSpools spools = new FakeSpools();
  private final MetricsDrain drain =
      new MetricsDrain(spools, metrics, InstantSource.fixed(Instant.parse("2026-06-01T12:00:00Z")));

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private static byte[] record(long minute, int requests) {
    Figures figures = new Figures();
    for (int i = 0; i < requests; i++) {
      figures.request(200, 1_000);
    }
    return new MinuteRecord(minute, Map.of(PROD, figures)).encode();
  }

  private long counted() {
    return database.inTransaction(
        () -> {
          long[] sum = {0};
          metrics.read(
              ACCOUNT,
              metrics.seriesOf(ACCOUNT, List.of("a1"), 10).stream()
                  .map(MetricStore.Counted::id)
                  .toList(),
              Resolution.MINUTE,
              0,
              Long.MAX_VALUE,
              (id, start, figures) -> sum[0] += figures.count());
          return sum[0];
        });
  }

  @Test
  void whatNodesHaveCountedIsKeptOnceHoweverOftenItIsDelivered() throws Exception {
    spools.put("node-1", "s1", 1, record(100, 3), record(101, 4));
    spools.put("node-2", "s2", 1, record(100, 5));
    assertEquals(3, drain.drain());
    assertEquals(0, drain.drain());
    spools.forgetful = true;
    drain.drain();

    assertEquals(12, counted());
  }

  @Test
  void aDatabaseThatFailsLosesNothingAndDoublesNothing() throws Exception {
    spools.put("node-1", "s1", 1, record(100, 3));
    metrics.failing = true;
    assertThrows(IllegalStateException.class, drain::drain);
    assertEquals(0, counted());

    metrics.failing = false;
    spools.put("node-1", "s1", 2, record(100, 4));
    drain.drain();
    assertEquals(7, counted());
  }

  @Test
  void aNodeThatBeginsAnewIsKeptFromItsFirstRecord() throws Exception {
    spools.put("node-1", "s1", 1, record(100, 1), record(100, 1));
    drain.drain();
    spools.nodes.clear();
    spools.put("node-1", "s9", 1, record(100, 10));
    drain.drain();

    assertEquals(12, counted());
  }

  @Test
  void aRecordThatCannotBeReadIsPassedOver() throws Exception {
    spools.put("node-1", "s1", 1, record(100, 1), new byte[] {1, 2, 3}, record(100, 2));
    drain.drain();
    spools.put("node-1", "s1", 4, record(100, 4));
    drain.drain();

    assertEquals(7, counted());
  }

  @Test
  void muchIsAddedInStepsSoThatNotAllOfItIsInMemoryAtOnce() throws Exception {
    byte[] wide = wide(100);
    spools.atOnce = 40;
    for (int i = 0; i < 40; i++) {
      spools.put("node-1", "s1", 1 + i, wide);
    }

    assertEquals(40, drain.drain());
    assertEquals(0, drain.drain());
    spools.forgetful = true;
    drain.drain();

    assertTrue(metrics.largest <= 600, "figures at once: " + metrics.largest);
    assertEquals(10 * 40, counted(), "of the ten series that are asked for");
    assertEquals(new MetricStore.Position("s1", 40), metrics.positions().get("node-1"));
  }

  /** Of the stage and many of its methods. */
  private static byte[] wide(int series) {
    Map<Series, Figures> all = new HashMap<>();
    for (int i = 0; i < series; i++) {
      Figures one = new Figures();
      one.request(200, 1_000);
      all.put(i == 0 ? PROD : PROD.method("GET", "/" + i), one);
    }
    return new MinuteRecord(100, all).encode();
  }

  /** Nodes that hand over a few records at a time. */
  private static final class FakeSpools implements NodeSpools {
    private final Map<String, TreeMap<Long, byte[]>> nodes = new TreeMap<>();
    private final Map<String, String> ids = new TreeMap<>();
    private boolean forgetful;
    private int atOnce = 2;

    void put(String node, String spool, long first, byte[]... records) {
      ids.put(node, spool);
      TreeMap<Long, byte[]> own = nodes.computeIfAbsent(node, n -> new TreeMap<>());
      for (int i = 0; i < records.length; i++) {
        own.put(first + i, records[i]);
      }
    }

    @Override
    public List<Delivery> fetch(String kind, Map<String, Position> stored) {
      List<Delivery> deliveries = new ArrayList<>();
      nodes.forEach(
          (node, records) -> {
            Position position = stored.get(node);
            boolean known = position != null && position.spool().equals(ids.get(node));
            long after = known && !forgetful ? position.number() : 0;
            List<byte[]> some =
                records.tailMap(after, false).values().stream().limit(atOnce).toList();
            if (!some.isEmpty()) {
              deliveries.add(new Delivery(node, ids.get(node), after + 1, some));
            }
          });
      return deliveries;
    }
  }
}
