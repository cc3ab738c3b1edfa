package io.gatehouse.runtime.limit;

import io.gatehouse.model.snapshot.Quota;
import java.util.concurrent.TimeUnit;

/** For how long a quota counts; periods are those of the calendar in UTC. */
public enum Period {
  /** From midnight. */
  DAY('D', Quota.Period.DAY),
  /** From Sunday. */
  WEEK('W', Quota.Period.WEEK),
  /** From the first. */
  MONTH('M', Quota.Period.MONTH),
  /** No quota: use is counted by months and nothing is limited. */
  NONE('N', Quota.Period.MONTH);

  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final char letter;
  private final Quota.Period calendar;

  Period(char letter, Quota.Period calendar) {
    this.letter = letter;
    this.calendar = calendar;
  }

  char letter() {
    return letter;
  }

  static Period of(char letter) {
    for (Period period : values()) {
      if (period.letter == letter) {
        return period;
      }
    }
    throw new IllegalArgumentException("no period: " + letter);
  }

  /** The epoch day on which the period of this moment began. */
  public long startDay(long epochMillis) {
    return calendar.startOf(day(epochMillis));
  }

  /** The epoch day on which the next period begins. */
  public long endDay(long startDay) {
    return calendar.endOf(startDay);
  }

  static long day(long epochMillis) {
    return Math.floorDiv(epochMillis, DAY_MILLIS);
  }

  static long millis(long day) {
    return day * DAY_MILLIS;
  }
}
