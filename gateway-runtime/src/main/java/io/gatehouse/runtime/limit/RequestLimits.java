package io.gatehouse.runtime.limit;

import io.gatehouse.model.snapshot.Quota;
import io.gatehouse.model.snapshot.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What one request counts against, in the order in which it is asked.
 *
 * @param throttles one for each of the scopes
 * @param quota null where the request counts for no API key
 * @param policy as the header {@code RateLimit-Policy} tells it; null where no plan is concerned
 */
public record RequestLimits(
    List<Scope> scopes, List<Throttle> throttles, QuotaLimit quota, String policy) {

  /** Whose throttle it is. */
  public enum Scope {
    PLAN_METHOD,
    PLAN,
    METHOD,
    ACCOUNT
  }

  /** Puts the limits of one request together. */
  static final class Builder {
    private final List<Scope> scopes = new ArrayList<>();
    private final List<Throttle> throttles = new ArrayList<>();
    private final StringBuilder policy = new StringBuilder();

    void add(Scope scope, String key, RateLimit limit) {
      scopes.add(scope);
      throttles.add(Throttle.of(key, limit.rate(), limit.burst()));
      if (scope == Scope.PLAN || scope == Scope.PLAN_METHOD) {
        tell(
            scope == Scope.PLAN ? "throttle" : "method",
            limit.burst(),
            limit.rate() > 0 ? (long) Math.ceil(limit.burst() / limit.rate()) : 0);
      }
    }

    void tell(Quota quota) {
      long days =
          switch (quota.period()) {
            case DAY -> 1;
            case WEEK -> 7;
            case MONTH -> 30;
          };
      tell("quota", quota.limit(), days * 24 * 60 * 60);
    }

    /** Structured fields, as draft-ietf-httpapi-ratelimit-headers has them. */
    private void tell(String name, long most, long seconds) {
      policy
          .append(policy.isEmpty() ? "" : ", ")
          .append(String.format(Locale.ROOT, "\"%s\";q=%d", name, most));
      if (seconds > 0) {
        policy.append(";w=").append(seconds);
      }
    }

    RequestLimits build(QuotaLimit quota) {
      return new RequestLimits(
          List.copyOf(scopes),
          List.copyOf(throttles),
          quota,
          policy.isEmpty() ? null : policy.toString());
    }
  }
}
