package io.gatehouse.admin.console.parts;

import java.util.Locale;

/** How fast something may be called, in words. */
public final class Rates {

  private static final int SECONDS_OF_AN_HOUR = 3600;

  private Rates() {}

  /** As "10 requests a second, bursts of 20". */
  public static String words(double rate, int burst) {
    return rate == 0 || burst == 0
        ? "nothing is let through"
        : number(rate) + " requests a second, bursts of " + number(burst);
  }

  /** As "about 36,000 an hour". */
  public static String perHour(double rate) {
    return "about " + number(Math.rint(rate * SECONDS_OF_AN_HOUR)) + " an hour";
  }

  public static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }
}
