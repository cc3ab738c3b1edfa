package io.gatehouse.runtime.limit;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A request that waits for an owner's word. Whoever has it in hand decides it or has it wait again.
 */
final class Parked {

  private static final long NEVER = Long.MIN_VALUE;

  private final List<Throttle> throttles;
  private final QuotaLimit quota;
  private final Limits.Waiter waiter;
  private final long since;
  private final AtomicBoolean inHand = new AtomicBoolean(true);
  private volatile long deadline = NEVER;
  private volatile boolean over;

  Parked(List<Throttle> throttles, QuotaLimit quota, Limits.Waiter waiter, long since) {
    this.throttles = throttles;
    this.quota = quota;
    this.waiter = waiter;
    this.since = since;
  }

  List<Throttle> throttles() {
    return throttles;
  }

  QuotaLimit quota() {
    return quota;
  }

  Limits.Waiter waiter() {
    return waiter;
  }

  /** When it came. */
  long since() {
    return since;
  }

  /** True for one at a time. */
  boolean takeInHand() {
    return !over && inHand.compareAndSet(false, true);
  }

  boolean isNew() {
    return deadline == NEVER;
  }

  void waitUntil(long time) {
    deadline = time;
    inHand.set(false);
  }

  /** It waits no more, unless this is the verdict that it does. */
  Verdict over(Verdict verdict) {
    over |= verdict != Verdict.WAITING;
    return verdict;
  }

  boolean isOver() {
    return over;
  }

  boolean isDue(long now) {
    return now - deadline >= 0;
  }
}
