package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;
import java.util.Arrays;

/**
 * The ways not yet tried and the numbers to restore on the way back to them: a stack on the heap,
 * not the thread's. An entry is four numbers, the first of which is its kind.
 */
final class Backtracks {

  /** pc, pos */
  static final int CHOICE = 0;

  /** slot, number */
  static final int RESTORE = 1;

  /** slot, number, number of the slot after it */
  static final int RESTORE_TWO = 2;

  /** pc of what follows a run, end of the run, least end */
  static final int GIVE_BACK = 3;

  /** pc of a run, its end, how many it has */
  static final int TAKE_MORE = 4;

  /** pc of the look-behind, begin, how many more */
  static final int FURTHER_BEHIND = 5;

  static final int ENTRY = 4;

  private static final int MAX_ENTRIES = 1 << 20;
  private static final int[] NONE = {};

  private int[] entries = NONE;
  private int top;

  boolean isEmpty() {
    return top == 0;
  }

  void push(int kind, int first, int second, int third, Budget budget) {
    if (top == entries.length) {
      grow(budget);
    }
    entries[top] = kind;
    entries[top + 1] = first;
    entries[top + 2] = second;
    entries[top + 3] = third;
    top += ENTRY;
  }

  /** Takes the last entry off; its numbers can be asked for until the next is pushed. */
  int pop() {
    top -= ENTRY;
    return entries[top];
  }

  int first() {
    return entries[top + 1];
  }

  int second() {
    return entries[top + 2];
  }

  int third() {
    return entries[top + 3];
  }

  int height() {
    return top;
  }

  void cutTo(int height) {
    top = height;
  }

  /** More entries than we hold count as more steps than there are. */
  private void grow(Budget budget) {
    if (entries.length == MAX_ENTRIES * ENTRY) {
      budget.spend(Long.MAX_VALUE);
    }
    entries = Arrays.copyOf(entries, Math.max(16 * ENTRY, 2 * entries.length));
  }
}
