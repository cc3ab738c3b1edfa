package io.gatehouse.model.snapshot;

/**
 * How fast something may be called: a token bucket that fills by {@code rate} tokens a second and
 * holds {@code burst} of them. A rate or burst of zero lets nobody in.
 */
public record RateLimit(double rate, int burst) {

  /** Of an account whose limit nobody has set. */
  public static final RateLimit OF_ACCOUNT = new RateLimit(10_000, 5_000);

  public RateLimit {
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY) || burst < 0) {
      throw new IllegalArgumentException("no limit of a rate: " + rate + "/s, burst " + burst);
    }
  }
}
