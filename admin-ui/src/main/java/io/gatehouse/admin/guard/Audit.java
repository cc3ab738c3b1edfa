package io.gatehouse.admin.guard;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Who did what to what through which door, and how it ended: one line of JSON for each. */
@FunctionalInterface
interface Audit {

  void note(Entry entry, String outcome);

  /**
   * @param resource path of the thing, empty when the operation has none
   * @param reads whether it only looks
   */
  record Entry(Caller caller, String operation, String resource, boolean reads) {

    String toJson(String outcome) {
      return JSON.createObjectBuilder()
          .add("event", "audit")
          .add("account", caller.account())
          .add("principal", caller.principal())
          .add("door", caller.door().name())
          .add("operation", operation)
          .add("resource", resource)
          .add("outcome", outcome)
          .build()
          .toString();
    }
  }

  /** Into the server's log; reading in good order only at FINE, for tools read all the time. */
  static Audit toLog() {
    Logger log = Logger.getLogger("io.gatehouse.audit");
    return (entry, outcome) -> {
      boolean ordinary = entry.reads() && !outcome.equals("AccessDeniedException");
      log.log(ordinary ? Level.FINE : Level.INFO, () -> entry.toJson(outcome));
    };
  }
}
