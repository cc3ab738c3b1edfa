package io.gatehouse.runtime.log;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Shares a node's logs among accounts: half of the rate is each one's own, what is beyond that is
 * borrowed while others leave room. So one that logs without end drops its own lines, not others'.
 */
final class LogShares {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Accounts beyond these share one share. */
  private static final int MOST_ACCOUNTS = 10_000;

  /** What an account has left, and lines of its that were dropped. */
  private static final class Share {
    private final AtomicLong spentUntil;
    private final LongAdder dropped = new LongAdder();

    Share(long nanos) {
      spentUntil = new AtomicLong(nanos - SECOND);
    }

    /**
     * Takes what one line costs, unless less than the reserve would be left.
     *
     * @param reserve nanoseconds of the rate; a negative one is a debt that may be made
     */
    boolean take(long cost, long reserve, long nanos) {
      while (true) {
        long spent = spentUntil.get();
        long after = Math.max(spent, nanos - SECOND) + cost;
        if (nanos - after < reserve) {
          return false;
        }
        if (spentUntil.compareAndSet(spent, after)) {
          return true;
        }
      }
    }
  }

  private final long cost;
  private final Share all;
  private final Share others;
  private final Map<String, Share> byAccount = new ConcurrentHashMap<>();

  /**
   * @param perSecond lines that a node takes
   * @param nanos now
   */
  LogShares(int perSecond, long nanos) {
    this.cost = SECOND / perSecond;
    this.all = new Share(nanos);
    this.others = new Share(nanos);
  }

  /** Whether the account may add a line. */
  boolean take(String account, long nanos) {
    if (share(account, nanos).take(2 * cost, 0, nanos)) {
      all.take(cost, -SECOND, nanos);
      return true;
    }
    return all.take(cost, SECOND / 2, nanos);
  }

  void dropped(String account, long nanos) {
    share(account, nanos).dropped.increment();
  }

  private Share share(String account, long nanos) {
    Share known = byAccount.get(account);
    if (known != null) {
      return known;
    }
    return byAccount.size() >= MOST_ACCOUNTS
        ? others
        : byAccount.computeIfAbsent(account, a -> new Share(nanos));
  }

  /** By account, of those of which lines were dropped. */
  Map<String, Long> dropped() {
    Map<String, Long> dropped = new HashMap<>();
    byAccount.forEach((account, share) -> count(dropped, account, share));
    count(dropped, "others", others);
    return dropped;
  }

  private static void count(Map<String, Long> dropped, String account, Share share) {
    long lines = share.dropped.sum();
    if (lines > 0) {
      dropped.put(account, lines);
    }
  }
}
