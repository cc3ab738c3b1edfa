package io.gatehouse.runtime.compile;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.budget.BudgetExhausted;
import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * The selection patterns of one definition, each decided once for every status there is: no
 * tenant's pattern ever runs against a request, and methods that write the same share the work.
 */
final class SelectionPatterns {

  private static final int LOWEST = 100;
  private static final int BEYOND = 1000;

  /** Of a pattern on one status. */
  private static final long STEPS_PER_STATUS = 20_000;

  /** For all the patterns of a definition: thousands of plain ones. */
  private static final long STEPS_IN_ALL = 20_000_000;

  private final Budget budget = Budget.of(STEPS_IN_ALL);
  private final Map<String, BitSet> selected = new HashMap<>();

  /**
   * @throws BudgetExhausted when it costs too much
   */
  IntPredicate compile(String pattern) throws InvalidPattern {
    BitSet statuses = selected.get(pattern);
    if (statuses == null) {
      statuses = statuses(JavaPattern.compile(pattern));
      selected.put(pattern, statuses);
    }
    BitSet decided = statuses;
    // A mock's template may make up any number.
    return status -> status >= 0 && decided.get(status);
  }

  private BitSet statuses(JavaPattern pattern) {
    BitSet statuses = new BitSet(BEYOND);
    for (int status = LOWEST; status < BEYOND; status++) {
      Budget own = Budget.of(STEPS_PER_STATUS);
      statuses.set(status, pattern.matches(Integer.toString(status), own));
      budget.spend(own.spent());
    }
    return statuses;
  }
}
