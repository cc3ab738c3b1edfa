package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;

/** One text being matched or searched. */
final class Execution {

  private final Program program;
  private final PaidText text;
  private final Budget budget;
  private final Machine machine;

  Execution(Program program, CharSequence text, Budget budget) {
    this.program = program;
    this.text = new PaidText(text, budget);
    this.budget = budget;
    this.machine = new Machine(program, this.text, budget);
  }

  boolean matches() {
    return machine.attempt(0, true);
  }

  /** The first match. */
  boolean find() {
    return findFrom(0, 0);
  }

  /** The first match after the one found last. */
  boolean findNext() {
    return findFrom(end() == start() ? end() + 1 : end(), end());
  }

  String text() {
    return text.text();
  }

  int start() {
    return start(0);
  }

  int end() {
    return end(0);
  }

  /** Where a group begins; -1 if it took no part. */
  int start(int group) {
    return machine.slot(2 * group);
  }

  int end(int group) {
    return machine.slot(2 * group + 1);
  }

  private boolean findFrom(int from, int previousEnd) {
    machine.begin(previousEnd);
    var at = nextBegin(from, from);
    while (at >= 0 && !machine.attempt(at, false)) {
      at = nextBegin(machine.covered() + 1, from);
    }
    return at >= 0;
  }

  /** Where a match can begin, at {@code at} or later in a search from {@code from}; or -1. */
  private int nextBegin(int at, int from) {
    if (at > text.end() || (program.anchored() && at > 0)) {
      return -1;
    }
    var first = program.first();
    if (first == null || program.anchored()) {
      return at > from && isInsidePair(at) ? at + 1 : at;
    }
    for (int i = at; i < text.end(); i++) {
      budget.spend(1);
      if (text.isAt(first, i) && !(i > from && isInsidePair(i))) {
        return i;
      }
    }
    return -1;
  }

  private boolean isInsidePair(int at) {
    return program.supplementary() && text.isInsidePair(at);
  }
}
