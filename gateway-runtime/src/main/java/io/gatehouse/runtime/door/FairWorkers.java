package io.gatehouse.runtime.door;

import io.gatehouse.runtime.pipeline.Workers;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A few threads beside the event loops. Accounts take turns, one piece of work each, and each has a
 * queue of its own with a bound: one that sends much costly work waits for itself and for nobody
 * else.
 */
public final class FairWorkers implements Workers, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FairWorkers.class);

  private record Work(Runnable work, Runnable then, Context loop) {}

  private final int mostWaiting;
  private final Map<String, Queue<Work>> waiting = new HashMap<>();
  private final Queue<String> turns = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param mostWaiting pieces of work of one account
   */
  public FairWorkers(int threads, int mostWaiting) {
    this.mostWaiting = mostWaiting;
    for (int i = 1; i <= threads; i++) {
      Thread.ofPlatform().name("worker-" + i).daemon().start(this::serve);
    }
  }

  @Override
  public boolean run(String account, Runnable work, Runnable then) {
    Context loop = Vertx.currentContext();
    synchronized (this) {
      Queue<Work> own = waiting.get(account);
      if (closed || (own != null && own.size() >= mostWaiting)) {
        return false;
      }
      if (own == null) {
        own = new ArrayDeque<>();
        waiting.put(account, own);
        turns.add(account);
      }
      own.add(new Work(work, then, loop));
      notify();
      return true;
    }
  }

  /** Pieces of work that wait. */
  public synchronized int waiting() {
    return waiting.values().stream().mapToInt(Queue::size).sum();
  }

  private void serve() {
    for (Work next = next(); next != null; next = next()) {
      try {
        next.work().run();
      } catch (RuntimeException | StackOverflowError bug) {
        LOG.error("work of an exchange failed", bug); // what comes then still has to come
      }
      Runnable then = next.then();
      next.loop().runOnContext(v -> then.run());
    }
  }

  private synchronized Work next() {
    while (turns.isEmpty() && !closed) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return null;
      }
    }
    String account = turns.poll();
    if (account == null) {
      return null;
    }
    Queue<Work> own = waiting.get(account);
    Work work = own.remove();
    if (own.isEmpty()) {
      waiting.remove(account);
    } else {
      turns.add(account);
    }
    return work;
  }

  /** Takes no more work; what waits is done. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }
}
