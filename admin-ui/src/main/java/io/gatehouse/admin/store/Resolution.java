package io.gatehouse.admin.store;

/** How long the periods are that figures are kept of; each is the sum of the finer ones. */
public enum Resolution {
  MINUTE(1),
  FIVE_MINUTES(5),
  HOUR(60),
  DAY(1440);

  private final int minutes;

  Resolution(int minutes) {
    this.minutes = minutes;
  }

  public int minutes() {
    return minutes;
  }

  /** When the period began that a minute is in; both counted from the epoch. */
  public long start(long epochMinute) {
    return epochMinute - Math.floorMod(epochMinute, minutes);
  }
}
