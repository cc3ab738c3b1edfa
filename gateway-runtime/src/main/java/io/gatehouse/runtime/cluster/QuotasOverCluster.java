package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The quotas of an installation, as the control plane reads them into its ledger and gives them
 * back to a cluster that has lost them. Waits for the cluster and throws what Hazelcast throws, so
 * it is for threads that may.
 */
public final class QuotasOverCluster {

  /** Owners' clocks may differ by this much; what changed about then is told twice. */
  static final Duration CLOCKS_DIFFER = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(QuotasOverCluster.class);
  private static final int BATCH = 500;

  private final IMap<String, byte[]> map;

  /**
   * @param cluster a member or a client
   */
  public QuotasOverCluster(HazelcastInstance cluster) {
    this.map = cluster.getMap(ClusterNames.QUOTAS);
  }

  /** All counters that have changed since then, and some that changed shortly before. */
  public Map<QuotaKey, QuotaState> changedSince(long epochMillis) {
    Map<QuotaKey, QuotaState> changed = new HashMap<>();
    map.entrySet(new ChangedSince(epochMillis - CLOCKS_DIFFER.toMillis()))
        .forEach(entry -> read(changed, entry.getKey(), entry.getValue()));
    return changed;
  }

  private static void read(Map<QuotaKey, QuotaState> into, String key, byte[] value) {
    try {
      into.put(QuotaKey.parse(key), QuotaEntry.of(value).state());
    } catch (IllegalArgumentException e) {
      LOG.warn("quota {} in the cluster cannot be read: {}", key, e.getMessage());
    }
  }

  /** Empty where no node has asked for the quota, nor the ledger told of it. */
  public Optional<QuotaState> find(QuotaKey key) {
    return Optional.ofNullable(map.get(key.text())).map(value -> QuotaEntry.of(value).state());
  }

  /** Of these counters, those that the cluster knows. */
  public Map<QuotaKey, QuotaState> find(Set<QuotaKey> keys) {
    Map<QuotaKey, QuotaState> found = new HashMap<>();
    map.getAll(keys.stream().map(QuotaKey::text).collect(Collectors.toSet()))
        .forEach((key, value) -> read(found, key, value));
    return found;
  }

  /** Counters of which the cluster knows nothing: after all nodes were stopped, these are all. */
  public boolean isEmpty() {
    return map.isEmpty();
  }

  /** Tells the cluster what is known besides; of each count the greatest stays. */
  public void merge(Map<QuotaKey, QuotaState> known) {
    Map<String, QuotaState> batch = new HashMap<>();
    for (Map.Entry<QuotaKey, QuotaState> one : known.entrySet()) {
      batch.put(one.getKey().text(), one.getValue());
      if (batch.size() == BATCH) {
        map.executeOnKeys(batch.keySet(), new MergeQuotas(batch));
        batch.clear();
      }
    }
    if (!batch.isEmpty()) {
      map.executeOnKeys(batch.keySet(), new MergeQuotas(batch));
    }
  }
}
