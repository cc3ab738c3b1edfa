package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What came of an invocation: what the function returned, or the document of its error.
 *
 * @param error the type of the error; empty where the function returned
 */
record Outcome(byte[] body, String error) {

  /** No document of ours comes near. */
  private static final long STEPS = 100_000;

  /** The process ended before it got the event. */
  static final Outcome NOT_TAKEN = new Outcome(new byte[0], "NotTaken");

  static Outcome returned(byte[] body) {
    return new Outcome(body, "");
  }

  /** The runtime reported it. */
  static Outcome reported(byte[] document, String type) {
    return new Outcome(document, type.isEmpty() ? "Unhandled" : type);
  }

  /** The process could not be started, or not as its version says. */
  static Outcome failure(String type, String message) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("errorType", type);
    document.put("errorMessage", message);
    return new Outcome(
        Json.text(document, Budget.of(STEPS)).getBytes(StandardCharsets.UTF_8), type);
  }

  static Outcome timedOut(String id, long millis) {
    return failure(
        "Sandbox.Timedout",
        String.format(
            Locale.ROOT,
            "RequestId: %s Error: Task timed out after %.2f seconds",
            id,
            millis / 1000.0));
  }

  static Outcome exited(String id, Exit exit) {
    return failure(exit.errorType(), "RequestId: " + id + " Error: " + exit.text());
  }

  static Outcome tooLarge() {
    return failure(
        "Function.ResponseSizeTooLarge",
        "Response payload size exceeded maximum allowed payload size ("
            + Mailbox.MOST_RESPONSE_BYTES
            + " bytes).");
  }

  boolean failed() {
    return !error.isEmpty();
  }
}
