package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.ClusterClient.Node;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.Snapshot;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for nodes to say that they serve what was published. */
final class Receipts {

  private final ClusterClient cluster;
  private final Set<Waiting> waiting = ConcurrentHashMap.newKeySet();

  Receipts(ClusterClient cluster) {
    this.cluster = cluster;
    cluster.onAcknowledgement(
        acknowledgement -> waiting.forEach(one -> one.heard(acknowledgement)));
  }

  /**
   * Returns as soon as every live node has answered for every snapshot, at the latest when the time
   * is over. A node that answers that it cannot take a snapshot has answered too.
   *
   * @return the acknowledgements that did not come, as map keys
   */
  Set<String> await(Collection<Snapshot> snapshots, Duration longest)
      throws ClusterUnavailable, InterruptedException {
    Waiting mine = new Waiting(snapshots, cluster.nodes());
    waiting.add(mine);
    try {
      // They may have answered before we began to listen.
      cluster.acknowledgements(Set.copyOf(mine.open.keySet())).forEach(mine::found);
      return mine.await(longest);
    } finally {
      waiting.remove(mine);
    }
  }

  private static final class Waiting {

    private final Map<String, Long> open = new ConcurrentHashMap<>();
    private final CountDownLatch done;

    Waiting(Collection<Snapshot> snapshots, List<Node> nodes) {
      for (Snapshot snapshot : snapshots) {
        for (Node node : nodes) {
          open.put(Acknowledgement.mapKey(node.name(), snapshot.key()), snapshot.revision());
        }
      }
      done = new CountDownLatch(open.isEmpty() ? 0 : 1);
    }

    /** What lies in the map may be an answer to an earlier snapshot. */
    void found(Acknowledgement acknowledgement) {
      Long wanted = open.get(acknowledgement.mapKey());
      if (wanted != null && acknowledgement.revision() >= wanted) {
        answered(acknowledgement.mapKey());
      }
    }

    void heard(Acknowledgement acknowledgement) {
      if (acknowledgement.failure().isPresent()) {
        answered(acknowledgement.mapKey());
      } else {
        found(acknowledgement);
      }
    }

    private void answered(String mapKey) {
      open.remove(mapKey);
      if (open.isEmpty()) {
        done.countDown();
      }
    }

    Set<String> await(Duration longest) throws InterruptedException {
      return done.await(longest.toNanos(), TimeUnit.NANOSECONDS)
          ? Set.of()
          : new TreeSet<>(open.keySet());
    }
  }
}
