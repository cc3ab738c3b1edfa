package io.gatehouse.admin.console.plans;

import io.gatehouse.admin.console.parts.Rates;
import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.WhenUnreachable;
import java.time.LocalDate;
import java.util.Locale;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Limits in words: "10 requests a second, bursts of 20". */
final class PlanWords {

  private PlanWords() {}

  static String throttle(UsagePlan plan) {
    ThrottleSettings throttle = plan.throttle();
    if (throttle == null || throttle.rateLimit() == null) {
      return "no rate limit";
    }
    return throttle.burstLimit() == null
        ? Rates.number(throttle.rateLimit()) + " requests a second"
        : Rates.words(throttle.rateLimit(), throttle.burstLimit());
  }

  static String quota(UsagePlan plan) {
    QuotaSettings quota = plan.quota();
    if (quota == null || quota.limit() == null) {
      return "no quota";
    }
    return Rates.number(quota.limit())
        + " requests a "
        + String.valueOf(quota.periodAsString()).toLowerCase(Locale.ROOT)
        + (quota.offset() == null || quota.offset() == 0
            ? ""
            : ", " + quota.offset() + " fewer in a key's first " + word(quota));
  }

  private static String word(QuotaSettings quota) {
    return quota.periodAsString().toLowerCase(Locale.ROOT);
  }

  /** What is counted now, as "2026-06-01 to 2026-06-30". */
  static String period(Quota.Period period, LocalDate today) {
    long day = today.toEpochDay();
    LocalDate first = LocalDate.ofEpochDay(period.startOf(day));
    LocalDate last = LocalDate.ofEpochDay(period.endOf(day) - 1);
    return first.equals(last) ? first.toString() : first + " to " + last;
  }

  static String policy(WhenUnreachable policy) {
    return switch (policy) {
      case REFUSE -> "refuse: the quota is never exceeded";
      case SERVE -> "serve on: what goes beyond the quota is counted";
    };
  }
}
