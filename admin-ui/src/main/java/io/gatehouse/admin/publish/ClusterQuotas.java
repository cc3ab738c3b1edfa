package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.cluster.QuotasOverCluster;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;

/** The counters of the cluster that the control plane is a client of. */
@ApplicationScoped
public class ClusterQuotas implements QuotaCounters {

  private ClusterClient cluster;

  protected ClusterQuotas() {}

  @Inject
  public ClusterQuotas(ClusterClient cluster) {
    this.cluster = cluster;
  }

  @Override
  public Map<QuotaKey, QuotaState> changedSince(long epochMillis) throws ClusterUnavailable {
    return cluster.ask(instance -> new QuotasOverCluster(instance).changedSince(epochMillis));
  }

  @Override
  public Map<QuotaKey, QuotaState> find(Set<QuotaKey> keys) throws ClusterUnavailable {
    return cluster.ask(instance -> new QuotasOverCluster(instance).find(keys));
  }

  @Override
  public void merge(Map<QuotaKey, QuotaState> known) throws ClusterUnavailable {
    cluster.ask(
        instance -> {
          new QuotasOverCluster(instance).merge(known);
          return null;
        });
  }
}
