package io.gatehouse.runtime.exchange;

/** What waits for the answer that an exchange gets from its backend, to keep it. */
public interface Filling {

  /** Whether all of the backend's body should be in hand. */
  boolean wantsBody(BackendResponse response);

  /**
   * The caller's response is made but for what every answer carries. May put another in its place:
   * one that is looked at while it is delivered.
   */
  void answered(Exchange x);

  /**
   * The response is ready, whatever it is.
   *
   * @return a kept answer that is to stand in for one that failed, or null
   */
  Response instead(Exchange x);

  /** The exchange is over. */
  void over();
}
