package io.gatehouse.runtime.limit;

/** Whether a request passes its limits. */
public sealed interface Verdict {

  /** It passes, and has been counted. */
  Verdict ADMITTED = new Admitted();

  /** Nobody knows yet: the waiter is told. */
  Verdict WAITING = new Waiting();

  /** It passes, and has been counted. */
  record Admitted() implements Verdict {}

  /** Nobody knows yet: the waiter is told. */
  record Waiting() implements Verdict {}

  /**
   * A throttle has no token; nothing was counted.
   *
   * @param index which of the limits, in the order given
   * @param retryAfterNanos until there may be one; {@link Long#MAX_VALUE} for never
   */
  record Throttled(int index, long retryAfterNanos) implements Verdict {}

  /**
   * The quota is spent; nothing was counted.
   *
   * @param resetsAt when its next period begins, in epoch milliseconds
   */
  record QuotaExceeded(long resetsAt) implements Verdict {}

  /** The owner of the quota cannot be asked, and the plan refuses then; nothing was counted. */
  record QuotaUnreachable() implements Verdict {}
}
