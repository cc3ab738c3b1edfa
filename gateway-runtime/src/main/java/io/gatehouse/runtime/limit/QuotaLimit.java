package io.gatehouse.runtime.limit;

import java.util.List;

/**
 * What a usage plan lets an API key have in a period, as it was decided ahead.
 *
 * @param limit requests in a period; without meaning for {@link Period#NONE}
 * @param offset requests fewer in the period in which the key joined the plan
 * @param joined when it did, in epoch milliseconds
 * @param totals periods whose limit was set by hand
 * @param whenUnreachable what holds while the owner of the counter cannot be asked
 */
public record QuotaLimit(
    String account,
    String plan,
    String key,
    Period period,
    long limit,
    long offset,
    long joined,
    List<Total> totals,
    WhenUnreachable whenUnreachable) {

  /** The limit of one period, instead of the plan's. */
  public record Total(long startDay, long limit) {}

  /** What a plan does with requests while nobody can say what is left of its quota. */
  public enum WhenUnreachable {
    /** The quota is never exceeded. */
    REFUSE,
    /** Requests pass, and count as overdraft. */
    SERVE
  }

  /** Without a quota: use is counted alone. */
  public static QuotaLimit counting(String account, String plan, String key) {
    return new QuotaLimit(
        account, plan, key, Period.NONE, 0, 0, 0, List.of(), WhenUnreachable.SERVE);
  }

  /** What the period that began on this day may have; negative for a period without limit. */
  public long limitIn(long startDay) {
    if (period == Period.NONE) {
      return QuotaAsk.NO_LIMIT;
    }
    for (Total total : totals) {
      if (total.startDay() == startDay) {
        return Math.max(0, total.limit());
      }
    }
    boolean first = joined >= 0 && period.startDay(joined) == startDay;
    return Math.max(0, first ? limit - offset : limit);
  }

  QuotaKey in(long startDay) {
    return new QuotaKey(account, plan, key, period, startDay);
  }
}
