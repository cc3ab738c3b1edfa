package io.gatehouse.admin.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers the versions of what nodes serve. They follow the clock, so that a thing that was deleted
 * and made again starts above what nodes have seen, and they only grow within this process.
 */
@ApplicationScoped
public class Revisions {

  private final AtomicLong last = new AtomicLong();
  private InstantSource clock;

  protected Revisions() {}

  @Inject
  public Revisions(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * @param previous the revision that the new one must exceed; 0 for a new thing
   */
  public long next(long previous) {
    long floor = Math.max(previous + 1, clock.millis());
    return last.updateAndGet(before -> Math.max(before + 1, floor));
  }
}
