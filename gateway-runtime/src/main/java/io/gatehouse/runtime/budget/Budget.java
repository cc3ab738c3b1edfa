package io.gatehouse.runtime.budget;

/**
 * What a tenant's templates, patterns and schemas may cost while one exchange is served. A step is
 * about what a character looked at or a node visited costs; whoever does work of a tenant's choosing
 * spends before it works, so that no input can stall the thread. Confined to one thread at a time.
 */
public final class Budget {

  private final long whole;
  private long left;

  private Budget(long steps) {
    this.whole = steps;
    this.left = steps;
  }

  /**
   * @param steps that may be spent in all
   */
  public static Budget of(long steps) {
    return new Budget(steps);
  }

  /**
   * @throws BudgetExhausted when more is asked for than is left; what is left is then nothing
   */
  public void spend(long steps) {
    left -= steps;
    if (left < 0) {
      left = 0;
      throw BudgetExhausted.INSTANCE;
    }
  }

  /** Steps spent so far. */
  public long spent() {
    return whole - left;
  }
}
