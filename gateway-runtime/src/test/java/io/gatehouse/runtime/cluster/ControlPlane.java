package io.gatehouse.runtime.cluster;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** What the control plane does with nodes: a client of their cluster, by way of one of them. */
final class ControlPlane implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 60;

  private final HazelcastInstance client;
  private final CacheOverCluster caches;

  ControlPlane(String clusterName, String address) {
    ClientConfig config = new ClientConfig();
    config.setClusterName(clusterName);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.getNetworkConfig().addAddress(address);
    config.getNetworkConfig().getClusterRoutingConfig().setRoutingMode(RoutingMode.SINGLE_MEMBER);
    config
        .getConnectionStrategyConfig()
        .getConnectionRetryConfig()
        .setInitialBackoffMillis(100)
        .setMaxBackoffMillis(500)
        .setClusterConnectTimeoutMillis(Long.MAX_VALUE);
    client = HazelcastClient.newHazelcastClient(config);
    caches = new CacheOverCluster(() -> client);
  }

  void publish(Snapshot snapshot) {
    client
        .<String, byte[]>getMap(ClusterNames.SNAPSHOTS)
        .set(snapshot.key(), SnapshotCodec.encode(snapshot));
  }

  /** Until these nodes have said that they serve it. */
  void awaitAcknowledged(Snapshot snapshot, int... nodes) throws TimeoutException {
    IMap<String, String> said = client.getMap(ClusterNames.ACKNOWLEDGEMENTS);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    for (int node : nodes) {
      String key = Acknowledgement.mapKey(WholeNodes.name(node), snapshot.key());
      String word = said.get(key);
      while (word == null || Acknowledgement.fromJson(word).revision() < snapshot.revision()) {
        if (System.nanoTime() > end) {
          throw new TimeoutException(snapshot.key() + " on node " + node + ": " + word);
        }
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        word = said.get(key);
      }
    }
  }

  void purge(String apiId, String path) {
    caches.purge(SampleApi.ACCOUNT, apiId, CachedApis.STAGE, path);
  }

  /** What nodes have found out about the API. */
  List<LeakReport> leaks(String apiId) {
    return caches.leaks(SampleApi.ACCOUNT).stream()
        .filter(leak -> leak.apiId().equals(apiId))
        .toList();
  }

  /** How many answers of the API the cluster keeps. */
  long kept(String apiId) {
    return client
        .<String, byte[]>getMap(ClusterNames.RESPONSES + SampleApi.ACCOUNT)
        .keySet()
        .stream()
        .filter(key -> key.startsWith(apiId + "/"))
        .count();
  }

  @Override
  public void close() {
    client.shutdown();
  }
}
