package io.gatehouse.runtime.pattern;

import java.util.Arrays;

/**
 * Where in the program and the text an execution has been before: being there again it would only
 * fail again. Holds a limited number and forgets what is more.
 */
final class FailedStates {

  private static final int MAX_TABLE = 1 << 19;
  private static final long FREE = -1;

  private long[] table = filled(256);
  private int size;

  /** False if it was noted before. */
  boolean add(int pc, int pos) {
    var state = (long) pc << 32 | pos;
    var at = place(table, state);
    if (table[at] == state) {
      return false;
    }
    if (2 * size < table.length) {
      table[at] = state;
      size++;
    } else if (table.length < MAX_TABLE) {
      grow();
      table[place(table, state)] = state;
      size++;
    }
    return true;
  }

  private void grow() {
    var larger = filled(2 * table.length);
    for (var state : table) {
      if (state != FREE) {
        larger[place(larger, state)] = state;
      }
    }
    table = larger;
  }

  private static int place(long[] table, long state) {
    var mask = table.length - 1;
    var at = (int) (state * 0x9E3779B97F4A7C15L >>> 40) & mask;
    while (table[at] != FREE && table[at] != state) {
      at = at + 1 & mask;
    }
    return at;
  }

  private static long[] filled(int length) {
    var table = new long[length];
    Arrays.fill(table, FREE);
    return table;
  }
}
