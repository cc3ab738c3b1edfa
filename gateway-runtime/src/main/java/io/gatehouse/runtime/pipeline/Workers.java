package io.gatehouse.runtime.pipeline;

/** Threads for work that would hold up an event loop. */
public interface Workers {

  /** Runs everything at once on the thread that asks, which may wait. */
  Workers NONE =
      (account, work, then) -> {
        work.run();
        then.run();
        return true;
      };

  /**
   * Runs {@code work} on a thread of its own and {@code then} on the event loop that asks.
   *
   * @param account whose work it is; accounts take turns
   * @return false when too much work of the account waits; neither runs then
   */
  boolean run(String account, Runnable work, Runnable then);
}
