package io.gatehouse.admin.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.client.config.ClientNetworkConfig;
import io.gatehouse.runtime.cluster.Discovery;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.Discovery.KubernetesApi;
import io.gatehouse.runtime.cluster.Discovery.KubernetesDns;
import io.gatehouse.runtime.cluster.Discovery.Multicast;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterClientTest {

  private static ClientNetworkConfig network(Discovery discovery) {
    return ClusterClient.config("any", discovery).getNetworkConfig();
  }

  @Test
  void aListOfNodesIsTakenAsItIs() {
    ClientNetworkConfig network = network(new Addresses(List.of("a:1", "b:2")));
    assertEquals(List.of("a:1", "b:2"), network.getAddresses());
    assertFalse(network.getKubernetesConfig().isEnabled());
  }

  @Test
  void podsAreFoundAsNodesFindEachOther() {
    assertEquals(
        Map.of("service-dns", "nodes.apis.svc", "service-port", "5701"),
        network(new KubernetesDns("nodes.apis.svc", 5701)).getKubernetesConfig().getProperties());
    assertEquals(
        Map.of("service-name", "nodes", "namespace", "apis", "service-port", "5701"),
        network(new KubernetesApi("nodes", Optional.of("apis"), 5701))
            .getKubernetesConfig()
            .getProperties());
  }

  @Test
  void multicastIsForNodes() {
    Multicast group = new Multicast("224.2.2.3", 54_327, 32);
    assertThrows(IllegalArgumentException.class, () -> network(group));
  }
}
