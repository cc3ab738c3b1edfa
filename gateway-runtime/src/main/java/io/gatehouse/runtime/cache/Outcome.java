package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.exchange.GatewayException;

/** What became of an answer that one exchange fetched, for those that wait for it. */
sealed interface Outcome {

  /**
   * It is kept, or was found kept elsewhere.
   *
   * @param facts of the request that it answered
   */
  record Have(Kept.Facts facts, Answer answer) implements Outcome {}

  /** It is not for others: each asks the backend itself. */
  record Unkept() implements Outcome {}

  /** Whoever fetched it went away, or was refused: one of the others fetches it. */
  record Abandoned() implements Outcome {}

  /** The backend failed. */
  record Failed(GatewayException failure) implements Outcome {}
}
