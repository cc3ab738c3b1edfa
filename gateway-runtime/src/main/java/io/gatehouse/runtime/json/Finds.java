package io.gatehouse.runtime.json;

import io.gatehouse.runtime.budget.Budget;
import java.util.List;

/**
 * Where a step of an indefinite path puts what it finds; each find is paid for.
 *
 * @param root of the document, which filters may speak of
 * @param last whether no step follows
 */
record Finds(List<Object> found, Object root, Budget budget, boolean last) {

  private static final int FIND_STEPS = 4;

  void add(Object value) {
    budget.spend(FIND_STEPS);
    found.add(value);
  }
}
