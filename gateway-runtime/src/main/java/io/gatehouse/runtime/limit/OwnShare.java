package io.gatehouse.runtime.limit;

import java.util.concurrent.atomic.AtomicLong;

/** A node's part of a bucket, for while nobody can say what the others spend of it. */
final class OwnShare {

  private final AtomicLong fullAt = new AtomicLong();

  /**
   * @param left tokens that were left for all when that was known last; negative for a full bucket
   */
  void begin(Throttle limit, int nodes, long left, long now) {
    long interval = interval(limit, nodes);
    long tolerance = Math.max(interval, limit.tolerance());
    long tokens = left < 0 ? Long.MAX_VALUE : left / nodes;
    fullAt.set(tokens > tolerance / interval ? now : now + tolerance - tokens * interval);
  }

  boolean take(Throttle limit, int nodes, long now) {
    long interval = interval(limit, nodes);
    long tolerance = Math.max(interval, limit.tolerance());
    while (true) {
      long full = fullAt.get();
      long after = (full - now > 0 ? full : now) + interval;
      if (after - now > tolerance) {
        return false;
      }
      if (fullAt.compareAndSet(full, after)) {
        return true;
      }
    }
  }

  static long interval(Throttle limit, int nodes) {
    return limit.interval() > Long.MAX_VALUE / 4 / nodes
        ? Long.MAX_VALUE / 4
        : limit.interval() * nodes;
  }
}
