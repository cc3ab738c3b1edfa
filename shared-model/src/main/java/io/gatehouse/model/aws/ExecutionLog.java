package io.gatehouse.model.aws;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * The log of a test invocation in the vendor's form (recorded: test-invoke.json): a line that names
 * the request, then lines that each begin with their time, all ended by a line feed.
 */
public final class ExecutionLog {

  /** At the end of what was cut. */
  public static final String TRUNCATED = " [TRUNCATED]";

  private static final int LONGEST_LINE = 1024;
  private static final int SHOWN_OF_A_SECRET = 6;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final StringBuilder lines = new StringBuilder();

  public ExecutionLog(String requestId) {
    lines.append("Execution log for request ").append(requestId).append('\n');
  }

  /** Adds a line, cut where the vendor would cut it. */
  public ExecutionLog line(Instant time, String text) {
    lines.append(TIME.format(time)).append(" : ").append(cut(text)).append('\n');
    return this;
  }

  /** A line as long as the vendor's at most. */
  public static String cut(String text) {
    return text.length() > LONGEST_LINE ? text.substring(0, LONGEST_LINE) + TRUNCATED : text;
  }

  /** A credential as logs show it: stars, and the last six characters of a longer one. */
  public static String masked(String secret) {
    int hidden =
        secret.length() > 2 * SHOWN_OF_A_SECRET
            ? secret.length() - SHOWN_OF_A_SECRET
            : secret.length();
    return "*".repeat(hidden) + secret.substring(hidden);
  }

  /** The whole log so far. */
  public String text() {
    return lines.toString();
  }
}
