package io.gatehouse.admin.console.metrics;

import io.gatehouse.admin.metrics.Metrics.Asked;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody looks at, as the address of the screen has it.
 *
 * @param api id of the API; empty for all
 * @param stage as it is counted; empty for all
 * @param method as {@code GET /pets}; empty for whole stages
 * @param by what gets a line of its own
 * @param percentile of latencies, where each line is of something else
 * @param last the span up to now
 * @param fixed the span that was picked instead
 */
record Question(
    String api,
    String stage,
    String method,
    Grouping by,
    Percentile percentile,
    Last last,
    Optional<Fixed> fixed) {

  /** Spans up to now. */
  enum Last {
    HOUR("1 h", Duration.ofHours(1)),
    THREE_HOURS("3 h", Duration.ofHours(3)),
    HALF_DAY("12 h", Duration.ofHours(12)),
    DAY("1 d", Duration.ofDays(1)),
    WEEK("1 w", Duration.ofDays(7)),
    MONTH("30 d", Duration.ofDays(30)),
    YEAR("1 y", Duration.ofDays(365));

    private final String word;
    private final Duration span;

    Last(String word, Duration span) {
      this.word = word;
      this.span = span;
    }

    String word() {
      return word;
    }
  }

  /** Percentiles that can be compared. */
  enum Percentile {
    P50,
    P95,
    P99
  }

  /** A span that does not move. */
  record Fixed(Instant from, Instant until) {}

  /** Lengths of periods in minutes. */
  private static final int[] PERIODS = {1, 5, 15, 60, 360, 1440};

  /** Points of a line that can be told apart. */
  private static final int ENOUGH_POINTS = 300;

  /** Nonsense becomes what is shown first. */
  static Question of(Map<String, String> parameters) {
    return new Question(
        parameters.getOrDefault("api", ""),
        parameters.getOrDefault("stage", ""),
        parameters.getOrDefault("method", ""),
        word(Grouping.class, parameters.get("by"), Grouping.NONE),
        word(Percentile.class, parameters.get("at"), Percentile.P95),
        word(Last.class, parameters.get("last"), Last.THREE_HOURS),
        fixed(parameters));
  }

  private static <E extends Enum<E>> E word(Class<E> type, String word, E otherwise) {
    for (E constant : type.getEnumConstants()) {
      if (spelt(constant).equals(word)) {
        return constant;
      }
    }
    return otherwise;
  }

  private static Optional<Fixed> fixed(Map<String, String> parameters) {
    try {
      Instant from = Instant.parse(parameters.getOrDefault("from", ""));
      Instant until = Instant.parse(parameters.getOrDefault("until", ""));
      return from.isBefore(until) && from.getEpochSecond() >= 0
          ? Optional.of(new Fixed(from, until))
          : Optional.empty();
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  /** For the address; what is shown first is left out. */
  Map<String, String> parameters() {
    Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("api", api);
    parameters.put("stage", stage);
    parameters.put("method", method);
    parameters.put("by", by == Grouping.NONE ? "" : spelt(by));
    parameters.put("at", percentile == Percentile.P95 ? "" : spelt(percentile));
    parameters.put("last", last == Last.THREE_HOURS ? "" : spelt(last));
    parameters.put("from", fixed.map(span -> span.from().toString()).orElse(""));
    parameters.put("until", fixed.map(span -> span.until().toString()).orElse(""));
    return parameters;
  }

  private static String spelt(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Question withApi(String id) {
    return new Question(id, "", "", by, percentile, last, fixed);
  }

  Question withStage(String name) {
    return new Question(api, name, "", by, percentile, last, fixed);
  }

  Question withMethod(String name) {
    return new Question(api, stage, name, by, percentile, last, fixed);
  }

  Question with(Grouping grouping) {
    return new Question(api, stage, method, grouping, percentile, last, fixed);
  }

  Question with(Percentile other) {
    return new Question(api, stage, method, by, other, last, fixed);
  }

  Question with(Last span) {
    return new Question(api, stage, method, by, percentile, span, Optional.empty());
  }

  Question with(Fixed span) {
    return new Question(api, stage, method, by, percentile, last, Optional.of(span));
  }

  /** As it is asked at this time. */
  Asked asked(Instant now) {
    Instant until = fixed.map(Fixed::until).orElse(now.plusSeconds(60));
    Instant from = fixed.map(Fixed::from).orElse(now.minus(last.span));
    String[] verbAndPath = method.split(" ", 2);
    return new Asked(
        api,
        stage,
        verbAndPath.length == 2 ? verbAndPath[0] : "",
        verbAndPath.length == 2 ? verbAndPath[1] : "",
        by,
        from,
        until,
        period(Duration.between(from, until)));
  }

  private static Duration period(Duration span) {
    for (int minutes : PERIODS) {
      if (span.toMinutes() / minutes <= ENOUGH_POINTS) {
        return Duration.ofMinutes(minutes);
      }
    }
    return Duration.ofMinutes(PERIODS[PERIODS.length - 1]);
  }
}
