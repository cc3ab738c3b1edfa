package io.gatehouse.runtime.limit;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What a node may still use of a quota: what it was granted, less what it has used or given back.
 * Both sums only grow. Any thread takes; one at a time grants and gives back.
 */
final class Leases {

  private final AtomicLong spent;
  private volatile long leased;
  private volatile long low;

  /**
   * @param leased what was granted
   * @param spent what was used or given back
   */
  Leases(long leased, long spent) {
    this.leased = leased;
    this.low = leased;
    this.spent = new AtomicLong(spent);
  }

  Took take() {
    while (true) {
      long before = spent.get();
      if (before >= leased) {
        return Took.UNKNOWN;
      }
      if (spent.compareAndSet(before, before + 1)) {
        return before + 1 >= low ? Took.TAKEN_LOW : Took.TAKEN;
      }
    }
  }

  /** Takes one that was not granted. */
  void overdraw() {
    spent.incrementAndGet();
  }

  /**
   * Adds what was before this began to count.
   *
   * @param total what was granted in all
   * @param before what of that was used or given back
   */
  void base(long total, long before) {
    spent.addAndGet(before);
    grant(total);
  }

  /**
   * @param total what was granted in all
   */
  void grant(long total) {
    low = total - Math.max(0, total - spent.get()) / 2;
    leased = total;
  }

  /**
   * Gives back what is not used.
   *
   * @param keep what to keep at least
   * @return how many were given back
   */
  long giveBack(long keep) {
    while (true) {
      long before = spent.get();
      long count = leased - before - keep;
      if (count <= 0) {
        return 0;
      }
      if (spent.compareAndSet(before, before + count)) {
        return count;
      }
    }
  }

  long held() {
    return Math.max(0, leased - spent.get());
  }

  long leased() {
    return leased;
  }
}
