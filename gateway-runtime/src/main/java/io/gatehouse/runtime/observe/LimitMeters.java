package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.limit.Figures;
import io.gatehouse.runtime.limit.NodeLimits;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What metrics tell of throttles and quotas: how exact they are, and what that costs. */
public final class LimitMeters {

  private final Metrics metrics;

  private LimitMeters(Metrics metrics) {
    this.metrics = metrics;
  }

  /**
   * Has the metrics tell of the limits from now on.
   *
   * @param missed nodes that vanished or are silent and may live on at the other side of a split
   */
  public static void register(Metrics metrics, NodeLimits limits, Supplier<Number> missed) {
    new LimitMeters(metrics).counts(limits.figures());
    metrics.gauge("gatehouse_limit_nodes_missed", "Nodes that may be cut off", missed);
    metrics.gauge("gatehouse_limit_buckets", "Buckets that this node keeps", limits::buckets);
    metrics.gauge("gatehouse_limit_quotas", "Quotas that this node keeps", limits::quotas);
    metrics.gauge(
        "gatehouse_limit_waiting", "Requests that wait for an owner's word", limits::waiting);
    metrics.gauge(
        "gatehouse_limit_held_tokens", "Tokens leased and not used yet", limits::heldTokens);
    metrics.gauge(
        "gatehouse_limit_lease_debt",
        "Requests of quotas leased and not used yet",
        limits::leaseDebt);
  }

  private void counts(Figures figures) {
    count("lease_wait", "Requests that waited for an owner's word", figures.leaseWait());
    count("throttled", "Requests without a token", figures.throttled());
    count("quota_exceeded", "Requests beyond a quota", figures.quotaExceeded());
    count("denied_exact", "Requests refused with nothing left at all", figures.deniedExact());
    count("held", "Requests that the other side of a split might let pass", figures.held());
    count("own_share", "Requests let pass while a bucket's owner was silent", figures.ownShare());
    count("overdraft", "Requests let pass while a quota's owner was silent", figures.overdraft());
    count(
        "unreachable", "Requests refused while a quota's owner was silent", figures.unreachable());
    count("full", "Requests refused for want of room for a counter", figures.full());
  }

  private void count(String name, String meaning, LongAdder value) {
    metrics.count("gatehouse_limit_" + name, meaning, value::sum);
  }
}
