package io.gatehouse.admin.store;

/**
 * For how many days figures are kept. The vendor's are 15, 63 and 455.
 *
 * @param minuteDays those of single minutes
 * @param fiveMinuteDays those of five minutes
 * @param hourDays those of hours and of days
 */
public record MetricsKept(long minuteDays, long fiveMinuteDays, long hourDays) {

  public long days(Resolution resolution) {
    return switch (resolution) {
      case MINUTE -> minuteDays;
      case FIVE_MINUTES -> fiveMinuteDays;
      case HOUR, DAY -> hourDays;
    };
  }

  /** The first minute that figures are still there for. */
  public long since(Resolution resolution, long nowMinute) {
    return nowMinute - days(resolution) * Resolution.DAY.minutes();
  }

  @Override
  public String toString() {
    return "%d, %d and %d days".formatted(minuteDays, fiveMinuteDays, hourDays);
  }
}
