package io.gatehouse.runtime.limit;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tokens that a node holds of a bucket, each with the time from which it may be used: runs of slots
 * at even distances, taken from the front by compare-and-set. Any thread takes and gives back; one
 * at a time grants and expires. Times are of the node's own clock and compared by difference.
 */
final class Slots {

  /** Slots from its value up to the end; what was granted next follows. */
  private static final class Run extends AtomicLong {
    private static final long serialVersionUID = 1;

    private final transient AtomicReference<Run> following = new AtomicReference<>();
    private final long end;
    private final long interval;
    private final long low;
    private final long since;

    Run(long first, long interval, long count, long since) {
      super(first);
      this.end = first + count * interval;
      this.interval = interval;
      this.low = end - count / 2 * interval;
      this.since = since;
    }

    long left(long next) {
      return next - end < 0 ? (end - next) / interval : 0;
    }
  }

  private final AtomicReference<Run> head = new AtomicReference<>(new Run(0, 1, 0, 0));
  private Run tail = head.get(); // of whoever grants

  /** Tokens that were taken and not used after all; due at once. */
  private final AtomicLong spare = new AtomicLong();

  private volatile long spareSince;

  /** Takes a token that is due. */
  Took take(long now) {
    if (spare.get() > 0 && takeSpare()) {
      return Took.TAKEN;
    }
    for (Run run = head.get(); ; ) {
      long next = run.get();
      if (next - run.end >= 0) {
        Run following = run.following.get();
        if (following == null) {
          return Took.NONE;
        }
        head.compareAndSet(run, following);
        run = following;
      } else if (next - now > 0) {
        return Took.NONE;
      } else if (run.compareAndSet(next, next + run.interval)) {
        boolean low = next + run.interval - run.low >= 0 && run.following.get() == null;
        return low ? Took.TAKEN_LOW : Took.TAKEN;
      }
    }
  }

  private boolean takeSpare() {
    for (long held = spare.get(); held > 0; held = spare.get()) {
      if (spare.compareAndSet(held, held - 1)) {
        return true;
      }
    }
    return false;
  }

  /** For a token that was not used after all. */
  void giveBack(long now) {
    spareSince = now;
    spare.incrementAndGet();
  }

  /** Adds tokens that come after all others. */
  void grant(long first, long interval, long count, long now) {
    Run run = new Run(first, interval, count, now);
    tail.following.set(run);
    tail = run;
  }

  /**
   * Takes out tokens that have not been used for longer than this.
   *
   * @return how many
   */
  long expire(long now, long after) {
    long expired = 0;
    if (spare.get() > 0 && now - spareSince >= after) {
      expired += spare.getAndSet(0);
    }
    for (Run run = head.get(); run != null; run = run.following.get()) {
      if (now - run.since >= after) {
        expired += expire(run, now - after);
      }
    }
    return expired;
  }

  private static long expire(Run run, long last) {
    while (true) {
      long next = run.get();
      if (next - run.end >= 0 || next - last > 0) {
        return 0;
      }
      long count = Math.min(run.left(next), (last - next) / run.interval + 1);
      if (run.compareAndSet(next, next + count * run.interval)) {
        return count;
      }
    }
  }

  /** How many there are, due or not. */
  long held() {
    long held = spare.get();
    for (Run run = head.get(); run != null; run = run.following.get()) {
      held += run.left(run.get());
    }
    return held;
  }

  /** Until the first token is due; 0 for one that is, negative where there is none. */
  long untilDue(long now) {
    if (spare.get() > 0) {
      return 0;
    }
    for (Run run = head.get(); run != null; run = run.following.get()) {
      long next = run.get();
      if (next - run.end < 0) {
        return Math.max(0, next - now);
      }
    }
    return -1;
  }
}
