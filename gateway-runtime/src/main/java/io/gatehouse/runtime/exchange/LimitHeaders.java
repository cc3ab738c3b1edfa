package io.gatehouse.runtime.exchange;

import io.gatehouse.runtime.limit.Limits;

/**
 * What answers tell callers of the limits of their usage plan, in the fields of
 * draft-ietf-httpapi-ratelimit-headers.
 *
 * @param policy value of {@code RateLimit-Policy}
 * @param left value of {@code RateLimit}; null where nothing is known
 */
public record LimitHeaders(String policy, String left) {

  /**
   * @param nowMillis epoch milliseconds
   */
  public static LimitHeaders of(String policy, Limits.Left left, long nowMillis) {
    StringBuilder text = new StringBuilder(64);
    if (left.tokens() >= 0) {
      text.append("\"throttle\";r=").append(left.tokens());
    }
    if (left.quota() >= 0) {
      text.append(text.isEmpty() ? "" : ", ").append("\"quota\";r=").append(left.quota());
      text.append(";t=").append(Math.max(0, Math.ceilDiv(left.resetsAt() - nowMillis, 1000L)));
    }
    return new LimitHeaders(policy, text.isEmpty() ? null : text.toString());
  }

  /** Of answers of a backend's own by these names nothing remains. */
  public void addTo(HeaderList headers) {
    headers.set("RateLimit-Policy", policy);
    if (left != null) {
      headers.set("RateLimit", left);
    }
  }
}
