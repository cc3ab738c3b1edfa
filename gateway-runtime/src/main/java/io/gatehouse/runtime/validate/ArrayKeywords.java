package io.gatehouse.runtime.validate;

import java.util.List;
import java.util.TreeSet;

/** The keywords of draft 4 that are about arrays; other values meet them. */
final class ArrayKeywords {

  private static final int COST_OF_ITEM_KEPT = 4;

  private ArrayKeywords() {}

  /** {@code minItems}. */
  record MinItems(int least) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof List<?> array)
          || array.size() >= least
          || run.fails(
              () ->
                  "array is too short: must have at least %d elements but instance has %d elements"
                      .formatted(least, array.size()));
    }
  }

  /** {@code maxItems}. */
  record MaxItems(int most) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof List<?> array)
          || array.size() <= most
          || run.fails(
              () ->
                  "array is too long: must have at most %d elements but instance has %d elements"
                      .formatted(most, array.size()));
    }
  }

  /** {@code uniqueItems} when true. */
  record UniqueItems() implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof List<?> array) || array.size() < 2) {
        return true;
      }
      TreeSet<Object> seen = new TreeSet<>(new JsonOrder(run));
      for (Object item : array) {
        run.spend(COST_OF_ITEM_KEPT);
        if (!seen.add(item)) {
          return run.fails(() -> "array must not contain duplicate elements");
        }
      }
      return true;
    }
  }

  /** {@code additionalItems} when false, beside {@code items} that is a list of schemas. */
  record NoMoreItems(int most) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      return !(value instanceof List<?> array)
          || array.size() <= most
          || run.fails(
              () ->
                  "schema only allows %d elements in array but instance has %d elements"
                      .formatted(most, array.size()));
    }
  }

  /**
   * {@code items} and {@code additionalItems}.
   *
   * @param first schemas of the items from the left
   * @param rest of all further ones, or null when those may be anything
   */
  record Items(List<Schema> first, Schema rest) implements Keyword {
    @Override
    public boolean holds(Object value, Run run) {
      if (!(value instanceof List<?> array)) {
        return true;
      }
      boolean valid = true;
      int checked = rest == null ? Math.min(first.size(), array.size()) : array.size();
      for (int i = 0; i < checked && (valid || !run.hasEnough()); i++) {
        Schema schema = i < first.size() ? first.get(i) : rest;
        valid &= schema.admits(array.get(i), run);
      }
      return valid;
    }
  }
}
