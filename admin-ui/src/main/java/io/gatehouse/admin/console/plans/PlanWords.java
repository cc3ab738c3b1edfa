package io.gatehouse.admin.console.plans;

import java.util.Locale;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.ThrottleSettings;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** Limits in words: "10 a second, bursts of 20". */
final class PlanWords {

  private PlanWords() {}

  static String throttle(UsagePlan plan) {
    ThrottleSettings throttle = plan.throttle();
    if (throttle == null || throttle.rateLimit() == null) {
      return "no rate limit";
    }
    return number(throttle.rateLimit())
        + " requests a second"
        + (throttle.burstLimit() == null ? "" : ", bursts of " + throttle.burstLimit());
  }

  static String quota(UsagePlan plan) {
    QuotaSettings quota = plan.quota();
    if (quota == null || quota.limit() == null) {
      return "no quota";
    }
    return String.format(Locale.ROOT, "%,d requests a ", quota.limit())
        + String.valueOf(quota.periodAsString()).toLowerCase(Locale.ROOT);
  }

  private static String number(double value) {
    return value == Math.rint(value)
        ? String.format(Locale.ROOT, "%,d", (long) value)
        : String.format(Locale.ROOT, "%,.2f", value);
  }
}
