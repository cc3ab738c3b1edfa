package io.gatehouse.runtime.limit;

import io.gatehouse.model.snapshot.WhenUnreachable;
import java.util.List;

/** What a usage plan lets an API key have in a period, as it was decided ahead. */
public final class QuotaLimit {

  /** The limit of one period, instead of the plan's. */
  public record Total(long startDay, long limit) {}

  private final String name;
  private final String account;
  private final String plan;
  private final String key;
  private final Period period;
  private final long limit;
  private final long offset;
  private final long firstStart;
  private final List<Total> totals;
  private final WhenUnreachable whenUnreachable;

  /**
   * @param key the API key's id
   * @param limit requests in a period; without meaning for {@link Period#NONE}
   * @param offset requests fewer in the period in which the key joined the plan
   * @param joined when it did, in epoch milliseconds
   * @param totals periods whose limit was set by hand
   * @param whenUnreachable what holds while the owner of the counter cannot be asked
   */
  public QuotaLimit(
      String account,
      String plan,
      String key,
      Period period,
      long limit,
      long offset,
      long joined,
      List<Total> totals,
      WhenUnreachable whenUnreachable) {
    this.name = account + '/' + plan + '/' + key + '/' + period.letter();
    this.account = account;
    this.plan = plan;
    this.key = key;
    this.period = period;
    this.limit = limit;
    this.offset = offset;
    this.firstStart = period.startDay(joined);
    this.totals = List.copyOf(totals);
    this.whenUnreachable = whenUnreachable;
    if (in(0).text().length() > QuotaKey.MOST_CHARS) {
      throw new IllegalArgumentException("ids that are too long: " + name);
    }
  }

  /** Without a quota: use is counted alone. */
  public static QuotaLimit counting(String account, String plan, String key) {
    return new QuotaLimit(
        account, plan, key, Period.NONE, 0, 0, 0, List.of(), WhenUnreachable.SERVE);
  }

  /** Names its counters, of all periods, in the whole cluster. */
  String name() {
    return name;
  }

  Period period() {
    return period;
  }

  WhenUnreachable whenUnreachable() {
    return whenUnreachable;
  }

  /** What the period that began on this day may have; negative for a period without limit. */
  public long limitIn(long startDay) {
    if (period == Period.NONE) {
      return QuotaAsk.NO_LIMIT;
    }
    for (int i = 0; i < totals.size(); i++) {
      if (totals.get(i).startDay() == startDay) {
        return Math.max(0, totals.get(i).limit());
      }
    }
    return Math.max(0, startDay == firstStart ? limit - offset : limit);
  }

  QuotaKey in(long startDay) {
    return new QuotaKey(account, plan, key, period, startDay);
  }
}
