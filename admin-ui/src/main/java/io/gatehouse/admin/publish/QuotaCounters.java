package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import java.util.Map;
import java.util.Set;

/** The counters of quotas, as their owners in the cluster keep them. */
public interface QuotaCounters {

  /** All that have changed since a time, and perhaps some that changed before. */
  Map<QuotaKey, QuotaState> changedSince(long epochMillis) throws ClusterUnavailable;

  /** Of these, those that there are. */
  Map<QuotaKey, QuotaState> find(Set<QuotaKey> keys) throws ClusterUnavailable;

  /** Lets the owners know what is known here as well; of both the larger figures are kept. */
  void merge(Map<QuotaKey, QuotaState> known) throws ClusterUnavailable;
}
