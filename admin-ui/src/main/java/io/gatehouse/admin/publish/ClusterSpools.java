package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.cluster.SpoolsOverCluster;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Delivery;
import io.gatehouse.runtime.cluster.SpoolsOverCluster.Position;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;

/** The spools of the nodes in the cluster that the control plane is a client of. */
@ApplicationScoped
public class ClusterSpools implements NodeSpools {

  private static final int MOST_BYTES_OF_A_NODE = 2 << 20;

  private ClusterClient cluster;

  protected ClusterSpools() {}

  @Inject
  public ClusterSpools(ClusterClient cluster) {
    this.cluster = cluster;
  }

  @Override
  public List<Delivery> fetch(String kind, Map<String, Position> stored) throws ClusterUnavailable {
    return cluster.ask(
        instance -> new SpoolsOverCluster(instance).fetch(kind, stored, MOST_BYTES_OF_A_NODE));
  }
}
