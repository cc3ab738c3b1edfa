package io.gatehouse.admin.store;

import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What nodes have counted, of all tenants: the ledger that outlives every cluster. */
@ApplicationScoped
public class UsageCountStore {

  private EntityManager rows;

  protected UsageCountStore() {}

  @Inject
  public UsageCountStore(EntityManager rows) {
    this.rows = rows;
  }

  /**
   * Keeps of what is there and what is new the larger numbers. Counts of plans that are gone are
   * not kept.
   *
   * @param counted few enough for one transaction
   */
  @Transactional
  public void merge(Map<QuotaKey, QuotaState> counted) {
    Map<QuotaKey, StoredUsageCount> there = lock(counted.keySet());
    Set<String> plans = plans(counted.keySet());
    // In one order, so that no two writers wait in a circle.
    Map<QuotaKey, QuotaState> inOrder = new TreeMap<>(Comparator.comparing(QuotaKey::text));
    inOrder.putAll(counted);
    inOrder.forEach(
        (key, state) -> {
          StoredUsageCount row = there.get(key);
          if (row != null) {
            row.merge(state);
          } else if (plans.contains(plan(key.account(), key.plan()))) {
            rows.persist(new StoredUsageCount(key, state));
          }
        });
    rows.flush();
  }

  /** Plan by plan, whose rows an index leads to. */
  private Map<QuotaKey, StoredUsageCount> lock(Set<QuotaKey> keys) {
    Map<QuotaKey, StoredUsageCount> there = new HashMap<>();
    byPlan(keys)
        .values()
        .forEach(
            ofPlan ->
                rows.createQuery(
                        "select c from StoredUsageCount c where c.account = :account"
                            + " and c.planId = :planId and c.keyId in :keyIds"
                            + " and c.startDay in :days order by c.ordinal",
                        StoredUsageCount.class)
                    .setParameter("account", ofPlan.getFirst().account())
                    .setParameter("planId", ofPlan.getFirst().plan())
                    .setParameter("keyIds", distinct(ofPlan, QuotaKey::key))
                    .setParameter("days", distinct(ofPlan, QuotaKey::startDay))
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .setHint("eclipselink.refresh", "true")
                    .getResultList()
                    .forEach(row -> there.put(row.key(), row)));
    return there;
  }

  private static Map<String, List<QuotaKey>> byPlan(Collection<QuotaKey> keys) {
    return keys.stream()
        .collect(
            Collectors.groupingBy(
                key -> plan(key.account(), key.plan()), TreeMap::new, Collectors.toList()));
  }

  private static <T> Set<T> distinct(Collection<QuotaKey> keys, Function<QuotaKey, T> part) {
    return keys.stream().map(part).collect(Collectors.toSet());
  }

  private Set<String> plans(Set<QuotaKey> keys) {
    return rows
        .createQuery(
            "select p.account, p.planId from StoredUsagePlan p where p.account in :accounts"
                + " and p.planId in :planIds",
            Object[].class)
        .setParameter("accounts", distinct(keys, QuotaKey::account))
        .setParameter("planIds", distinct(keys, QuotaKey::plan))
        .getResultList()
        .stream()
        .map(p -> plan((String) p[0], (String) p[1]))
        .collect(Collectors.toSet());
  }

  private static String plan(String account, String planId) {
    return account + "/" + planId;
  }

  /**
   * Counts of keys in a plan, in all periods that have a day from first to last.
   *
   * @param first counted from the epoch, as all days are
   */
  public Map<QuotaKey, QuotaState> of(
      String account, String planId, List<String> keyIds, long first, long last) {
    if (keyIds.isEmpty()) {
      return Map.of();
    }
    Map<QuotaKey, QuotaState> found = new HashMap<>();
    rows.createQuery(
            "select c from StoredUsageCount c where c.account = :account and c.planId = :planId"
                + " and c.keyId in :keyIds and c.startDay between :first and :last",
            StoredUsageCount.class)
        .setParameter("account", account)
        .setParameter("planId", planId)
        .setParameter("keyIds", keyIds)
        .setParameter("first", Math.min(start(first, Period.MONTH), start(first, Period.WEEK)))
        .setParameter("last", last)
        .getResultList()
        .forEach(row -> found.put(row.key(), row.state()));
    return found;
  }

  /** Counts of the periods that a day is in, of all tenants. */
  @Transactional
  public Page<StoredUsageCount> current(long day, Page.Ask ask) {
    List<StoredUsageCount> found =
        rows.createQuery(
                "select c from StoredUsageCount c where c.ordinal > :after"
                    + " and ((c.period = :daily and c.startDay = :day)"
                    + " or (c.period = :weekly and c.startDay = :week)"
                    + " or (c.period in :monthly and c.startDay = :month)) order by c.ordinal",
                StoredUsageCount.class)
            .setParameter("after", ask.after(0))
            .setParameter("daily", Period.DAY)
            .setParameter("day", day)
            .setParameter("weekly", Period.WEEK)
            .setParameter("week", start(day, Period.WEEK))
            .setParameter("monthly", List.of(Period.MONTH, Period.NONE))
            .setParameter("month", start(day, Period.MONTH))
            .setMaxResults(ask.size() + 1)
            .getResultList();
    return Page.of(found, ask, StoredUsageCount::ordinal);
  }

  private static long start(long day, Period period) {
    return period.startDay(Duration.ofDays(day).toMillis());
  }

  /**
   * Deletes counts, and what somebody granted, of periods that began before a day, the oldest
   * first.
   *
   * @param most how many of each, so that no writer waits long
   * @return how many there were
   */
  @Transactional
  public int forget(long before, int most) {
    return forget("StoredUsageCount", "startDay", before, most)
        + forget("StoredQuotaGrant", "grantedOn", before, most);
  }

  private int forget(String entity, String day, long before, int most) {
    List<Long> old =
        rows.createQuery(
                "select r.ordinal from %s r where r.%s < :before order by r.%s"
                    .formatted(entity, day, day),
                Long.class)
            .setParameter("before", before)
            .setMaxResults(most)
            .getResultList();
    return old.isEmpty()
        ? 0
        : rows.createQuery("delete from " + entity + " r where r.ordinal in :old")
            .setParameter("old", old)
            .executeUpdate();
  }
}
