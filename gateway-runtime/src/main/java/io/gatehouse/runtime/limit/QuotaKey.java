package io.gatehouse.runtime.limit;

/**
 * Names one counter of a quota in the whole cluster: whose, and of which period.
 *
 * @param key the API key's id
 * @param startDay the epoch day on which the period began
 */
public record QuotaKey(String account, String plan, String key, Period period, long startDay) {

  private static final int PARTS = 5;

  /** A key's text is no longer than this. */
  static final int MOST_CHARS = 200;

  /** As text, {@code account/plan/key/M/20393}. */
  public String text() {
    return account + '/' + plan + '/' + key + '/' + period.letter() + '/' + startDay;
  }

  /**
   * @throws IllegalArgumentException for what is no such text
   */
  public static QuotaKey parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != PARTS || parts[3].length() != 1) {
      throw new IllegalArgumentException("no key of a quota: " + text);
    }
    return new QuotaKey(
        parts[0], parts[1], parts[2], Period.of(parts[3].charAt(0)), Long.parseLong(parts[4]));
  }
}
