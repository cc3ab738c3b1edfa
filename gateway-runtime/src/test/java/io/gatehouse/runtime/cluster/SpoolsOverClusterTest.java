package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import io.gatehouse.runtime.spool.Spool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two members of one process. */
class SpoolsOverClusterTest {

  private static final int PORT = 19_371;
  private static final String KIND = ClusterNames.LOG_SPOOL;

  @TempDir private Path folder;

  @AfterEach
  void leave() {
    Hazelcast.getAllHazelcastInstances().stream()
        .filter(one -> one.getConfig().getClusterName().equals("spools-test"))
        .forEach(HazelcastInstance::shutdown);
  }

  private HazelcastInstance node(int n, Map<String, Spool> spools) {
    Config config = MemberConfig.of(place(n));
    config.getUserContext().put(ClusterNames.SPOOLS, new Spools(spools));
    return Hazelcast.newHazelcastInstance(config);
  }

  private Spool spool(String name, String... records) throws Exception {
    Spool spool = new Spool(folder.resolve(name), 1 << 20, () -> name);
    for (String record : records) {
      spool.offer(record.getBytes(StandardCharsets.UTF_8));
    }
    spool.close();
    return spool;
  }

  private static Map<String, String> texts(List<Delivery> deliveries) {
    Map<String, String> texts = new TreeMap<>();
    for (Delivery delivery : deliveries) {
      delivery
          .records()
          .forEach(
              record ->
                  texts.merge(
                      delivery.node(), new String(record, StandardCharsets.UTF_8), String::concat));
    }
    return texts;
  }

  @Test
  void everyNodeGivesWhatFollowsWhatIsStoredOfIt() throws Exception {
    node(0, Map.of(KIND, spool("a", "1", "2")));
    HazelcastInstance second = node(1, Map.of(KIND, spool("b", "3")));
    SpoolsOverCluster spools = new SpoolsOverCluster(second);

    List<Delivery> all = spools.fetch(KIND, Map.of(), 1000);
    assertEquals(Map.of("node-0", "12", "node-1", "3"), texts(all));
    assertEquals(texts(all), texts(spools.fetch(KIND, Map.of(), 1000)), "until it is stored");

    Map<String, Position> stored = new HashMap<>();
    all.forEach(delivery -> stored.put(delivery.node(), delivery.position()));
    assertEquals(List.of(), spools.fetch(KIND, stored, 1000));
    stored.put("node-0", new Position("a", 1));
    stored.put("node-1", new Position("another spool", 1));
    assertEquals(Map.of("node-0", "2", "node-1", "3"), texts(spools.fetch(KIND, stored, 1000)));
    assertEquals(List.of(), spools.fetch(ClusterNames.METRIC_SPOOL, Map.of(), 1000));
  }

  @Test
  void aNodeWithoutSpoolsGivesNothing() throws Exception {
    HazelcastInstance first = node(0, Map.of(KIND, spool("a", "1")));
    Hazelcast.newHazelcastInstance(MemberConfig.of(place(1)));
    SpoolsOverCluster spools = new SpoolsOverCluster(first);
    assertEquals(Map.of("node-0", "1"), texts(spools.fetch(KIND, Map.of(), 1000)));
  }

  private static ClusterMember.Place place(int n) {
    return new ClusterMember.Place(
        "spools-test",
        "127.0.0.1",
        PORT + n,
        new Addresses(List.of("127.0.0.1:" + PORT)),
        "node-" + n,
        "a:1");
  }
}
