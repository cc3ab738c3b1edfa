package io.gatehouse.admin.publish;

import io.gatehouse.model.snapshot.Snapshot;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The container's transactions. */
@ApplicationScoped
public class ContainerTransactions implements Transactions {

  @Resource(lookup = "java:comp/TransactionSynchronizationRegistry")
  private TransactionSynchronizationRegistry registry;

  @Override
  public void collect(Snapshot snapshot, Consumer<List<Snapshot>> afterCommit) {
    Object there = registry.getResource(Collected.class);
    if (there instanceof Collected collected) {
      collected.snapshots().add(snapshot);
    } else {
      Collected collected = new Collected(new ArrayList<>(List.of(snapshot)), afterCommit);
      registry.registerInterposedSynchronization(collected);
      registry.putResource(Collected.class, collected);
    }
  }

  private record Collected(List<Snapshot> snapshots, Consumer<List<Snapshot>> afterCommit)
      implements Synchronization {
    @Override
    public void beforeCompletion() {
      // Only what is committed is published.
    }

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        afterCommit.accept(snapshots);
      }
    }
  }
}
