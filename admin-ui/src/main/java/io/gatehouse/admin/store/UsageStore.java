package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.model.snapshot.Quota;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.List;

/** What somebody has said that keys may use of their quotas. */
@ApplicationScoped
public class UsageStore {

  private static final int AT_ONCE = 500;

  private EntityManager rows;

  protected UsageStore() {}

  @Inject
  public UsageStore(EntityManager rows) {
    this.rows = rows;
  }

  /**
   * Sets all that a key may use from a day on; the key must be in the plan, which must be locked.
   *
   * @param day counted from the epoch
   */
  public void grant(
      Caller caller, String planId, String keyId, long day, Quota.Period period, long allowed) {
    StoredQuotaGrant grant =
        grants(caller.account(), planId, List.of(keyId), day, day).stream()
            .findFirst()
            .orElseGet(() -> new StoredQuotaGrant(caller.account(), planId, keyId, day));
    grant.replace(period, allowed);
    rows.persist(grant);
    rows.flush();
  }

  /** What was set for the keys on the days from first to last, both included, in their order. */
  public List<StoredQuotaGrant> grants(
      String account, String planId, List<String> keyIds, long first, long last) {
    if (keyIds.isEmpty()) {
      return List.of();
    }
    return rows.createQuery(
            "select g from StoredQuotaGrant g where g.account = :account and g.planId = :planId"
                + " and g.keyId in :keyIds and g.grantedOn between :first and :last"
                + " order by g.grantedOn",
            StoredQuotaGrant.class)
        .setParameter("account", account)
        .setParameter("planId", planId)
        .setParameter("keyIds", keyIds)
        .setParameter("first", first)
        .setParameter("last", last)
        .getResultList();
  }

  /** The last that was set for each of the keys in each plan. */
  public List<StoredQuotaGrant> lastGrants(String account, List<String> keyIds) {
    List<StoredQuotaGrant> last = new ArrayList<>();
    for (int from = 0; from < keyIds.size(); from += AT_ONCE) {
      last.addAll(
          rows.createQuery(
                  "select g from StoredQuotaGrant g where g.account = :account"
                      + " and g.keyId in :keyIds and g.grantedOn = (select max(o.grantedOn)"
                      + " from StoredQuotaGrant o where o.account = :account"
                      + " and o.planId = g.planId and o.keyId = g.keyId)",
                  StoredQuotaGrant.class)
              .setParameter("account", account)
              .setParameter("keyIds", keyIds.subList(from, Math.min(from + AT_ONCE, keyIds.size())))
              .getResultList());
    }
    return last;
  }
}
