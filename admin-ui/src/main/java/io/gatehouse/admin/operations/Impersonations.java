package io.gatehouse.admin.operations;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.AuditEntry;
import io.gatehouse.admin.guard.AuditTrail;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.TenantStore;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * An operator at work in the place of a tenant: for a reason, for an hour at most, and known to
 * operators and to the tenant.
 */
@ApplicationScoped
public class Impersonations implements Operations {

  private static final Duration LONGEST = Duration.ofHours(1);
  private static final int SHORTEST_REASON = 5;
  private static final int LONGEST_REASON = 500;

  /**
   * Of one tenant by one operator.
   *
   * @param operator the user name
   * @param until when it ends by itself
   */
  public record Impersonation(
      String account, String tenant, String operator, String reason, Instant until)
      implements Serializable {

    /** An hour that has not begun yet, as by a clock that was wrong, is over as well. */
    public boolean isOver(Instant now) {
      return !now.isBefore(until) || now.isBefore(until.minus(LONGEST));
    }
  }

  private TenantStore tenants;
  private AuditTrail trail;
  private InstantSource clock;

  protected Impersonations() {}

  @Inject
  public Impersonations(TenantStore tenants, AuditTrail trail, InstantSource clock) {
    this.tenants = tenants;
    this.trail = trail;
    this.clock = clock;
  }

  /**
   * Lets an operator work as an owner of the tenant would.
   *
   * @param reason for the tenant to read
   */
  @ConsoleQuery(AccessLevel.OPERATE)
  public Impersonation beginImpersonation(Caller operator, String account, String reason) {
    String why = reason == null ? "" : reason.strip();
    if (why.length() < SHORTEST_REASON || why.length() > LONGEST_REASON) {
      throw ApiError.badRequest(
          "Give a reason of %d to %d characters, which the tenant will read"
              .formatted(SHORTEST_REASON, LONGEST_REASON));
    }
    String name =
        tenants
            .find(account)
            .orElseThrow(() -> ApiError.notFound("Tenant " + account + " does not exist"))
            .name();
    Instant until = clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(LONGEST);
    Impersonation begun = new Impersonation(account, name, operator.principal(), why, until);
    record(operator, "beginImpersonation", begun, "", json(begun));
    return begun;
  }

  /** By the operator, or because its time is over. */
  @ConsoleQuery(AccessLevel.OPERATE)
  public void endImpersonation(Caller operator, Impersonation ended) {
    if (!ended.operator().equals(operator.principal())) {
      throw ApiError.badRequest("Only " + ended.operator() + " can end this impersonation");
    }
    record(operator, "endImpersonation", ended, json(ended), "");
  }

  private void record(
      Caller operator, String operation, Impersonation what, String before, String after) {
    for (String account : List.of(Caller.PLATFORM_ACCOUNT, what.account())) {
      AuditEntry entry =
          new AuditEntry(
              operator, account, operation, "Tenant " + what.account(), AuditEntry.Kind.CHANGE);
      trail.happened(entry, before, after);
    }
  }

  private static String json(Impersonation one) {
    return JSON.createObjectBuilder()
        .add(
            "Impersonation of " + one.account(),
            JSON.createObjectBuilder()
                .add("operator", one.operator())
                .add("reason", one.reason())
                .add("until", one.until().toString()))
        .build()
        .toString();
  }
}
