package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredUsageCount;
import io.gatehouse.admin.store.UsageCountStore;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps in the database what nodes have counted, and tells a cluster that has lost it. Figures only
 * grow and merge by the larger one: it does not matter how often, how late or by how many control
 * planes that is done.
 */
@ApplicationScoped
public class UsageLedger {

  private static final int AT_ONCE = 200;

  /** When the last round that has kept all began. */
  private long keptUntil;

  /** What that round was told; much of it is told again. */
  private Map<QuotaKey, QuotaState> kept = Map.of();

  private QuotaCounters counters;
  private UsageCountStore counts;
  private InstantSource clock;

  protected UsageLedger() {}

  @Inject
  public UsageLedger(QuotaCounters counters, UsageCountStore counts, InstantSource clock) {
    this.counters = counters;
    this.counts = counts;
    this.clock = clock;
  }

  /**
   * Keeps what has changed since the last time. What cannot be kept now is kept the next time.
   *
   * @return how many counters have changed
   */
  public synchronized int drain() throws ClusterUnavailable {
    long now = clock.millis();
    Map<QuotaKey, QuotaState> told = counters.changedSince(keptUntil);
    Map<QuotaKey, QuotaState> batch = new HashMap<>();
    int all = 0;
    for (Map.Entry<QuotaKey, QuotaState> one : told.entrySet()) {
      if (!one.getValue().equals(kept.get(one.getKey()))) {
        all++;
        batch.put(one.getKey(), one.getValue());
        if (batch.size() == AT_ONCE) {
          counts.merge(batch);
          batch.clear();
        }
      }
    }
    if (!batch.isEmpty()) {
      counts.merge(batch);
    }
    keptUntil = now;
    kept = told;
    return all;
  }

  /**
   * Tells the cluster all that the database knows of the periods that this day is in.
   *
   * @return how many counters that is
   */
  public synchronized int restore() throws ClusterUnavailable {
    long today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    int all = 0;
    Optional<String> position = Optional.of("");
    while (position.isPresent()) {
      Page<StoredUsageCount> page = counts.current(today, new Page.Ask(position.get(), AT_ONCE));
      Map<QuotaKey, QuotaState> known = new HashMap<>();
      page.items().forEach(row -> known.put(row.key(), row.state()));
      if (!known.isEmpty()) {
        counters.merge(known);
      }
      all += known.size();
      position = page.position();
    }
    return all;
  }
}
