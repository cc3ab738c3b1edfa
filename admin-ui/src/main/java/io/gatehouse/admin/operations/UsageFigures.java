package io.gatehouse.admin.operations;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.QuotaCounters;
import io.gatehouse.admin.publish.SnapshotBuilder;
import io.gatehouse.admin.store.PlanStore;
import io.gatehouse.admin.store.StoredQuotaGrant;
import io.gatehouse.admin.store.StoredUsagePlan;
import io.gatehouse.admin.store.UsageCountStore;
import io.gatehouse.admin.store.UsageStore;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What keys have used of a plan: what the database has, and what the cluster counts right now,
 * where it can be reached. Days are counted from the epoch.
 */
@ApplicationScoped
public class UsageFigures {

  /** Left of a plan without a quota. */
  static final long NO_QUOTA = -1;

  private static final Logger LOG = Logger.getLogger(UsageFigures.class.getName());

  private PlanStore plans;
  private UsageStore usage;
  private UsageCountStore counts;
  private QuotaCounters cluster;
  private SnapshotBuilder snapshots;
  private InstantSource clock;

  protected UsageFigures() {}

  @Inject
  public UsageFigures(
      PlanStore plans,
      UsageStore usage,
      UsageCountStore counts,
      QuotaCounters cluster,
      SnapshotBuilder snapshots,
      InstantSource clock) {
    this.plans = plans;
    this.usage = usage;
    this.counts = counts;
    this.cluster = cluster;
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /** Pairs {@code [used, remaining]} for each day, by key. */
  Map<String, List<List<Long>>> of(StoredUsagePlan plan, List<String> keyIds, UsageDays days) {
    Optional<Quota> quota = quota(plan);
    long first = days.first().toEpochDay();
    long last = days.last().toEpochDay();
    Counted counted = counted(plan, quota, keyIds, first, last);
    Map<String, Long> joined = joined(plan, keyIds);
    Map<String, List<StoredQuotaGrant>> grants =
        quota
            .map(q -> q.period().startOf(first))
            .map(start -> usage.grants(plan.account(), plan.planId(), keyIds, start, last))
            .orElse(List.of())
            .stream()
            .collect(Collectors.groupingBy(StoredQuotaGrant::keyId));
    Map<String, List<List<Long>>> items = new LinkedHashMap<>();
    for (String keyId : keyIds) {
      Optional<Long> since = Optional.ofNullable(joined.get(keyId));
      List<StoredQuotaGrant> mine = grants.getOrDefault(keyId, List.of());
      items.put(
          keyId,
          days.each().stream()
              .map(LocalDate::toEpochDay)
              .map(
                  day ->
                      List.of(
                          counted.on(keyId, day),
                          quota
                              .map(q -> q.allowed(since, said(mine, day), day))
                              .map(allowed -> allowed - counted.until(keyId, quota.get(), day))
                              .map(left -> Math.max(0, left))
                              .orElse(NO_QUOTA)))
              .toList());
    }
    return items;
  }

  Optional<Quota> quota(StoredUsagePlan plan) {
    return snapshots.plan(plan).quota();
  }

  /** What a key has used in the quota's period of the day. */
  long used(StoredUsagePlan plan, String keyId, Quota quota, long day) {
    return counted(plan, Optional.of(quota), List.of(keyId), day, day).until(keyId, quota, day);
  }

  /** What somebody has said last, up to a day; nodes are told the same. */
  private static Optional<Quota.Total> said(List<StoredQuotaGrant> grants, long day) {
    return grants.reversed().stream()
        .filter(grant -> grant.day() <= day)
        .findFirst()
        .map(StoredQuotaGrant::total);
  }

  private Map<String, Long> joined(StoredUsagePlan plan, List<String> keyIds) {
    Map<String, Long> joined = new HashMap<>();
    plans.memberships(plan.account(), keyIds).stream()
        .filter(row -> row.planId().equals(plan.planId()))
        .forEach(row -> row.joinedOn().ifPresent(day -> joined.put(row.keyId(), day)));
    return joined;
  }

  private Counted counted(
      StoredUsagePlan plan, Optional<Quota> quota, List<String> keyIds, long first, long last) {
    Map<QuotaKey, QuotaState> all = counts.of(plan.account(), plan.planId(), keyIds, first, last);
    Period period = quota.map(UsageFigures::period).orElse(Period.NONE);
    long start = period.startDay(clock.millis());
    long today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    if (first <= today && last >= start) {
      newest(
              keyIds.stream()
                  .map(id -> new QuotaKey(plan.account(), plan.planId(), id, period, start))
                  .collect(Collectors.toSet()))
          .forEach((key, state) -> all.merge(key, state, QuotaState::merge));
    }
    return Counted.of(all);
  }

  private Map<QuotaKey, QuotaState> newest(Set<QuotaKey> keys) {
    try {
      return cluster.find(keys);
    } catch (ClusterUnavailable e) {
      LOG.log(Level.FINE, "Usage is told as the database has it", e);
      return Map.of();
    }
  }

  private static Period period(Quota quota) {
    return Period.valueOf(quota.period().name());
  }

  /** Counters of one plan, by key. */
  private record Counted(Map<String, List<Map.Entry<QuotaKey, QuotaState>>> counters) {

    static Counted of(Map<QuotaKey, QuotaState> all) {
      return new Counted(
          all.entrySet().stream().collect(Collectors.groupingBy(one -> one.getKey().key())));
    }

    private Stream<Map.Entry<QuotaKey, QuotaState>> of(String keyId) {
      return counters.getOrDefault(keyId, List.of()).stream();
    }

    /** On one day, whatever the plan's quota was then. */
    long on(String keyId, long day) {
      return of(keyId).mapToLong(one -> used(one.getKey(), one.getValue(), day, day)).sum();
    }

    /** From the start of the quota's period. */
    long until(String keyId, Quota quota, long day) {
      long start = quota.period().startOf(day);
      return of(keyId)
          .filter(one -> one.getKey().period() == period(quota))
          .filter(one -> one.getKey().startDay() == start)
          .mapToLong(one -> used(one.getKey(), one.getValue(), start, day))
          .sum();
    }

    private static long used(QuotaKey key, QuotaState state, long first, long last) {
      int from = (int) Math.max(0, first - key.startDay());
      long used = 0;
      for (NodeCount node : state.nodes().values()) {
        for (int i = from; i < node.days().length && key.startDay() + i <= last; i++) {
          used += node.days()[i];
        }
      }
      return used;
    }
  }
}
