package io.gatehouse.admin.publish;

import io.gatehouse.admin.logs.LogStore;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;

/**
 * Brings what nodes have written of requests into the log store. A record comes again until it is
 * stored, and the store knows those that it has: each is there once.
 */
@ApplicationScoped
public class LogDrain {

  private NodeSpools spools;
  private LogStore logs;

  protected LogDrain() {}

  @Inject
  public LogDrain(NodeSpools spools, LogStore logs) {
    this.spools = spools;
    this.logs = logs;
  }

  /**
   * @return how many records came, some perhaps once more
   */
  public synchronized int drain() throws ClusterUnavailable, IOException {
    List<Delivery> deliveries;
    try {
      deliveries = spools.fetch(ClusterNames.LOG_SPOOL, logs.positions());
    } catch (ClusterUnavailable e) {
      // What is there grows older all the same.
      logs.store(List.of());
      throw e;
    }
    logs.store(deliveries);
    return deliveries.stream().mapToInt(delivery -> delivery.records().size()).sum();
  }
}
