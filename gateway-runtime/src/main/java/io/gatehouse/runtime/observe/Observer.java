package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.Exchange;

/** Told of every exchange when it is over; runs on its event loop and must not wait. */
public interface Observer {

  /**
   * @param endNanos by the node's monotonic clock
   * @param bytesSent of the response's body
   */
  void over(Exchange x, long endNanos, long bytesSent);
}
