package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.config.NetworkConfig;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.Discovery.KubernetesApi;
import io.gatehouse.runtime.cluster.Discovery.KubernetesDns;
import io.gatehouse.runtime.cluster.Discovery.Multicast;
import java.util.List;
import java.util.Map;

/** A node as a member of the cluster: what Hazelcast is told. */
final class MemberConfig {

  /** Invocations that the control plane may have under way on this node. */
  private static final int INVOCATIONS = 16;

  private static final int INVOCATIONS_WAITING = 64;

  /** Asks for spooled records that are answered at once. */
  private static final int FETCHES = 2;

  private static final int FETCHES_WAITING = 16;
  private static final int STORIES_WAITING = 100;
  private static final int CONNECT_SECONDS = 2;

  /** A member that is not heard of for so long is gone. */
  static final int SILENT_SECONDS = 10;

  private static final int MERGED_AT_ONCE = 100;

  private MemberConfig() {}

  static Config of(ClusterMember.Place place) {
    Config config = new Config("gatehouse-" + place.node());
    config.setClusterName(place.clusterName()).setClassLoader(MemberConfig.class.getClassLoader());
    Map.of(
            "hazelcast.phone.home.enabled", "false",
            "hazelcast.logging.type", "slf4j",
            "hazelcast.shutdownhook.enabled", "false",
            "hazelcast.socket.bind.any", "false",
            "hazelcast.partition.count", "71",
            "hazelcast.merge.first.run.delay.seconds", "15",
            "hazelcast.merge.next.run.delay.seconds", "15",
            "hazelcast.operation.thread.count", "2",
            "hazelcast.io.thread.count", "2",
            "hazelcast.heartbeat.interval.seconds", "2")
        .forEach(config::setProperty);
    config.setProperty("hazelcast.max.no.heartbeat.seconds", Integer.toString(SILENT_SECONDS));
    // A backup that is silent holds up who waits for a lease no longer than this; then nothing is
    // granted: in a split its side would not know.
    config.setProperty("hazelcast.operation.backup.timeout.millis", "500");
    config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(place.port()).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface(place.host());
    find(network.getJoin(), place.discovery());
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getIntegrityCheckerConfig().setEnabled(false);
    config.getMemberAttributeConfig().setAttribute(ClusterNames.NODE_NAME, place.node());
    config.getMemberAttributeConfig().setAttribute(ClusterNames.NODE_ADDRESS, place.doorAddress());
    config.addExecutorConfig(
        new ExecutorConfig(ClusterNames.FUNCTIONS, INVOCATIONS)
            .setQueueCapacity(INVOCATIONS_WAITING));
    config.addExecutorConfig(
        new ExecutorConfig(ClusterNames.SPOOLS, FETCHES).setQueueCapacity(FETCHES_WAITING));
    config.addExecutorConfig(
        new ExecutorConfig(ClusterNames.STORIES, 1).setQueueCapacity(STORIES_WAITING));
    // After a split each side keeps what it has, and the next sweep gives the map the newest of
    // all.
    for (String map : List.of(ClusterNames.SNAPSHOTS, ClusterNames.ACKNOWLEDGEMENTS)) {
      config.addMapConfig(
          new MapConfig(map).setBackupCount(1).setInMemoryFormat(InMemoryFormat.BINARY));
    }
    config.addMapConfig(counters(ClusterNames.BUCKETS, LaterBucket.class.getName()));
    config.addMapConfig(counters(ClusterNames.QUOTAS, GreatestCounts.class.getName()));
    return config;
  }

  /** Each entry says for itself how long it lives. */
  private static MapConfig counters(String map, String mergePolicy) {
    return new MapConfig(map)
        .setBackupCount(1)
        .setInMemoryFormat(InMemoryFormat.BINARY)
        .setMergePolicyConfig(new MergePolicyConfig(mergePolicy, MERGED_AT_ONCE));
  }

  private static void find(JoinConfig join, Discovery discovery) {
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    switch (discovery) {
      case Addresses list ->
          join.getTcpIpConfig()
              .setEnabled(true)
              .setMembers(list.members())
              .setConnectionTimeoutSeconds(CONNECT_SECONDS);
      case KubernetesDns pods ->
          join.getKubernetesConfig()
              .setEnabled(true)
              .setProperty("service-dns", pods.name())
              .setProperty("service-port", Integer.toString(pods.port()));
      case KubernetesApi pods -> {
        join.getKubernetesConfig()
            .setEnabled(true)
            .setProperty("service-name", pods.service())
            .setProperty("service-port", Integer.toString(pods.port()));
        pods.namespace()
            .ifPresent(name -> join.getKubernetesConfig().setProperty("namespace", name));
      }
      case Multicast group ->
          join.getMulticastConfig()
              .setEnabled(true)
              .setMulticastGroup(group.group())
              .setMulticastPort(group.port())
              .setMulticastTimeToLive(group.timeToLive())
              .setMulticastTimeoutSeconds(CONNECT_SECONDS)
              .setLoopbackModeEnabled(true);
    }
  }
}
