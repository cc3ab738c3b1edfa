package io.gatehouse.runtime.door;

import io.gatehouse.runtime.limit.Limits;
import io.gatehouse.runtime.limit.QuotaLimit;
import io.gatehouse.runtime.limit.Throttle;
import io.gatehouse.runtime.limit.Verdict;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Limits that decide as a test says, and let everything pass where it says nothing. */
public final class ScriptedLimits implements Limits {

  /** What was asked. */
  public record Asked(List<Throttle> throttles, QuotaLimit quota, Waiter waiter) {}

  /** What the next requests are told. */
  public final BlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();

  public final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();

  /** What is said to be left. */
  public volatile Left left = new Left(-1, -1, -1, -1);

  @Override
  public Verdict take(List<Throttle> throttles, QuotaLimit quota, Waiter waiter) {
    Verdict next = verdicts.poll(); // first, for whoever sees that it was asked may ask more
    asked.add(new Asked(throttles, quota, waiter));
    return next == null ? Verdict.ADMITTED : next;
  }

  @Override
  public Left left(List<Throttle> throttles, QuotaLimit quota) {
    return left;
  }
}
