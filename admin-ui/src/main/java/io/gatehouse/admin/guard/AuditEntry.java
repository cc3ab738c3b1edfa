package io.gatehouse.admin.guard;

import static io.gatehouse.model.wire.JsonFactory.JSON;

/**
 * Who asked for what through which door.
 *
 * @param account whose record it is
 * @param operation as the vendor spells it, or the name of the console's own
 * @param resource the ARN; empty for what has none
 */
public record AuditEntry(
    Caller caller, String account, String operation, String resource, Kind kind) {

  /** The outcome of what was done; of what was refused it is the error's type. */
  public static final String SUCCESS = "Success";

  /** What the one who asked is going to do. */
  public enum Kind {
    /** Only looks; recorded when it is refused for want of permission. */
    READ,
    /** Recorded whatever comes of it: changes, and looks at secrets. */
    CHANGE,
    /** Recorded when it has changed something, or is refused. */
    EITHER
  }

  /** The same, for what is known only afterwards. */
  public AuditEntry about(String thing) {
    return new AuditEntry(caller, account, operation, thing, kind);
  }

  /** One line for the server's log. */
  String toJson(String outcome) {
    return JSON.createObjectBuilder()
        .add("event", "audit")
        .add("account", account)
        .add("principal", caller.principal())
        .add("door", caller.door().name())
        .add("source", caller.origin().address())
        .add("operation", operation)
        .add("resource", resource)
        .add("outcome", outcome)
        .build()
        .toString();
  }
}
