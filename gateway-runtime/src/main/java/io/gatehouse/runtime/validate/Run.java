package io.gatehouse.runtime.validate;

import io.gatehouse.runtime.budget.Budget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One evaluation of a schema: what it may still cost, how deep it is, and what it found wrong.
 * Confined to one thread.
 */
final class Run {

  /**
   * Schemas within schemas: enough to follow a recursive schema through any document that is read,
   * and little enough for two thirds of an event loop's stack. References that lead nowhere but to
   * each other end here.
   */
  private static final int DEEPEST = 1_100;

  /** More are not told: the text that tells them is bounded anyway. */
  private static final int MOST_VIOLATIONS = 32;

  /** A violation keeps memory until the end of the run. */
  private static final int COST_OF_VIOLATION = 16;

  private static final int COST_OF_SCHEMA = 2;

  /** Made here and not when it is thrown, where there may be no stack left to load a class. */
  private static final TooDeep TOO_DEEP = new TooDeep();

  private final Budget budget;
  private final List<Supplier<String>> violations = new ArrayList<>(0);
  private int depth;
  private int quiet;

  Run(Budget budget) {
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  void spend(long steps) {
    budget.spend(steps);
  }

  void enter() {
    budget.spend(COST_OF_SCHEMA);
    if (++depth > DEEPEST) {
      throw TOO_DEEP;
    }
  }

  void leave() {
    depth--;
  }

  /** Whether the schema admits the value, telling nothing of why not. */
  boolean tries(Schema schema, Object value) {
    quiet++;
    boolean admitted = schema.admits(value, this);
    quiet--;
    return admitted;
  }

  /** Whether one violation is as good as all of them. */
  boolean hasEnough() {
    return quiet > 0 || violations.size() >= MOST_VIOLATIONS;
  }

  /**
   * Notes a violation.
   *
   * @param text asked for only when the run has ended
   * @return false, for the keyword to return
   */
  boolean fails(Supplier<String> text) {
    if (!hasEnough()) {
      budget.spend(COST_OF_VIOLATION);
      violations.add(text);
    }
    return false;
  }

  List<Supplier<String>> violations() {
    return violations;
  }

  /** Thrown through the whole evaluation, so that no {@code not} can turn it into a success. */
  static final class TooDeep extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private TooDeep() {
      super("too deep", null, false, false);
    }
  }
}
