package io.gatehouse.admin.guard;

import io.gatehouse.model.wire.ApiError;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Leaves a record of every change with the change itself, one of every attempt that was refused,
 * and a line of either in the server's log. Reading in good order is logged at FINE only, and costs
 * nothing else.
 */
record Audit(AuditTrail trail, Transaction transaction) {

  private static final Logger LOG = Logger.getLogger("io.gatehouse.audit");

  /** The call with its record, both in one transaction: neither is ever there without the other. */
  Object recorded(AuditEntry entry, Callable<Object> call) throws Exception {
    if (entry.kind() == AuditEntry.Kind.READ) {
      return transaction.around(call);
    }
    return transaction.around(
        () -> {
          try (AuditTrail.Watch watch = trail.watch()) {
            Object answer = call.call();
            watch.done(entry);
            return answer;
          }
        });
  }

  void done(AuditEntry entry) {
    LOG.log(
        entry.kind() == AuditEntry.Kind.READ ? Level.FINE : Level.INFO,
        () -> entry.toJson(AuditEntry.SUCCESS));
  }

  /** After the transaction of what was refused has been rolled back. */
  void refused(AuditEntry entry, ApiError error) {
    boolean ordinary =
        entry.kind() == AuditEntry.Kind.READ && error.kind() != ApiError.Kind.ACCESS_DENIED;
    LOG.log(ordinary ? Level.FINE : Level.INFO, () -> entry.toJson(error.kind().type()));
    // While the database is away there is the log alone, and nobody has to wait for it twice.
    if (ordinary || error.kind() == ApiError.Kind.SERVICE_UNAVAILABLE) {
      return;
    }
    try {
      if (!transaction.isRunning()) {
        transaction.around(
            () -> {
              trail.refused(entry, error.kind().type(), error.getMessage());
              return null;
            });
      }
    } catch (Exception e) {
      // The caller gets the answer that it would have got; the log has the line.
      LOG.log(Level.WARNING, e, () -> "not recorded: " + entry.toJson(error.kind().type()));
    }
  }
}
