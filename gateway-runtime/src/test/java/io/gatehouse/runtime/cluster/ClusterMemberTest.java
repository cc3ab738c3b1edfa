package io.gatehouse.runtime.cluster;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Functions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterMemberTest {

  private static final int FIRST_PORT = 19261;
  private static final int SECOND_PORT = 19262;

  @TempDir Path directory;

  @Test
  void aNodeThatJoinsTakesWhatItMissedAndGivesWhatTheClusterLost() throws Exception {
    StageSnapshot newer = api("both", "dev").mock("GET", "/x", 200, "{}").snapshot(2);
    StageSnapshot older = api("both", "dev").mock("GET", "/x", 200, "{}").snapshot(1);
    StageSnapshot onlyThere = api("there", "dev").mock("GET", "/x", 200, "{}").snapshot(1);
    StageSnapshot onlyHere = api("here", "dev").mock("GET", "/x", 200, "{}").snapshot(1);
    StageSnapshot same = api("same", "dev").mock("GET", "/x", 200, "{}").snapshot(1);
    LiveSnapshots live = new LiveSnapshots();
    SnapshotFeed feed =
        new SnapshotFeed(
            "n2",
            live,
            SampleApi.NO_BACKENDS,
            SampleApi.NO_AUTHORIZERS,
            new SnapshotDisk(directory),
            gone -> {},
            time -> {},
            InstantSource.system());
    for (StageSnapshot held : List.of(newer, onlyHere, same)) {
      feed.apply(held.key(), SnapshotCodec.encode(held));
    }
    HazelcastInstance other =
        Hazelcast.newHazelcastInstance(MemberConfig.of(place("n1", FIRST_PORT)));
    try (ClusterMember member =
        new ClusterMember(
            place("n2", SECOND_PORT),
            feed,
            Functions.NONE,
            new Spools(Map.of()),
            Optional.empty(),
            InstantSource.system(),
            System::nanoTime)) {
      IMap<String, byte[]> map = other.getMap(ClusterNames.SNAPSHOTS);
      for (StageSnapshot there : List.of(older, onlyThere, same)) {
        map.put(there.key(), SnapshotCodec.encode(there));
      }
      map.put("stage/1/damaged/dev", new byte[] {1, 2, 3});
      CountDownLatch swept = new CountDownLatch(1);

      member.start(swept::countDown);

      assertTrue(swept.await(60, TimeUnit.SECONDS), "never swept");
      assertEquals(1, live.stages("there").get("dev").revision());
      assertEquals(2, live.stages("both").get("dev").revision());
      assertArrayEquals(SnapshotCodec.encode(newer), map.get(newer.key()));
      assertArrayEquals(SnapshotCodec.encode(onlyHere), map.get(onlyHere.key()));
      assertTrue(member.swept(), member.trouble());
      assertTellsOfBackends(member, other.getMap(ClusterNames.BACKENDS));
      IMap<String, String> sinks = other.getMap(ClusterNames.SINKS);
      member.tellSinks(() -> "[4]");
      until(() -> "[4]".equals(sinks.get("n2")));
    } finally {
      other.shutdown();
    }
  }

  private static void assertTellsOfBackends(ClusterMember member, IMap<String, String> map) {
    Map<String, String> said = new ConcurrentHashMap<>(Map.of("111", "[1]", "222", "[2]"));
    member.tellBackends(() -> Map.copyOf(said));
    until(() -> "[1]".equals(map.get("n2/111")) && "[2]".equals(map.get("n2/222")));
    said.remove("111");
    said.put("222", "[3]");
    until(() -> "[3]".equals(map.get("n2/222")) && !map.containsKey("n2/111"));
  }

  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came to that");
      Thread.onSpinWait();
    }
  }

  private static ClusterMember.Place place(String node, int port) {
    return new ClusterMember.Place(
        "cluster-member-test",
        "127.0.0.1",
        port,
        new Addresses(List.of("127.0.0.1:" + FIRST_PORT, "127.0.0.1:" + SECOND_PORT)),
        node,
        "127.0.0.1:1");
  }
}
