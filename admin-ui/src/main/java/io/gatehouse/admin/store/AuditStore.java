package io.gatehouse.admin.store;

import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.guard.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The audit records of all tenants, each seen by its own tenant only. */
@ApplicationScoped
public class AuditStore implements AuditTrail {

  private EntityManager rows;
  private InstantSource clock;

  /**
   * What a listing shows; each part must be contained in its column, in whatever case. Empty parts
   * do not filter.
   */
  public record Filter(String resource, String principal, String operation) {

    public static final Filter NONE = new Filter("", "", "");

    private Map<String, String> parts() {
      Map<String, String> parts = new LinkedHashMap<>();
      parts.put("resource", resource.strip().toLowerCase(Locale.ROOT));
      parts.put("principal", principal.strip().toLowerCase(Locale.ROOT));
      parts.put("operation", operation.strip().toLowerCase(Locale.ROOT));
      parts.values().removeIf(String::isEmpty);
      return parts;
    }
  }

  protected AuditStore() {}

  @Inject
  public AuditStore(EntityManager rows, InstantSource clock) {
    this.rows = rows;
    this.clock = clock;
  }

  @Override
  public Watch watch() {
    RowChanges changes = RowChanges.begin();
    return new Watch() {
      @Override
      public void done(AuditEntry entry) {
        // Only what has been written is seen.
        rows.flush();
        if (entry.kind() == AuditEntry.Kind.CHANGE || !changes.isEmpty()) {
          AuditEntry named = entry.resource().isEmpty() ? entry.about(changes.firstThing()) : entry;
          write(named, AuditEntry.SUCCESS, "", changes.before(), changes.after());
        }
      }

      @Override
      public void close() {
        changes.close();
      }
    };
  }

  @Override
  public void refused(AuditEntry entry, String outcome, String message) {
    write(entry, outcome, message, "", "");
  }

  @Override
  public void happened(AuditEntry entry, String before, String after) {
    write(entry, AuditEntry.SUCCESS, "", before, after);
    // What is told must be there before it happens elsewhere.
    rows.flush();
  }

  private void write(
      AuditEntry entry, String outcome, String message, String before, String after) {
    rows.persist(new StoredAuditRecord(entry, clock.instant(), outcome, message, before, after));
  }

  /** The newest first. */
  public Page<StoredAuditRecord> list(String account, Filter filter, Page.Ask ask) {
    StringBuilder wanted = new StringBuilder();
    filter
        .parts()
        .keySet()
        .forEach(c -> wanted.append(" and locate(:%s, lower(r.%s)) > 0".formatted(c, c)));
    TypedQuery<StoredAuditRecord> query =
        rows.createQuery(
                "select r from StoredAuditRecord r where r.account = :account"
                    + " and r.ordinal < :before"
                    + wanted
                    + " order by r.ordinal desc",
                StoredAuditRecord.class)
            .setParameter("account", account)
            .setParameter("before", ask.after(Long.MAX_VALUE))
            .setMaxResults(ask.size() + 1);
    filter.parts().forEach(query::setParameter);
    return Page.of(query.getResultList(), ask, StoredAuditRecord::ordinal);
  }

  /**
   * Deletes records from before a time, the oldest first.
   *
   * @param most how many, so that no writer waits long
   * @return how many there were
   */
  @Transactional
  public int forget(Instant before, int most) {
    List<Long> old =
        rows.createQuery(
                "select r.ordinal from StoredAuditRecord r where r.at < :before order by r.at",
                Long.class)
            .setParameter("before", before.toEpochMilli())
            .setMaxResults(most)
            .getResultList();
    return old.isEmpty()
        ? 0
        : rows.createQuery("delete from StoredAuditRecord r where r.ordinal in :old")
            .setParameter("old", old)
            .executeUpdate();
  }
}
