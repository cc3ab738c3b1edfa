package io.gatehouse.runtime.limit;

import java.util.List;

/** The throttles and quotas of all requests of this node. Nothing here waits. */
public interface Limits {

  /** Lets everything pass and counts nothing: for test invocations, which the vendor runs so. */
  Limits NONE =
      new Limits() {
        @Override
        public Verdict take(List<Throttle> throttles, QuotaLimit quota, Waiter waiter) {
          return Verdict.ADMITTED;
        }

        @Override
        public Left left(List<Throttle> throttles, QuotaLimit quota) {
          return new Left(-1, -1, -1, -1);
        }
      };

  /** What an exchange gets back where the answer was {@link Verdict#WAITING}. */
  interface Waiter {

    /** Told once, on any thread, soon: what was waited for is bounded. Never waiting again. */
    void decided(Verdict verdict);
  }

  /** Figures for the answer's headers; negative where nothing is known or there is no limit. */
  record Left(long tokens, long quota, long quotaLimit, long resetsAt) {}

  /**
   * Counts a request, if all limits let it pass; the first that does not decides, and the others
   * are not spent.
   *
   * @param throttles in the order in which they are asked
   * @param quota null where the request counts for no key
   */
  Verdict take(List<Throttle> throttles, QuotaLimit quota, Waiter waiter);

  /** What is left in the cluster, as far as this node knows; the scarcest of the throttles. */
  Left left(List<Throttle> throttles, QuotaLimit quota);
}
