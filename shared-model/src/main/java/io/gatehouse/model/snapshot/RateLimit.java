package io.gatehouse.model.snapshot;

import java.util.Map;

/**
 * How fast something may be called: a token bucket that fills by {@code rate} tokens a second and
 * holds {@code burst} of them. A rate or burst of zero lets nobody in.
 */
public record RateLimit(double rate, int burst) {

  /** Of an account whose limit nobody has set. */
  public static final RateLimit OF_ACCOUNT = new RateLimit(10_000, 5_000);

  private static final int MOST = 10_000_000;

  /**
   * What the operator lets accounts have that have no limit of their own: {@code
   * GATEHOUSE_ACCOUNT_RATE_LIMIT} requests a second and bursts of {@code
   * GATEHOUSE_ACCOUNT_BURST_LIMIT}. Control plane and nodes read the same.
   *
   * @throws IllegalArgumentException naming the variable and what would be right
   */
  public static RateLimit ofAccounts(Map<String, String> environment) {
    return new RateLimit(
        number(environment, "GATEHOUSE_ACCOUNT_RATE_LIMIT", OF_ACCOUNT.rate()),
        (int) number(environment, "GATEHOUSE_ACCOUNT_BURST_LIMIT", OF_ACCOUNT.burst()));
  }

  private static double number(Map<String, String> environment, String name, double otherwise) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    if (!text.matches("[0-9]{1,8}") || Integer.parseInt(text) > MOST) {
      throw new IllegalArgumentException(
          name + " is " + text + " and must be a whole number of requests from 0 to " + MOST);
    }
    return Integer.parseInt(text);
  }

  public RateLimit {
    if (!(rate >= 0 && rate < Double.POSITIVE_INFINITY) || burst < 0) {
      throw new IllegalArgumentException("no limit of a rate: " + rate + "/s, burst " + burst);
    }
  }
}
