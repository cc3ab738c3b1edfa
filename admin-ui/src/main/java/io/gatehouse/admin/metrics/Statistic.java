package io.gatehouse.admin.metrics;

import io.gatehouse.model.observed.Distribution;
import io.gatehouse.model.observed.Figures;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many values become one, as the vendor's statistics. A request that is counted is a value of
 * 1, one that was looked at and not counted is a value of 0.
 *
 * @param percent of a percentile, else 0
 */
public record Statistic(Kind kind, double percent) {

  /** Which. */
  public enum Kind {
    SUM,
    AVERAGE,
    MINIMUM,
    MAXIMUM,
    SAMPLE_COUNT,
    PERCENTILE
  }

  private static final double MICROS_OF_MILLI = 1_000;
  private static final Pattern PERCENTILE = Pattern.compile("p(\\d{1,2}(\\.\\d{1,10})?|100)");

  /** Of the words {@code Sum, Average, Minimum, Maximum, SampleCount} and {@code p99.9}. */
  public static Optional<Statistic> parse(String word) {
    Matcher percentile = PERCENTILE.matcher(word);
    if (percentile.matches()) {
      return Optional.of(percentile(Double.parseDouble(percentile.group(1))));
    }
    return switch (word) {
      case "Sum" -> Optional.of(new Statistic(Kind.SUM, 0));
      case "Average" -> Optional.of(new Statistic(Kind.AVERAGE, 0));
      case "Minimum" -> Optional.of(new Statistic(Kind.MINIMUM, 0));
      case "Maximum" -> Optional.of(new Statistic(Kind.MAXIMUM, 0));
      case "SampleCount" -> Optional.of(new Statistic(Kind.SAMPLE_COUNT, 0));
      default -> Optional.empty();
    };
  }

  public static Statistic percentile(double percent) {
    return new Statistic(Kind.PERCENTILE, percent);
  }

  /** Empty when there is no value; times are in milliseconds. */
  public OptionalDouble of(Metric metric, Figures figures) {
    long samples = metric.samples(figures);
    if (samples == 0) {
      return OptionalDouble.empty();
    }
    return OptionalDouble.of(
        metric.isTime() ? ofTimes(metric.times(figures)) : ofCounts(metric.sum(figures), samples));
  }

  private double ofTimes(Distribution times) {
    return switch (kind) {
      case SUM -> times.sum() / MICROS_OF_MILLI;
      case AVERAGE -> times.sum() / MICROS_OF_MILLI / times.count();
      case MINIMUM -> times.min() / MICROS_OF_MILLI;
      case MAXIMUM -> times.max() / MICROS_OF_MILLI;
      case SAMPLE_COUNT -> times.count();
      case PERCENTILE -> times.percentile(percent) / MICROS_OF_MILLI;
    };
  }

  private double ofCounts(long sum, long samples) {
    return switch (kind) {
      case SUM -> sum;
      case AVERAGE -> (double) sum / samples;
      case MINIMUM -> sum == samples ? 1 : 0;
      case MAXIMUM -> sum > 0 ? 1 : 0;
      case SAMPLE_COUNT -> samples;
      // Zeros come first.
      case PERCENTILE -> Math.ceil(percent / 100 * samples) > samples - sum ? 1 : 0;
    };
  }
}
