package io.gatehouse.runtime.functions;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events that nobody waits for: kept in the memory of this node, tried again when their function
 * fails, and given up in the end. What waits is lost with the node.
 */
final class AsyncEvents {

  private static final Logger LOG = LoggerFactory.getLogger(AsyncEvents.class);
  static final int MOST_EVENTS = 10_000;
  static final long MOST_BYTES = 64L << 20;

  /** No account keeps the others' events out. */
  static final int MOST_EVENTS_OF_ACCOUNT = MOST_EVENTS / 2;

  static final long MOST_BYTES_OF_ACCOUNT = MOST_BYTES / 2;
  private static final long MINUTE = 60_000;
  private static final long FIRST_PAUSE = 1_000;
  private static final long LONGEST_PAUSE = 5 * MINUTE;

  /** How an attempt ended. */
  enum Attempt {
    DONE,
    FAILED,
    THROTTLED
  }

  /** Makes one attempt, on a thread of its own choosing, and says how it ended. */
  interface Attempts extends BiConsumer<Invocation, Consumer<Attempt>> {}

  private final Attempts attempts;
  private final Timer timer;
  private final InstantSource clock;
  private Held all = Held.NOTHING;
  private final Map<String, Held> byAccount = new HashMap<>();
  private long givenUp;

  AsyncEvents(Attempts attempts, Timer timer, InstantSource clock) {
    this.attempts = attempts;
    this.timer = timer;
    this.clock = clock;
  }

  /** How much waits or is being tried. */
  private record Held(int events, long bytes) {
    static final Held NOTHING = new Held(0, 0);

    Held with(int moreEvents, long moreBytes) {
      return new Held(events + moreEvents, bytes + moreBytes);
    }

    boolean hasRoom(int mostEvents, long mostBytes, long more) {
      return events < mostEvents && bytes + more <= mostBytes;
    }
  }

  private record Waiting(Invocation invocation, long since, int failures, int throttles) {}

  /** Whether the event is taken, which is then tried at once. */
  boolean accept(Invocation invocation) {
    synchronized (this) {
      long more = invocation.payload().length;
      Held own = byAccount.getOrDefault(account(invocation), Held.NOTHING);
      if (!all.hasRoom(MOST_EVENTS, MOST_BYTES, more)
          || !own.hasRoom(MOST_EVENTS_OF_ACCOUNT, MOST_BYTES_OF_ACCOUNT, more)) {
        return false;
      }
      all = all.with(1, more);
      byAccount.put(account(invocation), own.with(1, more));
    }
    attempt(new Waiting(invocation, clock.millis(), 0, 0));
    return true;
  }

  private static String account(Invocation invocation) {
    return invocation.chosen().function().account();
  }

  private void attempt(Waiting waiting) {
    attempts.accept(waiting.invocation(), how -> ended(waiting, how));
  }

  private void ended(Waiting waiting, Attempt how) {
    switch (how) {
      case DONE -> forget(waiting, Optional.empty());
      case FAILED -> failed(waiting);
      case THROTTLED -> {
        long pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE << Math.min(waiting.throttles(), 20));
        later(
            new Waiting(
                waiting.invocation(), waiting.since(), waiting.failures(), waiting.throttles() + 1),
            pause);
      }
    }
  }

  private void failed(Waiting waiting) {
    int failures = waiting.failures() + 1;
    if (failures > waiting.invocation().chosen().eventInvoke().retries()) {
      forget(waiting, Optional.of("failed " + failures + " times"));
      return;
    }
    later(new Waiting(waiting.invocation(), waiting.since(), failures, 0), failures * MINUTE);
  }

  private void later(Waiting waiting, long pause) {
    long mostAge = waiting.invocation().chosen().eventInvoke().mostAgeSeconds() * 1000L;
    if (clock.millis() + pause - waiting.since() > mostAge) {
      forget(waiting, Optional.of("is older than " + mostAge / 1000 + " seconds"));
      return;
    }
    timer.after(pause, () -> attempt(waiting));
  }

  private void forget(Waiting waiting, Optional<String> why) {
    synchronized (this) {
      long less = -waiting.invocation().payload().length;
      all = all.with(-1, less);
      byAccount.computeIfPresent(
          account(waiting.invocation()),
          (account, held) -> held.events() > 1 ? held.with(-1, less) : null);
      givenUp += why.isPresent() ? 1 : 0;
    }
    why.ifPresent(
        reason ->
            LOG.warn(
                "event {} of {} is given up: it {}",
                waiting.invocation().id(),
                waiting.invocation().chosen().arn(),
                reason));
  }

  /** Events that wait or are being tried. */
  synchronized int waiting() {
    return all.events();
  }

  synchronized long givenUp() {
    return givenUp;
  }
}
