package io.gatehouse.runtime.validate;

import java.math.BigDecimal;

/** The keywords of draft 4 that are about numbers; other values meet them. */
final class NumberKeywords {

  private NumberKeywords() {}

  /** {@code minimum} with {@code exclusiveMinimum}. */
  record Minimum(BigDecimal bound, boolean exclusive) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Number)) {
        return true;
      }
      int order = Numbers.compare(value, bound, run);
      if (order < 0) {
        return run.fails(
            () ->
                "numeric instance is lower than the required minimum (minimum: %s, found: %s)"
                    .formatted(Printed.json(bound), Printed.json(value)));
      }
      return order > 0
          || !exclusive
          || run.fails(
              () ->
                  "numeric instance is not strictly greater than the required minimum %s"
                      .formatted(Printed.json(bound)));
    }
  }

  /** {@code maximum} with {@code exclusiveMaximum}. */
  record Maximum(BigDecimal bound, boolean exclusive) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof Number)) {
        return true;
      }
      int order = Numbers.compare(value, bound, run);
      if (order > 0) {
        return run.fails(
            () ->
                "numeric instance is greater than the required maximum (maximum: %s, found: %s)"
                    .formatted(Printed.json(bound), Printed.json(value)));
      }
      return order < 0
          || !exclusive
          || run.fails(
              () ->
                  "numeric instance is not strictly lower than the required maximum %s"
                      .formatted(Printed.json(bound)));
    }
  }

  /** {@code multipleOf}. */
  record MultipleOf(BigDecimal factor) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof Number)
          || Numbers.isMultiple(value, factor, run)
          || run.fails(
              () ->
                  "remainder of division is not zero (%s / %s)"
                      .formatted(Printed.json(value), Printed.json(factor)));
    }
  }
}
