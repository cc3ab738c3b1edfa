package io.gatehouse.runtime.budget;

/**
 * The work costs more steps than its {@link Budget} has. Without a stack: it is thrown on the hot
 * path, and says nothing of where.
 */
public final class BudgetExhausted extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BudgetExhausted() {
    super("the budget of steps is exhausted", null, false, false);
  }
}
