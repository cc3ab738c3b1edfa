package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two members of one process. */
class StoriesOverClusterTest {

  private static final int PORT = 19_381;
  private static final String CLUSTER = "stories-test";

  @AfterEach
  void leave() {
    Hazelcast.getAllHazelcastInstances().stream()
        .filter(one -> one.getConfig().getClusterName().equals(CLUSTER))
        .forEach(HazelcastInstance::shutdown);
  }

  private static HazelcastInstance node(int n, Function<String, Optional<String>> stories) {
    Config config =
        MemberConfig.of(
            new ClusterMember.Place(
                CLUSTER,
                "127.0.0.1",
                PORT + n,
                new Addresses(List.of("127.0.0.1:" + PORT)),
                "node-" + n,
                "a:1"));
    config.getUserContext().put(ClusterNames.STORIES, new RememberedStories(stories));
    return Hazelcast.newHazelcastInstance(config);
  }

  @Test
  void whicheverNodeRemembersItTellsIt() {
    HazelcastInstance first = node(0, id -> Optional.of("of 0").filter(s -> id.equals("a")));
    node(1, id -> Optional.of("of 1").filter(s -> id.equals("b")));
    StoriesOverCluster stories = new StoriesOverCluster(first);

    assertEquals(Optional.of("of 0"), stories.of("a"));
    assertEquals(Optional.of("of 1"), stories.of("b"));
    assertEquals(Optional.empty(), stories.of("c"));
  }

  @Test
  void aNodeThatFailsHidesNoOther() {
    HazelcastInstance first =
        node(
            0,
            id -> {
              throw new IllegalStateException("broken");
            });
    node(1, id -> Optional.of("of 1"));

    assertEquals(Optional.of("of 1"), new StoriesOverCluster(first).of("a"));
  }
}
