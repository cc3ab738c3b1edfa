package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.Discovery.KubernetesApi;
import io.gatehouse.runtime.cluster.Discovery.KubernetesDns;
import io.gatehouse.runtime.cluster.Discovery.Multicast;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscoveryTest {

  private static final int PORT = 19_266;

  private static ClusterMember.Place place(int port, Discovery discovery) {
    return new ClusterMember.Place(
        "discovery-test", "127.0.0.1", port, discovery, "node-" + port, "127.0.0.1:1");
  }

  private static JoinConfig join(Discovery discovery) {
    return MemberConfig.of(place(PORT, discovery)).getNetworkConfig().getJoin();
  }

  @Test
  void onlyTheChosenWayIsOn() {
    JoinConfig list = join(new Addresses(List.of("a:1", "b:2")));
    assertEquals(List.of("a:1", "b:2"), list.getTcpIpConfig().getMembers());
    for (Discovery way :
        List.of(
            new Addresses(List.of("a:1")),
            new KubernetesDns("a.b.svc", 5701),
            new Multicast("224.2.2.3", 54_327, 32))) {
      JoinConfig join = join(way);
      assertFalse(join.getAutoDetectionConfig().isEnabled());
      assertEquals(way instanceof Addresses, join.getTcpIpConfig().isEnabled());
      assertEquals(way instanceof KubernetesDns, join.getKubernetesConfig().isEnabled());
      assertEquals(way instanceof Multicast, join.getMulticastConfig().isEnabled());
      join.verify();
    }
  }

  @Test
  void kubernetesIsAskedForTheServiceThatWasNamed() {
    assertEquals(
        Map.of("service-name", "nodes", "namespace", "apis", "service-port", "5702"),
        join(new KubernetesApi("nodes", Optional.of("apis"), 5702))
            .getKubernetesConfig()
            .getProperties());
    assertEquals(
        Map.of("service-name", "nodes", "service-port", "5701"),
        join(new KubernetesApi("nodes", Optional.empty(), 5701))
            .getKubernetesConfig()
            .getProperties());
  }

  /** The name leads to the first member; the second has another port, for they share a machine. */
  @Test
  void podsFindEachOtherByTheNameOfTheirService() {
    assertMeet(
        place(PORT, new KubernetesDns("localhost", PORT)),
        place(PORT + 3, new KubernetesDns("localhost", PORT)));
  }

  @Test
  void membersOfAMulticastGroupFindEachOther() {
    Discovery group = new Multicast("224.2.2.77", 54_377, 0);
    assertMeet(place(PORT + 1, group), place(PORT + 2, group));
  }

  private static void assertMeet(ClusterMember.Place one, ClusterMember.Place other) {
    HazelcastInstance first = Hazelcast.newHazelcastInstance(MemberConfig.of(one));
    try {
      HazelcastInstance second = Hazelcast.newHazelcastInstance(MemberConfig.of(other));
      assertEquals(2, second.getCluster().getMembers().size());
      assertTrue(first.getCluster().getMembers().contains(second.getCluster().getLocalMember()));
      second.shutdown();
    } finally {
      first.shutdown();
    }
  }
}
