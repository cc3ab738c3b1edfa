package io.gatehouse.runtime.sink;

import java.util.List;

/** What takes records at the other end of a sink. Used by one thread. */
interface Receiver extends AutoCloseable {

  /**
   * Returns when all records have arrived and last.
   *
   * @throws DeliveryFailure when one of them may not have; all of them are then given again
   */
  void take(List<SinkRecord> records) throws DeliveryFailure, InterruptedException;

  @Override
  void close();
}
