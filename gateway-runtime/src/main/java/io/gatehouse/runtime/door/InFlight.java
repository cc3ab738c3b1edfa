package io.gatehouse.runtime.door;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many exchanges the node has taken on; more than it can hold are refused at once rather than
 * all served late.
 */
public final class InFlight {

  private final AtomicInteger count = new AtomicInteger();
  private final int most;

  public InFlight(int most) {
    this.most = most;
  }

  boolean enter() {
    if (count.incrementAndGet() > most) {
      count.decrementAndGet();
      return false;
    }
    return true;
  }

  void leave() {
    count.decrementAndGet();
  }

  public int count() {
    return count.get();
  }
}
