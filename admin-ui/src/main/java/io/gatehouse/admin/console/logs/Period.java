package io.gatehouse.admin.console.logs;

import io.gatehouse.admin.logs.TimeRange;
import io.gatehouse.model.wire.ApiError;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/** The time that a screen looks at: up to now, or between two times. */
sealed interface Period {

  /** The next second counts: what is being stored belongs to now. */
  Duration AHEAD = Duration.ofSeconds(1);

  /** As the address has it, from now back. */
  enum Last implements Period {
    MINUTES("15m", "Last 15 minutes", Duration.ofMinutes(15)),
    HOUR("1h", "Last hour", Duration.ofHours(1)),
    SIX_HOURS("6h", "Last 6 hours", Duration.ofHours(6)),
    DAY("1d", "Last 24 hours", Duration.ofDays(1)),
    WEEK("7d", "Last 7 days", Duration.ofDays(7)),
    MONTH("30d", "Last 30 days", Duration.ofDays(30));

    private final String word;
    private final String label;
    private final Duration length;

    Last(String word, String label, Duration length) {
      this.word = word;
      this.label = label;
      this.length = length;
    }

    String word() {
      return word;
    }

    String label() {
      return label;
    }

    @Override
    public TimeRange range(Instant now) {
      return new TimeRange(now.minus(length), now.plus(AHEAD));
    }
  }

  /** What was zoomed into. */
  record Between(TimeRange range) implements Period {

    @Override
    public TimeRange range(Instant now) {
      return range;
    }
  }

  TimeRange range(Instant now);

  /**
   * @param last a word, empty where there are two times
   * @throws ApiError for times that are none
   */
  static Period of(String last, String from, String to) {
    Optional<Last> known =
        Arrays.stream(Last.values()).filter(one -> one.word().equals(last)).findFirst();
    if (known.isPresent() || from.isEmpty() || to.isEmpty()) {
      return known.orElse(Last.HOUR);
    }
    try {
      return new Between(new TimeRange(Instant.parse(from), Instant.parse(to)));
    } catch (DateTimeException e) {
      throw ApiError.badRequest(
          "The address's from and to have to be times such as 2026-06-01T12:00:00Z");
    }
  }
}
