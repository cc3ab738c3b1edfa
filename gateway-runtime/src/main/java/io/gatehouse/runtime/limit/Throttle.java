package io.gatehouse.runtime.limit;

/**
 * One throttle as it was decided ahead: a bucket that fills at a rate and holds a burst.
 *
 * @param key names the bucket in the whole cluster, its account first after what it is for
 * @param interval nanoseconds from one token to the next; 0 for a limit that lets nothing pass
 * @param burst tokens that the bucket holds
 */
public record Throttle(String key, long interval, long burst) {

  /** What owners sell ahead of time. */
  static final long HORIZON = 100_000_000L;

  /** A bucket that takes longer than this to fill counts as one that takes this long. */
  private static final long LONGEST = 1L << 61;

  private static final double NANOS = 1e9;

  /**
   * A limit as it is written in settings.
   *
   * @param rate tokens a second, of any size; 0 or less lets nothing pass
   */
  public static Throttle of(String key, double rate, long burst) {
    boolean passes = rate > 0 && burst > 0;
    double interval = passes ? Math.max(1, Math.min(NANOS / rate, LONGEST)) : 0;
    return new Throttle(key, Math.round(interval), passes ? burst : 0);
  }

  boolean letsNothingPass() {
    return interval == 0;
  }

  /** How far ahead of time the bucket may be spent. */
  long tolerance() {
    return burst > LONGEST / interval ? LONGEST : burst * interval;
  }

  /** What one node of so many takes at most at once. */
  long lease(int nodes) {
    return lease(interval, nodes);
  }

  /**
   * The published bound: in any time t no more than {@code rate * t + burst} and this pass, and
   * what falls due while an answer travels, as long as the bucket's owner or its backup lives and
   * answers.
   */
  public long heldAtMost(int nodes) {
    return letsNothingPass() ? 0 : nodes * lease(nodes);
  }

  static long lease(long interval, int nodes) {
    return Math.max(1, HORIZON / interval / nodes);
  }
}
