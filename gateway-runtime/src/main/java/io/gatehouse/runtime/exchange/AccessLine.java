package io.gatehouse.runtime.exchange;

import java.util.function.UnaryOperator;

/** Writes an exchange's line of the access log, in the format of its stage's author. */
public interface AccessLine {

  /**
   * Of an exchange that is over.
   *
   * @param hiding gives a value without the exchange's secrets
   * @param endNanos by the node's monotonic clock
   * @param bytesSent of the response's body
   */
  String of(Exchange x, UnaryOperator<String> hiding, long endNanos, long bytesSent);
}
