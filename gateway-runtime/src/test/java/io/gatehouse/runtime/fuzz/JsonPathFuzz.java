package io.gatehouse.runtime.fuzz;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.InvalidPath;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.json.JsonPath;
import java.util.Objects;

/** A JSON path, then the document that it is read from. */
public final class JsonPathFuzz {

  private static final long STEPS = 200_000;
  private static final long PLENTY = Long.MAX_VALUE;

  private JsonPathFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Parts parts = Parts.of(input);
    Object document = parsed(parts.part(1));
    lenient(parts.part(1));
    try {
      Object found = JsonPath.compile(parts.part(0)).read(document, Budget.of(STEPS));
      Json.text(found, Budget.of(STEPS));
    } catch (InvalidPath | InvalidJson | BudgetExhausted e) {
      // refused as it may be
    }
  }

  /** What is written of a document reads as the document. */
  private static Object parsed(String text) {
    try {
      Object document = Json.parse(text, Budget.of(STEPS));
      String written = Json.text(document, Budget.of(PLENTY));
      Object again = Json.parse(written, Budget.of(PLENTY));
      if (!Objects.equals(document, again)) {
        throw new AssertionError(document + " is written as " + written + ", which is " + again);
      }
      return document;
    } catch (InvalidJson | BudgetExhausted e) {
      return null;
    }
  }

  private static void lenient(String text) {
    try {
      Json.parseLenient(text, Budget.of(STEPS));
    } catch (InvalidJson | BudgetExhausted e) {
      // refused as it may be
    }
  }
}
