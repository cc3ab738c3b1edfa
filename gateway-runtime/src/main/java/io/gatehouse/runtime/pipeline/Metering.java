package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.LimitHeaders;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.limit.Limits;
import io.gatehouse.runtime.limit.RequestLimits;
import io.gatehouse.runtime.limit.Verdict;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts exchanges against the limits of plan, method and account, and against the quota. Nearly
 * always the node knows; where it does not, the exchange waits, for no longer than a bounded time.
 */
public final class Metering {

  private static final Logger LOG = LoggerFactory.getLogger(Metering.class);

  /** Going on, on the event loop of the exchange. */
  interface Then {
    void pass();

    void refuse(GatewayException refusal);
  }

  private final Limits limits;
  private final Supplier<Executor> loops;
  private final InstantSource clock;
  private final boolean told;

  /**
   * @param loops the event loop of whoever asks
   * @param told whether answers tell what is left
   */
  public Metering(Limits limits, Supplier<Executor> loops, InstantSource clock, boolean told) {
    this.limits = limits;
    this.loops = loops;
    this.clock = clock;
    this.told = told;
  }

  void take(Exchange x, RequestLimits counted, Then then) {
    Executor loop = loops.get();
    Verdict verdict;
    try {
      verdict =
          limits.take(
              counted.throttles(),
              counted.quota(),
              decided -> loop.execute(() -> decide(x, counted, decided, then)));
    } catch (RuntimeException bug) {
      LOG.error("counting request {} met a bug", x.id(), bug);
      then.refuse(GatewayException.bug(bug));
      return;
    }
    if (!(verdict instanceof Verdict.Waiting)) {
      decide(x, counted, verdict, then);
    }
  }

  private void decide(Exchange x, RequestLimits counted, Verdict verdict, Then then) {
    GatewayException refusal;
    try {
      refusal = refusal(x, counted, verdict);
    } catch (RuntimeException bug) {
      LOG.error("counting request {} met a bug", x.id(), bug);
      refusal = GatewayException.bug(bug);
    }
    if (refusal == null) {
      then.pass();
    } else {
      then.refuse(refusal);
    }
  }

  /** Null for none. */
  private GatewayException refusal(Exchange x, RequestLimits counted, Verdict verdict) {
    if (told && counted.policy() != null && x.stage().limitHeaders()) {
      x.limitHeaders(
          LimitHeaders.of(
              counted.policy(), limits.left(counted.throttles(), counted.quota()), clock.millis()));
    }
    return switch (verdict) {
      case Verdict.Admitted passes -> null;
      case Verdict.Throttled late -> throttled(x, counted, late);
      case Verdict.QuotaExceeded spent -> exceeded(x, spent);
      case Verdict.QuotaUnreachable unknown ->
          GatewayException.of(
              ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.QUOTA_UNREACHABLE);
      case Verdict.Waiting again -> throw new IllegalStateException("a decision that is none");
    };
  }

  private static GatewayException throttled(
      Exchange x, RequestLimits counted, Verdict.Throttled late) {
    if (late.retryAfterNanos() != Long.MAX_VALUE) {
      x.retryAfter(seconds(late.retryAfterNanos(), TimeUnit.SECONDS.toNanos(1)));
    }
    return GatewayException.of(
        ResponseType.THROTTLED,
        switch (counted.scopes().get(late.index())) {
          case PLAN_METHOD -> Reason.THROTTLED_BY_PLAN_FOR_METHOD;
          case PLAN -> Reason.THROTTLED_BY_PLAN;
          case METHOD -> Reason.THROTTLED_BY_METHOD;
          case ACCOUNT -> Reason.THROTTLED_BY_ACCOUNT;
        });
  }

  private GatewayException exceeded(Exchange x, Verdict.QuotaExceeded spent) {
    x.retryAfter(seconds(spent.resetsAt() - clock.millis(), TimeUnit.SECONDS.toMillis(1)));
    return GatewayException.of(ResponseType.QUOTA_EXCEEDED, Reason.QUOTA_EXCEEDED);
  }

  /** At least one, and rounded up: whoever comes back then is not too early. */
  private static long seconds(long time, long second) {
    return Math.max(1, Math.ceilDiv(time, second));
  }
}
