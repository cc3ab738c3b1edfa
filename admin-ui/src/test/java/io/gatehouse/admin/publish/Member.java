package io.gatehouse.admin.publish;

import com.hazelcast.config.Config;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import java.util.List;
import java.util.Optional;

/** A real cluster member that stands for a gateway node; it may answer what it is sent. */
public final class Member implements AutoCloseable {

  public final String cluster;
  final int port;
  final HazelcastInstance instance;

  private Member(String cluster, int port) {
    this.cluster = cluster;
    this.port = port;
    Config config = new Config();
    config.setClusterName(cluster);
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.logging.type", "jdk");
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.partition.count", "11");
    NetworkConfig network = config.getNetworkConfig();
    network.setPort(port).setPortAutoIncrement(false);
    network.getInterfaces().setEnabled(true).addInterface("127.0.0.1");
    network.getJoin().getAutoDetectionConfig().setEnabled(false);
    network.getJoin().getMulticastConfig().setEnabled(false);
    network.getJoin().getTcpIpConfig().setEnabled(true).setMembers(List.of("127.0.0.1:" + port));
    config.getJetConfig().setEnabled(false);
    config.getMetricsConfig().setEnabled(false);
    config.getMemberAttributeConfig().setAttribute(ClusterNames.NODE_NAME, "node-1");
    config.getMemberAttributeConfig().setAttribute(ClusterNames.NODE_ADDRESS, "127.0.0.1:8081");
    instance = Hazelcast.newHazelcastInstance(config);
  }

  public static Member start(String cluster, int port) {
    return new Member(cluster, port);
  }

  /** Answers every snapshot from now on, as a node does that has taken it. */
  void acknowledgeEverything() {
    snapshots().addEntryListener(new Node(), true);
  }

  IMap<String, byte[]> snapshots() {
    return instance.getMap(ClusterNames.SNAPSHOTS);
  }

  IMap<String, String> acknowledgements() {
    return instance.getMap(ClusterNames.ACKNOWLEDGEMENTS);
  }

  Optional<Snapshot> snapshot(String key) {
    return Optional.ofNullable(snapshots().get(key)).map(Member::decode);
  }

  void put(Snapshot snapshot) {
    snapshots().put(snapshot.key(), SnapshotCodec.encode(snapshot));
  }

  public void acknowledge(String node, String key, long revision, long appliedAt) {
    Acknowledgement said =
        new Acknowledgement(node, key, revision, "", appliedAt, Optional.empty());
    acknowledgements().put(said.mapKey(), said.toJson());
  }

  /** What a node says of an account's backends. */
  public void backends(String node, String account, String json) {
    instance.<String, String>getMap(ClusterNames.BACKENDS).put(node + "/" + account, json);
  }

  private static Snapshot decode(byte[] bytes) {
    try {
      return SnapshotCodec.decode(bytes);
    } catch (UnreadableSnapshot e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    instance.shutdown();
  }

  private final class Node
      implements EntryAddedListener<String, byte[]>, EntryUpdatedListener<String, byte[]> {
    @Override
    public void entryAdded(EntryEvent<String, byte[]> event) {
      answer(event);
    }

    @Override
    public void entryUpdated(EntryEvent<String, byte[]> event) {
      answer(event);
    }

    private void answer(EntryEvent<String, byte[]> event) {
      Snapshot snapshot = decode(event.getValue());
      acknowledge("node-1", snapshot.key(), snapshot.revision(), 0);
    }
  }
}
