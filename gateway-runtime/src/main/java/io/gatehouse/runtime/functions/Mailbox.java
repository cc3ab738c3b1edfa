package io.gatehouse.runtime.functions;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Between the host and one process: hands it events one at a time and takes what it answers. The
 * host's side waits; the side of the Runtime API never does.
 */
final class Mailbox {

  /** What the vendor takes of a function: 6 MB and a little. */
  static final int MOST_RESPONSE_BYTES = 6_291_556;

  /** What a call of the Runtime API comes to. */
  enum Verdict {
    ACCEPTED,
    WRONG_ID,
    NOT_NOW,
    TOO_LARGE
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Consumer<Event> asking;
  private Event current;
  private Outcome outcome;
  private Outcome initError;
  private Exit exit;

  // ---- the process's side ----

  /**
   * The process asks for an event and takes it when there is one.
   *
   * @param taker called once, from any thread
   */
  Verdict next(Consumer<Event> taker) {
    lock.lock();
    try {
      if (asking != null || exit != null || (current != null && outcome == null)) {
        return Verdict.NOT_NOW;
      }
      asking = taker;
      current = null;
      changed.signalAll();
      return Verdict.ACCEPTED;
    } finally {
      lock.unlock();
    }
  }

  /** The process that asked has hung up. */
  void forget(Consumer<Event> taker) {
    lock.lock();
    try {
      if (asking == taker) {
        asking = null;
      }
    } finally {
      lock.unlock();
    }
  }

  Verdict respond(String id, Outcome what) {
    lock.lock();
    try {
      if (current == null || !current.id().equals(id)) {
        return Verdict.WRONG_ID;
      }
      if (outcome != null) {
        return Verdict.NOT_NOW;
      }
      boolean tooLarge = what.body().length > MOST_RESPONSE_BYTES;
      outcome = tooLarge ? Outcome.tooLarge() : what;
      changed.signalAll();
      return tooLarge ? Verdict.TOO_LARGE : Verdict.ACCEPTED;
    } finally {
      lock.unlock();
    }
  }

  Verdict initError(Outcome what) {
    lock.lock();
    try {
      if (asking != null || current != null || initError != null) {
        return Verdict.NOT_NOW;
      }
      initError = what;
      changed.signalAll();
      return Verdict.ACCEPTED;
    } finally {
      lock.unlock();
    }
  }

  /** The process is gone; the first reason counts. */
  void exited(Exit how) {
    lock.lock();
    try {
      if (exit == null) {
        exit = how;
      }
      asking = null;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  // ---- the host's side ----

  /** Whether the process asks for an event before the time is over. */
  boolean awaitAsking(long nanos) throws InterruptedException {
    lock.lock();
    try {
      long left = nanos;
      while (asking == null && exit == null && initError == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      return asking != null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands the event over and waits for what comes of it.
   *
   * @return {@link Outcome#NOT_TAKEN} when the process does not ask; null when nothing came in time
   */
  Outcome give(Event event, long nanos) throws InterruptedException {
    lock.lock();
    try {
      if (asking == null) {
        return Outcome.NOT_TAKEN;
      }
      Consumer<Event> taker = asking;
      asking = null;
      current = event;
      outcome = null;
      taker.accept(event);
      long left = nanos;
      while (outcome == null && exit == null && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (outcome == null && exit != null) {
        outcome = Outcome.exited(event.id(), exit);
      }
      return outcome;
    } finally {
      lock.unlock();
    }
  }

  /** Why the process never asked: what it reported itself, or how it ended; null for neither. */
  Outcome initFailure(String id) {
    lock.lock();
    try {
      if (initError != null) {
        return initError;
      }
      return exit == null ? null : Outcome.exited(id, exit);
    } finally {
      lock.unlock();
    }
  }

  boolean alive() {
    lock.lock();
    try {
      return exit == null && initError == null;
    } finally {
      lock.unlock();
    }
  }
}
