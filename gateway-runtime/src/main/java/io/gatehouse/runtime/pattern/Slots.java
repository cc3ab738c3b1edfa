package io.gatehouse.runtime.pattern;

import io.gatehouse.runtime.budget.Budget;
import java.util.Arrays;

/**
 * The numbers an execution holds: where groups begin and end, how often loops have gone round. What
 * is assigned is restored on the way back.
 */
final class Slots {

  private final int[] numbers;
  private final Backtracks backtracks;
  private final Budget budget;

  Slots(int count, Backtracks backtracks, Budget budget) {
    this.numbers = new int[count];
    this.backtracks = backtracks;
    this.budget = budget;
  }

  void clear() {
    budget.spend(numbers.length >> 4);
    Arrays.fill(numbers, -1);
  }

  int get(int slot) {
    return numbers[slot];
  }

  /** For numbers that are asked for only before the next way back. */
  void put(int slot, int number) {
    numbers[slot] = number;
  }

  void assign(int slot, int number) {
    // With no way to go back to there is nothing to restore for.
    if (!backtracks.isEmpty()) {
      backtracks.push(Backtracks.RESTORE, slot, numbers[slot], 0, budget);
    }
    numbers[slot] = number;
  }

  /** This slot and the one after it. */
  void assignTwo(int slot, int number, int next) {
    if (!backtracks.isEmpty()) {
      backtracks.push(Backtracks.RESTORE_TWO, slot, numbers[slot], numbers[slot + 1], budget);
    }
    numbers[slot] = number;
    numbers[slot + 1] = next;
  }
}
