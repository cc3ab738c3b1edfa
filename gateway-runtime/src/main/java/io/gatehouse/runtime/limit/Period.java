package io.gatehouse.runtime.limit;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.concurrent.TimeUnit;

/** For how long a quota counts; periods are those of the calendar in UTC. */
public enum Period {
  /** From midnight. */
  DAY('D'),
  /** From Sunday. */
  WEEK('W'),
  /** From the first. */
  MONTH('M'),
  /** No quota: use is counted by months and nothing is limited. */
  NONE('N');

  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);

  private final char letter;

  Period(char letter) {
    this.letter = letter;
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
    LocalDate day = LocalDate.ofInstant(Instant.ofEpochMilli(epochMillis), ZoneOffset.UTC);
    return switch (this) {
      case DAY -> day.toEpochDay();
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.SUNDAY)).toEpochDay();
      case MONTH, NONE -> day.withDayOfMonth(1).toEpochDay();
    };
  }

  /** The epoch day on which the next period begins. */
  public long endDay(long startDay) {
    return switch (this) {
      case DAY -> startDay + 1;
      case WEEK -> startDay + 7;
      case MONTH, NONE -> LocalDate.ofEpochDay(startDay).plusMonths(1).toEpochDay();
    };
  }

  static long day(long epochMillis) {
    return Math.floorDiv(epochMillis, DAY_MILLIS);
  }

  static long millis(long day) {
    return day * DAY_MILLIS;
  }
}
