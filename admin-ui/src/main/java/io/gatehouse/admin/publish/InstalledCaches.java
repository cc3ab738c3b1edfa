package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.runtime.cluster.CacheOverCluster;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The caches of the nodes in the cluster. */
@ApplicationScoped
public class InstalledCaches implements NodeCaches {

  private ClusterClient cluster;

  protected InstalledCaches() {}

  @Inject
  public InstalledCaches(ClusterClient cluster) {
    this.cluster = cluster;
  }

  @Override
  public int purge(String account, String apiId, String stageName, String path)
      throws ClusterUnavailable {
    try {
      return cluster.ask(
          instance -> new CacheOverCluster(() -> instance).purge(account, apiId, stageName, path));
    } catch (IllegalStateException unanswered) {
      throw new ClusterUnavailable(unanswered);
    }
  }

  @Override
  public List<LeakReport> leaks(String account) throws ClusterUnavailable {
    return cluster.ask(instance -> new CacheOverCluster(() -> instance).leaks(account));
  }
}
