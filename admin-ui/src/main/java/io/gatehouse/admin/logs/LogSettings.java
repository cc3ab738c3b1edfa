package io.gatehouse.admin.logs;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Where logs are kept, for how long, and how many bytes of them.
 *
 * @param directory made when the first record is stored
 * @param kept the age at which a day's logs are dropped
 * @param mostBytes of all accounts together; beyond it the oldest of whoever has most is dropped
 * @param stored whether nodes send records here; else they go to the operator's sinks alone
 */
public record LogSettings(Path directory, Duration kept, long mostBytes, boolean stored) {

  private static final long MEGABYTE = 1 << 20;

  /** With a store. */
  public LogSettings(Path directory, Duration kept, long mostBytes) {
    this(directory, kept, mostBytes, true);
  }

  /**
   * @param environment variables by name, as {@code System.getenv()}
   * @throws IllegalArgumentException naming the variable, its value and what would be right
   */
  public static LogSettings of(Map<String, String> environment) {
    return new LogSettings(
        Path.of(environment.getOrDefault("GATEHOUSE_DATA_DIR", "data")).resolve("logs"),
        Duration.ofDays(number(environment, "GATEHOUSE_LOG_DAYS", 14, 1, 3650, "days")),
        number(environment, "GATEHOUSE_LOG_STORE_MB", 2048, 16, 16 << 20, "megabytes") * MEGABYTE,
        isStored(environment.getOrDefault("GATEHOUSE_LOG_STORE", "").strip()));
  }

  private static boolean isStored(String text) {
    if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException(
          "GATEHOUSE_LOG_STORE is '%s'; it must be true or false".formatted(text));
    }
    return !text.equals("false");
  }

  private static long number(
      Map<String, String> environment,
      String name,
      long otherwise,
      long least,
      long most,
      String unit) {
    String text = environment.getOrDefault(name, "").strip();
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // named below
    }
    throw new IllegalArgumentException(
        "%s is '%s'; it must be a number of %s from %d to %d"
            .formatted(name, text, unit, least, most));
  }

  /** Bytes after which a day goes on in another index, so that not too much is dropped at once. */
  long bytesOfPart() {
    return Math.max(MEGABYTE, mostBytes / 16);
  }
}
