package io.gatehouse.runtime.sink;

import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * How long to wait after failures in a row: twice as long each time up to a bound, and not all at
 * one moment.
 */
record Backoff(DoubleSupplier random) {

  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MOST_DOUBLINGS = 6;

  /**
   * @param failures in a row, at least one
   */
  long nanos(int failures) {
    long most = FIRST_NANOS << Math.min(failures - 1, MOST_DOUBLINGS);
    return (long) (most * (0.5 + random.getAsDouble() / 2));
  }
}
