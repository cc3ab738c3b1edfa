package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a caller tells a function of itself, beside the payload. */
final class ClientContext {

  /** The vendor's bound, of the text in base64. */
  private static final int LONGEST = 3583;

  private static final long STEPS = 40_000;

  private ClientContext() {}

  /** The document as a header of the Runtime API; empty for none. */
  static String json(String base64) {
    if (base64.isEmpty()) {
      return "";
    }
    try {
      if (base64.length() <= LONGEST) {
        String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        Json.parse(text, Budget.of(STEPS));
        return ascii(text);
      }
    } catch (IllegalArgumentException | InvalidJson | BudgetExhausted e) {
      // said below
    }
    throw Answers.invalidParameter("Client context must be a valid Base64-encoded JSON object.");
  }

  /** In JSON a control character is blank space between tokens, for strings escape theirs. */
  private static String ascii(String json) {
    StringBuilder out = new StringBuilder(json.length());
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c > '~') {
        out.append("\\u").append(Integer.toHexString(0x10000 | c), 1, 5);
      } else {
        out.append(c < ' ' ? ' ' : c);
      }
    }
    return out.toString();
  }
}
