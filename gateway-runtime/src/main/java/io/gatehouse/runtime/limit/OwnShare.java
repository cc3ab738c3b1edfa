package io.gatehouse.runtime.limit;

import java.util.concurrent.atomic.AtomicLong;

/** A node's part of a bucket, for while nobody can say what the others spend of it. */
final class OwnShare {

  private final AtomicLong fullAt;

  OwnShare(long now) {
    fullAt = new AtomicLong(now);
  }

  boolean take(RateLimit limit, int nodes, long now) {
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

  static long interval(RateLimit limit, int nodes) {
    return limit.interval() > Long.MAX_VALUE / 4 / nodes
        ? Long.MAX_VALUE / 4
        : limit.interval() * nodes;
  }
}
