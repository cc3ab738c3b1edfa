package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Usage plans, and which keys are in them. */
@ApplicationScoped
public class PlanStore {

  private static final int AT_ONCE = 500;

  private EntityManager rows;
  private Revisions revisions;
  private InstantSource clock;

  protected PlanStore() {}

  @Inject
  public PlanStore(EntityManager rows, Revisions revisions, InstantSource clock) {
    this.rows = rows;
    this.revisions = revisions;
    this.clock = clock;
  }

  /** Adds a plan; its id, which the caller has drawn, is in the body. */
  public StoredUsagePlan create(Caller caller, UsagePlan body) {
    StoredUsagePlan plan = new StoredUsagePlan(caller.account(), body, revisions.next(0));
    rows.persist(plan);
    rows.flush();
    return plan;
  }

  public Optional<StoredUsagePlan> find(Caller caller, String planId) {
    return query(caller, planId).getResultList().stream().findFirst();
  }

  /**
   * @throws ApiError not found
   */
  public StoredUsagePlan get(Caller caller, String planId) {
    return find(caller, planId).orElseThrow(PlanStore::unknown);
  }

  /** As {@link #get}, while other writers of this plan wait. */
  public StoredUsagePlan lock(Caller caller, String planId) {
    return query(caller, planId)
        .setLockMode(LockModeType.PESSIMISTIC_WRITE)
        .setHint("eclipselink.refresh", "true")
        .getResultList()
        .stream()
        .findFirst()
        .orElseThrow(PlanStore::unknown);
  }

