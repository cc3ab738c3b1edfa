package io.gatehouse.admin.publish;

import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredUsageCount;
import io.gatehouse.admin.store.UsageCountStore;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import java.util.List;
import java.util.Map;

/**
 * A database's counts outside of the container: every question is a transaction of its own. May be
 * down.
 */
final class TransactionalCounts extends UsageCountStore {

  private final Kit kit;
  boolean down;

  TransactionalCounts(Kit kit) {
    this.kit = kit;
  }

  @Override
  public void merge(Map<QuotaKey, QuotaState> counted) {
    if (down) {
      throw new IllegalStateException("the database is down");
    }
    kit.database.run(() -> kit.usageCounts.merge(counted));
  }

  @Override
  public Page<StoredUsageCount> current(long day, Page.Ask ask) {
    return kit.database.inTransaction(() -> kit.usageCounts.current(day, ask));
  }

  /** In the counter's period. */
  long used(QuotaKey key) {
    return kit.database
        .inTransaction(
            () ->
                kit.usageCounts.of(
                    key.account(), key.plan(), List.of(key.key()), key.startDay(), key.startDay()))
        .getOrDefault(key, QuotaState.UNKNOWN)
        .used();
  }
}
