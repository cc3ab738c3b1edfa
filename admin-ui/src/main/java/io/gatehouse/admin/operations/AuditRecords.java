package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.AuditStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.admin.store.StoredAuditRecord;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Who did what: what the vendor has CloudTrail for. */
@ApplicationScoped
public class AuditRecords implements Operations {

  /**
   * What was done or refused.
   *
   * @param outcome {@code Success}, or the type of the error
   * @param message of the error, else empty
   * @param before JSON of what is different, by thing; empty when nothing was there or has changed
   * @param after likewise
   */
  public record AuditRecord(
      Instant at,
      String principal,
      Caller.Door door,
      String source,
      String operation,
      String resource,
      String outcome,
      String message,
      String before,
      String after) {}

  /**
   * What to show; texts that are not empty must be contained, in whatever case.
   *
   * @param position from an earlier page
   */
  public record Asked(
      String resource, String principal, String operation, Optional<String> position) {}

  /** The newest first. */
  public record Records(List<AuditRecord> items, Optional<String> position) {

    public Records {
      items = List.copyOf(items);
    }
  }

  private AuditStore records;

  protected AuditRecords() {}

  @Inject
  public AuditRecords(AuditStore records) {
    this.records = records;
  }

  /** Of the caller's tenant. */
  @ConsoleQuery(AccessLevel.PERMISSIONS)
  public Records tenantRecords(Caller caller, Asked asked) {
    return list(caller.account(), asked);
  }

  /** Of what operators do to the platform. */
  @ConsoleQuery(AccessLevel.OPERATE)
  public Records platformRecords(Caller caller, Asked asked) {
    return list(Caller.PLATFORM_ACCOUNT, asked);
  }

  private Records list(String account, Asked asked) {
    AuditStore.Filter filter =
        new AuditStore.Filter(asked.resource(), asked.principal(), asked.operation());
    Page<AuditRecord> page =
        records
            .list(account, filter, new Page.Ask(asked.position().orElse(null), 50))
            .map(AuditRecords::view);
    return new Records(page.items(), page.position());
  }

  private static AuditRecord view(StoredAuditRecord stored) {
    return new AuditRecord(
        stored.at(),
        stored.principal(),
        stored.door(),
        stored.source(),
        stored.operation(),
        stored.resource(),
        stored.outcome(),
        stored.message(),
        stored.before(),
        stored.after());
  }
}