  /**
   * In order of creation.
   *
   * @param keyId empty for all, else only the plans that hold this key
   */
  public Page<UsagePlan> list(Caller caller, String keyId, Page.Ask ask) {
    String wanted =
        keyId.isEmpty()
            ? ""
            : " and exists (select k from StoredPlanKey k where k.account = :account"
                + " and k.planId = p.planId and k.keyId = :keyId)";
    TypedQuery<StoredUsagePlan> query =
        rows.createQuery(
                "select p from StoredUsagePlan p where p.account = :account and p.ordinal > :after"
                    + wanted
                    + " order by p.ordinal",
                StoredUsagePlan.class)
            .setParameter("account", caller.account())
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1);
    if (!keyId.isEmpty()) {
      query.setParameter("keyId", keyId);
    }
    return Page.of(query.getResultList(), ask, StoredUsagePlan::ordinal).map(StoredUsagePlan::body);
  }

  /** Gives a locked plan a new body and a new revision. */
  public void replace(StoredUsagePlan plan, UsagePlan body) {
    plan.replace(body, revisions.next(plan.revision()));
  }

  /** Removes a plan that holds no keys, and what its keys have used. */
  public void delete(StoredUsagePlan plan) {
    for (String entity : List.of("StoredUsageCount", "StoredQuotaGrant")) {
      rows.createQuery(
              "delete from " + entity + " r where r.account = :account and r.planId = :planId")
          .setParameter("account", plan.account())
          .setParameter("planId", plan.planId())
          .executeUpdate();
    }
    rows.remove(plan);
    rows.flush();
  }

  public boolean holds(Caller caller, String planId, String keyId) {
    return planKey(caller, planId, keyId).isPresent();
  }

  /**
   * @throws ApiError not found, when the key is not in the plan
   */
  public void requireKey(Caller caller, String planId, String keyId) {
    if (!holds(caller, planId, keyId)) {
      throw ApiError.notFound("Invalid Usage Plan Key identifier specified");
    }
  }

  /** Puts keys that are not in it into a locked plan; all must be the caller's own. */
  public void addKeys(Caller caller, String planId, List<String> keyIds) {
    keyIds.forEach(keyId -> persist(caller, planId, keyId));
    rows.flush();
  }

  /** Puts a key into a plan; both must be the caller's own. */
  public void addKey(Caller caller, String planId, String keyId) {
    persist(caller, planId, keyId);
    rows.flush();
  }

  private void persist(Caller caller, String planId, String keyId) {
    long today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay();
    rows.persist(new StoredPlanKey(caller.account(), planId, keyId, today));
  }

  /** Takes a key out of a plan; what it has used stays, for when it comes back. */
  public void removeKey(Caller caller, String planId, String keyId) {
    planKey(caller, planId, keyId).ifPresent(rows::remove);
    rows.flush();
  }

  /** The plans that hold a key. */
  public List<String> plansOf(String account, String keyId) {
    return rows.createQuery(
            "select k.planId from StoredPlanKey k where k.account = :account"
                + " and k.keyId = :keyId order by k.ordinal",
            String.class)
        .setParameter("account", account)
        .setParameter("keyId", keyId)
        .getResultList();
  }

  /** The plans of each key that is in one, by its id. */
  public Map<String, Set<String>> plansOf(Caller caller, List<String> keyIds) {
    Map<String, Set<String>> plansByKey = new HashMap<>();
    memberships(caller.account(), keyIds)
        .forEach(
            row ->
                plansByKey
                    .computeIfAbsent(row.keyId(), id -> new LinkedHashSet<>())
                    .add(row.planId()));
    return plansByKey;
  }

  /** All memberships of the keys, in the order in which they began. */
  public List<StoredPlanKey> memberships(String account, List<String> keyIds) {
    List<StoredPlanKey> found = new ArrayList<>();
    for (int from = 0; from < keyIds.size(); from += AT_ONCE) {
      found.addAll(
          rows.createQuery(
                  "select k from StoredPlanKey k where k.account = :account"
                      + " and k.keyId in :keyIds order by k.ordinal",
                  StoredPlanKey.class)
              .setParameter("account", account)
              .setParameter("keyIds", keyIds.subList(from, Math.min(from + AT_ONCE, keyIds.size())))
              .getResultList());
    }
    return found;
  }

  /** The plans, other than this one, that hold a key which this one holds as well. */
  public List<StoredUsagePlan> plansSharingKeys(Caller caller, String planId) {
    return rows.createQuery(
            "select distinct p from StoredUsagePlan p, StoredPlanKey mine, StoredPlanKey other"
                + " where p.account = :account and mine.account = :account"
                + " and other.account = :account and mine.planId = :planId"
                + " and other.keyId = mine.keyId and other.planId <> :planId"
                + " and p.planId = other.planId",
            StoredUsagePlan.class)
        .setParameter("account", caller.account())
        .setParameter("planId", planId)
        .getResultList();
  }

  /** All keys of a plan, by id. */
  public List<String> keysOf(Caller caller, String planId) {
    return rows.createQuery(
            "select k.keyId from StoredPlanKey k where k.account = :account"
                + " and k.planId = :planId order by k.keyId",
            String.class)
        .setParameter("account", caller.account())
        .setParameter("planId", planId)
        .getResultList();
  }

  /**
   * The keys of a plan, in the order in which they joined it.
   *
   * @param namePrefix empty for all
   */
  public Page<StoredApiKey> keys(Caller caller, String planId, String namePrefix, Page.Ask ask) {
    String wanted = namePrefix.isEmpty() ? "" : " and substring(a.name, 1, :length) = :prefix";
    TypedQuery<Object[]> query =
        rows.createQuery(
                "select a, k.ordinal from StoredApiKey a, StoredPlanKey k"
                    + " where k.account = :account and a.account = :account"
                    + " and k.planId = :planId and a.keyId = k.keyId and k.ordinal > :after"
                    + wanted
                    + " order by k.ordinal",
                Object[].class)
            .setParameter("account", caller.account())
            .setParameter("planId", planId)
            .setParameter("after", ask.after(0))
            .setMaxResults(ask.size() + 1);
    if (!namePrefix.isEmpty()) {
      query.setParameter("length", namePrefix.length()).setParameter("prefix", namePrefix);
    }
    return Page.of(query.getResultList(), ask, row -> (Long) row[1])
        .map(row -> (StoredApiKey) row[0]);
  }

  private Optional<StoredPlanKey> planKey(Caller caller, String planId, String keyId) {
    return rows
        .createQuery(
            "select k from StoredPlanKey k where k.account = :account and k.planId = :planId"
                + " and k.keyId = :keyId",
            StoredPlanKey.class)
        .setParameter("account", caller.account())
        .setParameter("planId", planId)
        .setParameter("keyId", keyId)
        .getResultList()
        .stream()
        .findFirst();
  }

  private TypedQuery<StoredUsagePlan> query(Caller caller, String planId) {
    return rows.createQuery(
            "select p from StoredUsagePlan p where p.account = :account and p.planId = :planId",
            StoredUsagePlan.class)
        .setParameter("account", caller.account())
        .setParameter("planId", planId);
  }

  private static ApiError unknown() {
    return ApiError.notFound("Invalid Usage Plan ID specified");
  }
}
