package io.gatehouse.runtime.sink;

import io.gatehouse.model.aws.DeliveryStream;
import java.util.List;
import java.util.function.Consumer;

/** Puts lines into streams. */
interface FirehoseCalls {

  /** What became of a call. */
  sealed interface Outcome {}

  /**
   * The stream has taken all lines but some.
   *
   * @param refused indexes of those that it has not taken, in order
   * @param code of the first of them; empty for none
   */
  record Put(List<Integer> refused, String code) implements Outcome {}

  /**
   * None was taken, as far as is known.
   *
   * @param code one of few words
   */
  record Failed(String code, String detail) implements Outcome {}

  /**
   * Returns at once.
   *
   * @param then is told exactly once, by any thread
   */
  void put(DeliveryStream stream, List<byte[]> lines, Consumer<Outcome> then);
}
