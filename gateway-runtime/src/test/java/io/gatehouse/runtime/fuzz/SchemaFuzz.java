package io.gatehouse.runtime.fuzz;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import io.gatehouse.runtime.validate.Documents;
import io.gatehouse.runtime.validate.InvalidSchema;
import io.gatehouse.runtime.validate.Models;
import io.gatehouse.runtime.validate.Patterns;
import io.gatehouse.runtime.validate.SchemaCheck;
import java.util.Map;
import java.util.Optional;

/** A model's schema, then a document that is checked by it, then another model's schema. */
public final class SchemaFuzz {

  private static final long STEPS = 200_000;
  private static final int LONGEST = 100_000;

  private SchemaFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Parts parts = Parts.of(input);
    try {
      Models models =
          new Models(
              Map.of("Root", parts.part(0), "Other", parts.part(2)),
              SchemaFuzz::read,
              SchemaFuzz::pattern,
              Budget.of(STEPS));
      SchemaCheck check = models.check("Root");
      Object document = Json.parse(parts.part(1), Budget.of(STEPS));
      Optional<String> once = check.violations(document, Budget.of(STEPS));
      if (!once.equals(check.violations(document, Budget.of(STEPS)))) {
        throw new AssertionError("a second look finds something else");
      }
      if (once.orElse("").length() > LONGEST) {
        throw new AssertionError("violations of " + once.get().length() + " characters");
      }
    } catch (InvalidSchema | InvalidJson | BudgetExhausted e) {
      // refused as it may be
    }
  }

  private static Object read(String text, Budget budget) throws Documents.NotJson {
    try {
      return Json.parse(text, budget);
    } catch (InvalidJson e) {
      throw new Documents.NotJson(e.getMessage());
    }
  }

  private static Patterns.Matcher pattern(String pattern) throws InvalidSchema {
    try {
      return JavaPattern.compile(pattern)::find;
    } catch (InvalidPattern e) {
      throw new InvalidSchema(e.getMessage());
    }
  }
}
