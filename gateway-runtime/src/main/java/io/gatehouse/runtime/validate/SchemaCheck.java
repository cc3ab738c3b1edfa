package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.budget.Budget;
import java.util.Optional;

/** A model's schema, compiled: safe to share between threads. */
public final class SchemaCheck {

  private final Schema schema;

  SchemaCheck(Schema schema) {
    this.schema = schema;
  }

  /**
   * What the value violates.
   *
   * @param value as {@link Documents} reads it
   * @return empty when it is valid, else the list as in {@code
   *     $context.error.validationErrorString}
   * @throws io.gatehouse.runtime.budget.BudgetExhausted when telling costs too much
   */
  public Optional<String> violations(Object value, Budget budget) {
    Run run = new Run(budget);
    try {
      return schema.admits(value, run)
          ? Optional.empty()
          : Optional.of(Printed.violations(run.violations()));
    } catch (Run.TooDeep e) {
      return Optional.of("[instance and schema are nested too deep]");
    }
  }
}
