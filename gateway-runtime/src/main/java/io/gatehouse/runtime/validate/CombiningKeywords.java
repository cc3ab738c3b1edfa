package io.gatehouse.runtime.validate;

import java.util.Collections;
import java.util.List;

/** The keywords of draft 4 that are about any value. */
final class CombiningKeywords {

  private CombiningKeywords() {}

  /** {@code $ref}, and all that its schema is. */
  static final class Reference implements Keyword {

    private Schema target;

    /** Called once, by the compiler: the schema may not be there yet when it is referred to. */
    void lead(Schema target) {
      this.target = target;
    }

    @Override
    public boolean holds(Object value, Run run) {
      return target.admits(value, run);
    }
  }

  /**
   * {@code enum}.
   *
   * @param sorted the values by {@link JsonOrder}
   * @param listed the values as the schema has them
   */
  record OneOfValues(List<Object> sorted, List<?> listed) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return Collections.binarySearch(sorted, value, new JsonOrder(run)) >= 0
          || run.fails(
              () ->
                  "instance value (%s) not found in enum (possible values: %s)"
                      .formatted(Printed.json(value), Printed.json(listed)));
    }
  }

  /** {@code allOf}. */
  record AllOf(List<Schema> schemas) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      int matched = 0;
      for (int i = 0; i < schemas.size(); i++) {
        if (run.tries(schemas.get(i), value)) {
          matched++;
        } else if (run.hasEnough()) {
          return false;
        }
      }
      int found = matched;
      return matched == schemas.size()
          || run.fails(
              () ->
                  "instance failed to match all required schemas (matched only %d out of %d)"
                      .formatted(found, schemas.size()));
    }
  }

  /** {@code anyOf}. */
  record AnyOf(List<Schema> schemas) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      for (int i = 0; i < schemas.size(); i++) {
        if (run.tries(schemas.get(i), value)) {
          return true;
        }
      }
      return run.fails(
          () ->
              "instance failed to match at least one required schema among %d"
                  .formatted(schemas.size()));
    }
  }

  /** {@code oneOf}. */
  record OneOf(List<Schema> schemas) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      int matched = 0;
      for (int i = 0; i < schemas.size(); i++) {
        if (run.tries(schemas.get(i), value)) {
          matched++;
        }
      }
      int found = matched;
      return matched == 1
          || run.fails(
              () ->
                  "instance failed to match exactly one schema (matched %d out of %d)"
                      .formatted(found, schemas.size()));
    }
  }

  /** {@code not}. */
  record Not(Schema schema) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !run.tries(schema, value)
          || run.fails(() -> "instance matched a schema which it should not have");
    }
  }
}
