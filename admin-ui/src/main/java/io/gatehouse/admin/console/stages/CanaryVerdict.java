package io.gatehouse.admin.console.stages;

import io.gatehouse.admin.console.parts.Tone;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a canary fares worse than its stage, by figures of the same time.
 *
 * <p>With fewer than {@link #ENOUGH} requests on either side nothing is said. Rates of failures are
 * compared by the two-proportion z-test with pooled variance, one-sided at 99 %; below {@link
 * #FEW_FAILURES} failures of the canary chance is taken for the cause, as the test is not meant for
 * so few. A latency has no such test here: it counts as worse when the 95th percentile is half as
 * long again and at least {@link #FELT_MILLIS} ms longer.
 *
 * @param words a sentence that begins with the verdict
 */
record CanaryVerdict(Tone tone, String words) {

  static final long ENOUGH = 100;
  static final long FEW_FAILURES = 5;
  static final double FELT_MILLIS = 10;

  /** Of the standard normal distribution, for one side at 99 %. */
  private static final double SURE = 2.326;

  private static final double LONGER = 1.5;

  /**
   * What was counted on one side.
   *
   * @param p50 in milliseconds; empty without requests
   * @param p95 likewise
   */
  record Side(
      long requests, long error4xx, long error5xx, Optional<Double> p50, Optional<Double> p95) {

    static final Side NOTHING = new Side(0, 0, 0, Optional.empty(), Optional.empty());
  }

  /** Of the two sides, the stage's without its canary. */
  static CanaryVerdict of(Side stage, Side canary) {
    long fewest = Math.min(stage.requests(), canary.requests());
    if (fewest < ENOUGH) {
      return new CanaryVerdict(
          Tone.PLAIN,
          "Not enough requests to tell: %,d of the stage and %,d of the canary, and it takes %d of each."
              .formatted(stage.requests(), canary.requests(), ENOUGH));
    }
    if (isWorse(stage.error5xx(), stage.requests(), canary.error5xx(), canary.requests())) {
      return worse(
          "5xx",
          rate(canary.error5xx(), canary.requests()),
          rate(stage.error5xx(), stage.requests()));
    }
    if (isWorse(stage.error4xx(), stage.requests(), canary.error4xx(), canary.requests())) {
      return worse(
          "4xx",
          rate(canary.error4xx(), canary.requests()),
          rate(stage.error4xx(), stage.requests()));
    }
    double before = stage.p95().orElse(0.0);
    double after = canary.p95().orElse(0.0);
    if (after > before * LONGER && after - before >= FELT_MILLIS) {
      return worse("p95 latency", millis(canary.p95()), millis(stage.p95()));
    }
    return new CanaryVerdict(
        Tone.OK, "No worse: neither failures nor latency are beyond chance and habit.");
  }

  private static CanaryVerdict worse(String what, String canary, String stage) {
    return new CanaryVerdict(
        Tone.ERROR, "Worse: %s %s against %s of the stage.".formatted(what, canary, stage));
  }

  /** Whether the second share is larger, and not by chance. */
  private static boolean isWorse(long failed1, long all1, long failed2, long all2) {
    if (failed2 < FEW_FAILURES) {
      return false;
    }
    double share1 = (double) failed1 / all1;
    double share2 = (double) failed2 / all2;
    double pooled = (double) (failed1 + failed2) / (all1 + all2);
    double deviation = Math.sqrt(pooled * (1 - pooled) * (1.0 / all1 + 1.0 / all2));
    return deviation > 0 && (share2 - share1) / deviation >= SURE;
  }

  /** As "4.2 %"; a dash of none. */
  static String rate(long part, long all) {
    return all == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
  }

  /** As "12 ms". */
  static String millis(Optional<Double> value) {
    return value
        .map(ms -> String.format(Locale.ROOT, ms < 10 ? "%.1f ms" : "%,.0f ms", ms))
        .orElse("–");
  }
}
