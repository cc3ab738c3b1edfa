package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Owners of counters that live in a map, and may be out of reach. */
public final class RememberedCounters implements QuotaCounters {

  private final Map<QuotaKey, QuotaState> all = new HashMap<>();
  private boolean unreachable;

  /** A node tells what it has used, by days of the period, of as much as it was leased. */
  public void told(QuotaKey key, String node, long leased, long... used) {
    NodeCount count = new NodeCount(true, leased, 0, used);
    all.merge(key, new QuotaState(0, Map.of(node, count), List.of()), QuotaState::merge);
  }

  public void unreachable(boolean now) {
    unreachable = now;
  }

  /** The whole cluster was stopped. */
  void forget() {
    all.clear();
  }

  @Override
  public Map<QuotaKey, QuotaState> changedSince(long epochMillis) throws ClusterUnavailable {
    reach();
    return Map.copyOf(all);
  }

  @Override
  public Map<QuotaKey, QuotaState> find(Set<QuotaKey> keys) throws ClusterUnavailable {
    reach();
    Map<QuotaKey, QuotaState> found = new HashMap<>(all);
    found.keySet().retainAll(keys);
    return found;
  }

  @Override
  public void merge(Map<QuotaKey, QuotaState> known) throws ClusterUnavailable {
    reach();
    known.forEach((key, state) -> all.merge(key, state, QuotaState::merge));
  }

  private void reach() throws ClusterUnavailable {
    if (unreachable) {
      throw new ClusterUnavailable(new IllegalStateException("no node"));
    }
  }
}
