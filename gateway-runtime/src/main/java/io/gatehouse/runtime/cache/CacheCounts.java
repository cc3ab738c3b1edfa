package io.gatehouse.runtime.cache;

import java.util.concurrent.atomic.LongAdder;

/** What the leak guard has done since the node was started, and what could not be kept. */
public final class CacheCounts {

  private final LongAdder checks = new LongAdder();
  private final LongAdder stops = new LongAdder();
  private final LongAdder unsealed = new LongAdder();

  void check() {
    checks.increment();
  }

  void stop() {
    stops.increment();
  }

  void unsealed() {
    unsealed.increment();
  }

  /** Hits that were answered by the backend to be compared. */
  public long checks() {
    return checks.sum();
  }

  /** Methods whose answers turned out to depend on more than their key. */
  public long stops() {
    return stops.sum();
  }

  /** Requests whose answers had to be sealed to be kept, on a node that has no key for it. */
  public long unsealedRequests() {
    return unsealed.sum();
  }
}
