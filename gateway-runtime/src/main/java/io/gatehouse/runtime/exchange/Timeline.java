package io.gatehouse.runtime.exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * Which step an exchange went through and how long each took: logs, traces and the request
 * inspector are views of it.
 */
public final class Timeline {

  private static final int MOST_STEPS = 16;

  /**
   * One step. Its verdict is that of the exchange if it is the last one and the exchange was
   * refused.
   */
  public record Entry(String step, long nanos) {}

  private final long start;
  private final String[] steps = new String[MOST_STEPS];
  private final long[] ends = new long[MOST_STEPS];
  private int size;

  public Timeline(long startNanos) {
    this.start = startNanos;
  }

  /** Nanoseconds by the node's monotonic clock. */
  public long start() {
    return start;
  }

  public void passed(String step, long endNanos) {
    if (size < MOST_STEPS) {
      steps[size] = step;
      ends[size++] = endNanos;
    }
  }

  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(size);
    long from = start;
    for (int i = 0; i < size; i++) {
      entries.add(new Entry(steps[i], ends[i] - from));
      from = ends[i];
    }
    return entries;
  }
}
