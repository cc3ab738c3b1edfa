package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import java.util.List;
import java.util.Map;

/** What nodes have to tell and keep on their disks until it is stored here. */
public interface NodeSpools {

  /**
   * Asks every node for what follows what is stored of it, which the node then forgets. Nodes that
   * do not answer now are asked the next time. What is given comes again until it is stored.
   *
   * @param kind {@code LOG_SPOOL} or {@code METRIC_SPOOL} of {@link
   *     io.gatehouse.model.snapshot.ClusterNames}
   * @param stored up to where, by the nodes' names
   */
  List<Delivery> fetch(String kind, Map<String, Position> stored) throws ClusterUnavailable;
}
