package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.MetricStore;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps in the database what nodes have counted by the minute. How far a node's records are stored
 * is written with them: whatever fails is done again, and nothing is added twice.
 */
@ApplicationScoped
public class MetricsDrain {

  private static final Logger LOG = Logger.getLogger(MetricsDrain.class.getName());
  private static final long MILLIS_OF_MINUTE = 60_000;

  /** In a row, where nodes have much to tell; then others have their turn on the thread. */
  private static final int MOST_ROUNDS = 100;

  /**
   * Figures that are in memory at once, and are added together: unpacked each takes some thirty
   * kilobytes, and after an outage nodes have millions.
   */
  private static final int MOST_FIGURES = 500;

  private NodeSpools spools;
  private MetricStore metrics;
  private InstantSource clock;

  protected MetricsDrain() {}

  @Inject
  public MetricsDrain(NodeSpools spools, MetricStore metrics, InstantSource clock) {
    this.spools = spools;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Keeps what the nodes have by now.
   *
   * @return how many records that was
   */
  public synchronized int drain() throws ClusterUnavailable {
    int all = 0;
    int some = 1;
    for (int round = 0; some > 0 && round < MOST_ROUNDS; round++) {
      Map<String, Position> stored = new HashMap<>();
      metrics
          .positions()
          .forEach((node, p) -> stored.put(node, new Position(p.spool(), p.number())));
      List<Delivery> deliveries = spools.fetch(ClusterNames.METRIC_SPOOL, stored);
      some = deliveries.stream().mapToInt(d -> d.records().size()).sum();
      keep(deliveries);
      all += some;
    }
    return all;
  }

  /** In several transactions, where it is much. */
  private void keep(List<Delivery> deliveries) {
    List<MetricStore.Batch> together = new ArrayList<>();
    int figures = 0;
    for (Delivery delivery : deliveries) {
      TreeMap<Long, MinuteRecord> records = new TreeMap<>();
      long last = delivery.first() - 1;
      long kept = last;
      for (byte[] record : delivery.records()) {
        last++;
        Optional<MinuteRecord> read = read(delivery.node(), last, record);
        if (read.isPresent()) {
          records.put(last, read.get());
          figures += read.get().figures().size();
        }
        if (figures >= MOST_FIGURES) {
          together.add(new MetricStore.Batch(delivery.node(), delivery.spool(), last, records));
          keepTogether(together);
          together.clear();
          records = new TreeMap<>();
          figures = 0;
          kept = last;
        }
      }
      if (last > kept) {
        together.add(new MetricStore.Batch(delivery.node(), delivery.spool(), last, records));
      }
    }
    keepTogether(together);
  }

  private void keepTogether(List<MetricStore.Batch> batches) {
    if (!batches.isEmpty()) {
      metrics.keep(batches, clock.millis() / MILLIS_OF_MINUTE);
    }
  }

  /** What cannot be read is passed over, so that it does not hold up what comes after it. */
  private static Optional<MinuteRecord> read(String node, long number, byte[] record) {
    try {
      return Optional.of(MinuteRecord.decode(record));
    } catch (IOException e) {
      LOG.log(
          Level.WARNING,
          "Record %d of what node %s has counted cannot be read and is lost"
              .formatted(number, node),
          e);
      return Optional.empty();
    }
  }
}
