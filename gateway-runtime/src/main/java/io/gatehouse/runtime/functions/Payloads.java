package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.nio.charset.StandardCharsets;

/** What may be handed to a function. */
final class Payloads {

  /** The vendor's 6 MB of an invocation that is waited for. */
  static final int MOST_SYNCHRONOUS = 6_291_456;

  /** The vendor's 1 MB of an event. */
  static final int MOST_EVENT = 1_048_576;

  private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);
  private static final long STEPS_PER_BYTE = 4;
  private static final long STEPS = 1_000;

  /** The payload, or an empty object where there is none. */
  byte[] checked(FunctionCall call) {
    byte[] payload = call.payload();
    boolean event = call.kind() == FunctionCall.Kind.EVENT;
    int most = event ? MOST_EVENT : MOST_SYNCHRONOUS;
    if (payload.length > most) {
      throw Answers.tooLarge(most, event ? "InvokeAsync" : "InvokeFunction");
    }
    if (payload.length == 0) {
      return NOTHING;
    }
    try {
      Json.parse(
          new String(payload, StandardCharsets.UTF_8),
          Budget.of(STEPS + STEPS_PER_BYTE * payload.length));
      return payload;
    } catch (InvalidJson e) {
      throw Answers.notJson(e.getMessage());
    } catch (BudgetExhausted e) {
      throw Answers.notJson("it takes too many steps to read");
    }
  }
}
