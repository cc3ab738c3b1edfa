package io.gatehouse.runtime.backend;

import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The time-outs of one event loop's calls, on a wheel: to begin and to end one costs a few
 * pointers, where a timer of its own would cost more than the rest of a call. The wheel turns only
 * while somebody waits. A time-out comes late by two ticks at most, never early. Confined to its
 * loop.
 */
final class Deadlines {

  static final int TICK_MILLIS = 10;

  private static final int SLOTS = 1024;
  private static final long TICK_NANOS = TICK_MILLIS * 1_000_000L;

  /** Something that waits; in the list of its slot. */
  abstract static class Waiting {
    private Waiting before;
    private Waiting after;
    private long due;

    /** The time is over. */
    abstract void late();
  }

  /** The ring's own, which never waits. */
  private static final class Head extends Waiting {
    @Override
    void late() {
      throw new IllegalStateException("nobody waits here");
    }
  }

  private final LongSupplier nanos;
  private final Consumer<Runnable> nextTick;
  private final Waiting[] slots = new Waiting[SLOTS];
  private final long start;
  private long turned;
  private int waiting;
  private boolean turning;

  /**
   * @param nextTick runs what it is given, once, on this loop after {@link #TICK_MILLIS}
   */
  Deadlines(LongSupplier nanos, Consumer<Runnable> nextTick) {
    this.nanos = nanos;
    this.nextTick = nextTick;
    this.start = nanos.getAsLong();
    for (int i = 0; i < SLOTS; i++) {
      Waiting head = new Head();
      head.before = head;
      head.after = head;
      slots[i] = head;
    }
  }

  void begin(Waiting one, int millis) {
    long now = tick();
    if (waiting++ == 0) {
      turned = now; // nothing lies in the slots that were not turned to
    }
    one.due = now + (millis + TICK_MILLIS - 1) / TICK_MILLIS + 1;
    Waiting head = slots[(int) (one.due % SLOTS)];
    one.before = head.before;
    one.after = head;
    head.before.after = one;
    head.before = one;
    if (!turning) {
      turning = true;
      nextTick.accept(this::turn);
    }
  }

  /** It waits no more; nothing when it did not. */
  void end(Waiting one) {
    if (one.after != null) {
      one.before.after = one.after;
      one.after.before = one.before;
      one.before = null;
      one.after = null;
      waiting--;
    }
  }

  private long tick() {
    return (nanos.getAsLong() - start) / TICK_NANOS;
  }

  private void turn() {
    long now = tick();
    // After a pause of more than a whole turn each slot is due once.
    long from = Math.max(turned + 1, now - SLOTS + 1);
    for (long tick = from; tick <= now; tick++) {
      passBy(slots[(int) (tick % SLOTS)], now);
    }
    turned = now;
    turning = waiting > 0;
    if (turning) {
      nextTick.accept(this::turn);
    }
  }

  private void passBy(Waiting head, long now) {
    Waiting one = head.after;
    while (one != head) {
      Waiting next = one.after;
      if (one.due <= now) {
        end(one);
        one.late();
        // What was late may have ended others of this slot, the next one too.
        next = next.after == null && next != head ? head.after : next;
      }
      one = next;
    }
  }
}
