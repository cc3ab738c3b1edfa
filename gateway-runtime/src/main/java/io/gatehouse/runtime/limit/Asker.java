package io.gatehouse.runtime.limit;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A counter of this node's, as it talks to its owner and has requests wait for the owner's word.
 *
 * @param <Q> what it asks
 * @param <A> what it is answered
 */
interface Asker<Q, A> {

  /** What became of a request that was to wait. */
  enum Parking {
    /** It waits. */
    PARKED,
    /** The owner has had its word meanwhile. */
    HEARD,
    /** As many wait as may. */
    FULL
  }

  String key();

  /** Whether it stands in line to ask; for whoever keeps the line. */
  AtomicBoolean inLine();

  /** What to ask now; null for nothing. */
  Q ask(long now);

  /**
   * @param late whether it counted as failed before
   */
  void answered(Q ask, A answer, boolean late, long now);

  void failed(long now);

  Parking park(Parked parked);

  /** A request has waited for as long as it may: until the owner is heard, it has no word. */
  void giveUp(long now);
}
