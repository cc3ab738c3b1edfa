package io.gatehouse.model.snapshot;

import java.time.LocalDate;
import java.util.Optional;

/**
 * How many requests each key of a plan may make in a calendar period (UTC).
 *
 * @param offset taken off the limit in the period in which a key joined the plan
 */
public record Quota(int limit, int offset, Period period) {

  /** As the vendor names them; a week begins on Sunday. */
  public enum Period {
    DAY,
    WEEK,
    MONTH;

    private static final int DAYS_OF_WEEK = 7;

    /** Day 0 of the epoch was a Thursday. */
    private static final int WEEKDAY_OF_EPOCH = 4;

    /** First day of the period that the day is in, both counted from the epoch. */
    public long startOf(long epochDay) {
      return switch (this) {
        case DAY -> epochDay;
        case WEEK -> epochDay - Math.floorMod(epochDay + WEEKDAY_OF_EPOCH, DAYS_OF_WEEK);
        case MONTH -> LocalDate.ofEpochDay(epochDay).withDayOfMonth(1).toEpochDay();
      };
    }

    /** First day after the period that the day is in. */
    public long endOf(long epochDay) {
      return switch (this) {
        case DAY -> epochDay + 1;
        case WEEK -> startOf(epochDay) + DAYS_OF_WEEK;
        case MONTH -> LocalDate.ofEpochDay(startOf(epochDay)).plusMonths(1).toEpochDay();
      };
    }
  }

  /**
   * All that a key may use of a plan in one period, once somebody has said so; holds for that
   * period and for no other.
   *
   * @param start first day of the period, counted from the epoch
   */
  public record Total(Period period, long start, long allowed) {

    public Total {
      if (allowed < 0) {
        throw new IllegalArgumentException("no total of a quota: " + allowed);
      }
    }
  }

  public Quota {
    if (limit < 0 || offset < 0) {
      throw new IllegalArgumentException("no quota: " + limit + " less " + offset);
    }
  }

  /**
   * How many requests a key may make in the period of the day.
   *
   * @param joined the day on which it became one of the plan's
   * @param said what holds instead, if it is about the same period
   */
  public long allowed(Optional<Long> joined, Optional<Total> said, long epochDay) {
    long start = period.startOf(epochDay);
    if (said.isPresent() && said.get().period() == period && said.get().start() == start) {
      return said.get().allowed();
    }
    boolean isFirst = joined.isPresent() && period.startOf(joined.get()) == start;
    return isFirst ? Math.max(0, limit - offset) : limit;
  }
}
