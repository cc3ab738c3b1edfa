package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.Discovery.KubernetesApi;
import io.gatehouse.runtime.cluster.Discovery.KubernetesDns;
import io.gatehouse.runtime.cluster.Discovery.Multicast;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscoverySettingsTest {

  private static Map<String, String> environment(String... pairs) {
    Map<String, String> env = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      env.put("GATEHOUSE_CLUSTER_" + pairs[i], pairs[i + 1]);
    }
    return env;
  }

  private static Discovery node(String... pairs) {
    return DiscoverySettings.ofNode(environment(pairs), "127.0.0.1:5701", 5701);
  }

  private static Discovery controlPlane(String... pairs) {
    return DiscoverySettings.ofControlPlane(environment(pairs), "127.0.0.1:5701");
  }

  private static void assertRefused(String why, String... pairs) {
    String said =
        assertThrows(
                IllegalArgumentException.class, () -> node(pairs), () -> String.join(" ", pairs))
            .getMessage();
    assertTrue(said.contains(why), said);
  }

  @Test
  void withoutAWordItIsTheListOfMembers() {
    assertEquals(new Addresses(List.of("127.0.0.1:5701")), node());
    assertEquals(
        new Addresses(List.of("a:1", "b.example", "[::1]:5701", "10.0.0.7:5701")),
        node("MEMBERS", "a:1, b.example\n[::1]:5701,10.0.0.7:5701", "DISCOVERY", " tcp "));
  }

  @Test
  void podsAreFoundByTheNameOrTheServiceOfTheirs() {
    assertEquals(
        new KubernetesDns("nodes.apis.svc.cluster.local", 5701),
        node("DISCOVERY", "kubernetes", "KUBERNETES_DNS", "nodes.apis.svc.cluster.local"));
    assertEquals(
        new KubernetesApi("nodes", Optional.empty(), 5701),
        node("DISCOVERY", "kubernetes", "KUBERNETES_SERVICE", "nodes"));
    assertEquals(
        new KubernetesApi("nodes", Optional.of("apis"), 6000),
        controlPlane(
            "DISCOVERY",
            "kubernetes",
            "KUBERNETES_SERVICE",
            "nodes",
            "KUBERNETES_NAMESPACE",
            "apis",
            "PORT",
            "6000",
            "MEMBERS",
            "not:asked:here"));
  }

  @Test
  void multicastHasAGroupAPortAndATimeToLive() {
    assertEquals(new Multicast("224.2.2.3", 54_327, 32), node("DISCOVERY", "multicast"));
    assertEquals(
        new Multicast("239.255.1.9", 7000, 0),
        node(
            "DISCOVERY",
            "multicast",
            "MULTICAST_GROUP",
            "239.255.1.9",
            "MULTICAST_PORT",
            "7000",
            "MULTICAST_TTL",
            "0"));
  }

  @Test
  void theControlPlaneIsToldANodeWhereNodesFindEachOtherByMulticast() {
    assertEquals(
        new Addresses(List.of("a:1")), controlPlane("DISCOVERY", "multicast", "MEMBERS", "a:1"));
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> controlPlane("DISCOVERY", "multicast"))
            .getMessage()
            .startsWith("GATEHOUSE_CLUSTER_MEMBERS is not set and must name at least one node"));
  }

  @Test
  void whatIsWrongIsNamedWithWhatWouldBeRight() {
    assertRefused(
        "GATEHOUSE_CLUSTER_DISCOVERY is eureka and must be tcp, kubernetes or multicast",
        "DISCOVERY",
        "eureka");
    for (String member : List.of("a:b", "a:99999", "http://a:1", "::1", "a_b:1", "-a:1", ",")) {
      assertRefused("GATEHOUSE_CLUSTER_MEMBERS is " + member, "MEMBERS", member);
    }
    assertRefused("neither GATEHOUSE_CLUSTER_KUBERNETES_DNS nor", "DISCOVERY", "kubernetes");
    assertRefused(
        "both GATEHOUSE_CLUSTER_KUBERNETES_DNS and",
        "DISCOVERY",
        "kubernetes",
        "KUBERNETES_DNS",
        "a.b.svc",
        "KUBERNETES_SERVICE",
        "a");
    assertRefused(
        "GATEHOUSE_CLUSTER_KUBERNETES_NAMESPACE is set and must not be with",
        "DISCOVERY",
        "kubernetes",
        "KUBERNETES_DNS",
        "a.b.svc",
        "KUBERNETES_NAMESPACE",
        "b");
    for (String[] wrong :
        new String[][] {
          {"kubernetes", "KUBERNETES_DNS", "a b"},
          {"kubernetes", "KUBERNETES_SERVICE", "A"},
          {"kubernetes", "KUBERNETES_NAMESPACE", "a.b"},
          {"multicast", "MULTICAST_GROUP", "223.1.1.1"},
          {"multicast", "MULTICAST_GROUP", "224.1.1.256"},
          {"multicast", "MULTICAST_PORT", "0"},
          {"multicast", "MULTICAST_TTL", "256"}
        }) {
      assertRefused(
          "GATEHOUSE_CLUSTER_" + wrong[1] + " is " + wrong[2] + " and must be ",
          "DISCOVERY",
          wrong[0],
          wrong[1],
          wrong[2]);
      assertRefused(
          "GATEHOUSE_CLUSTER_DISCOVERY is tcp and must be " + wrong[0], wrong[1], wrong[2]);
    }
  }
}
