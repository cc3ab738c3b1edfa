package io.gatehouse.admin.publish;

import static io.gatehouse.admin.logs.Requests.ANN;
import static io.gatehouse.admin.logs.Requests.served;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.logs.LogQuery;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.logs.LogStore;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that forget what they are told is stored, and a store that is killed at any moment. */
class LogDrainTest {

  @TempDir private Path directory;

  private final Nodes nodes = new Nodes();

  private LogStore store() {
    return new LogStore(new LogSettings(directory, Duration.ofDays(14), 1L << 30), () -> NOON);
  }

  private static List<String> found(LogStore store) {
    return store
        .search(ANN, LogQuery.EVERYTHING, store.kept(), Optional.empty(), 200)
        .entries()
        .stream()
        .map(entry -> entry.request().requestId())
        .sorted()
        .toList();
  }

  @Test
  void nodesAreToldWhatIsStoredAndForgetIt() throws Exception {
    LogStore store = store();
    LogDrain drain = new LogDrain(nodes, store);
    nodes.write("node-1", "a", "b");
    nodes.write("node-2", "c");

    assertEquals(3, drain.drain());
    nodes.write("node-1", "d");
    assertEquals(1, drain.drain());
    assertEquals(0, drain.drain());

    assertEquals(List.of("a", "b", "c", "d"), found(store));
    assertEquals(0, nodes.kept());
    store.close();
  }

  @Test
  void whateverRoundIsLostEachRecordIsThereOnce() throws Exception {
    List<String> all = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      for (int i = 0; i < 3; i++) {
        String id = "r" + round + "-" + i;
        all.add(id);
        nodes.write("node-" + i % 2, id);
      }
      LogStore store = store();
      LogDrain drain = new LogDrain(nodes, store);
      if (round % 2 == 0) {
        Path inTheWay = directory.resolve("positions.new");
        Files.createDirectories(inTheWay.resolve("x"));
        assertThrows(IOException.class, drain::drain);
        Files.delete(inTheWay.resolve("x"));
        Files.delete(inTheWay);
      } else {
        drain.drain();
      }
      store.close();
    }
    LogStore store = store();
    new LogDrain(nodes, store).drain();

    assertEquals(all.stream().sorted().toList(), found(store));
    store.close();
  }

  @Test
  void withoutNodesOldDaysGoAllTheSame() throws Exception {
    LogStore store = store();
    nodes.write("node-1", "a");
    new LogDrain(nodes, store).drain();
    store.close();
    nodes.gone = true;
    LogStore later =
        new LogStore(
            new LogSettings(directory, Duration.ofDays(14), 1L << 30),
            () -> NOON.plus(Duration.ofDays(20)));

    assertThrows(ClusterUnavailable.class, () -> new LogDrain(nodes, later).drain());

    assertEquals(1, later.counts().dropped());
    later.close();
  }

  /** Keep what they have written until they are told that it is stored. */
  private static final class Nodes implements NodeSpools {

    private final Map<String, TreeMap<Long, byte[]>> spools = new TreeMap<>();
    private final Map<String, Long> last = new TreeMap<>();
    private boolean gone;

    void write(String node, String... ids) {
      for (String id : ids) {
        long number = last.merge(node, 1L, Long::sum);
        spools
            .computeIfAbsent(node, n -> new TreeMap<>())
            .put(number, served(ANN, id, NOON, 200).toJson());
      }
    }

    int kept() {
      return spools.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public List<Delivery> fetch(String kind, Map<String, Position> stored)
        throws ClusterUnavailable {
      assertEquals(ClusterNames.LOG_SPOOL, kind);
      if (gone) {
        throw new ClusterUnavailable(new IllegalStateException("none"));
      }
      List<Delivery> deliveries = new ArrayList<>();
      spools.forEach(
          (node, spool) -> {
            spool.headMap(stored.getOrDefault(node, Position.NONE).number(), true).clear();
            if (!spool.isEmpty()) {
              deliveries.add(
                  new Delivery(
                      node, "spool-" + node, spool.firstKey(), List.copyOf(spool.values())));
            }
          });
      return deliveries;
    }
  }
}
