package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.LocalDate;
import java.util.List;

/** What was set as left of quotas; a key that leaves its plan takes its rows along. */
@ApplicationScoped
public class UsageStore {

  private EntityManager rows;

  protected UsageStore() {}

  @Inject
  public UsageStore(EntityManager rows) {
    this.rows = rows;
  }

  /** Sets what is left from a day on; the key must be in the plan, which must be locked. */
  public void grant(Caller caller, String planId, String keyId, LocalDate day, long remaining) {
    grants(caller, planId, List.of(keyId), day, day).stream()
        .findFirst()
        .ifPresentOrElse(
            there -> there.replace(remaining),
            () ->
                rows.persist(
                    new StoredUsageGrant(caller.account(), planId, keyId, day, remaining)));
    rows.flush();
  }

  /** What was set for the keys on the days from first to last, both included, in their order. */
  public List<StoredUsageGrant> grants(
      Caller caller, String planId, List<String> keyIds, LocalDate first, LocalDate last) {
    if (keyIds.isEmpty()) {
      return List.of();
    }
    return rows.createQuery(
            "select g from StoredUsageGrant g where g.account = :account and g.planId = :planId"
                + " and g.keyId in :keyIds and g.grantedOn between :first and :last"
                + " order by g.grantedOn",
            StoredUsageGrant.class)
        .setParameter("account", caller.account())
        .setParameter("planId", planId)
        .setParameter("keyIds", keyIds)
        .setParameter("first", first.toEpochDay())
        .setParameter("last", last.toEpochDay())
        .getResultList();
  }
}
