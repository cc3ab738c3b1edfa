package io.gatehouse.admin.publish;

import io.gatehouse.model.snapshot.Snapshot;
import java.util.List;
import java.util.function.Consumer;

/** Lets the publisher wait for the commit of what it is to publish. */
public interface Transactions {

  /**
   * Collects a snapshot of the current transaction.
   *
   * @param afterCommit gets all that this transaction has collected, once, if it commits
   * @throws IllegalStateException outside a transaction
   */
  void collect(Snapshot snapshot, Consumer<List<Snapshot>> afterCommit);
}
