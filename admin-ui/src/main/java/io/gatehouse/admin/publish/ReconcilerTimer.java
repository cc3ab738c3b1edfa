package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.DatabaseState;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs the reconciler every half minute, at every connection to the cluster, and more often as long
 * as a round did not come to its end.
 */
@ApplicationScoped
public class ReconcilerTimer {

  private static final Logger LOG = Logger.getLogger(ReconcilerTimer.class.getName());
  private static final int TICK_SECONDS = 3;
  private static final int TICKS_BETWEEN_ROUNDS = 10;

  @Resource private ManagedScheduledExecutorService threads;

  @Inject private DatabaseState database;
  @Inject private ClusterClient cluster;
  @Inject private Reconciler reconciler;

  private int ticksToWait;
  private boolean complained;

  void start(@Observes @Priority(2) @Initialized(ApplicationScoped.class) Object event) {
    cluster.onConnect(() -> threads.execute(this::round));
    threads.scheduleWithFixedDelay(this::tick, 0, TICK_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void tick() {
    if (ticksToWait > 0) {
      ticksToWait--;
    } else {
      round();
    }
  }

  private synchronized void round() {
    if (database.problem().isPresent()) {
      return;
    }
    try {
      reconciler.reconcile();
      ticksToWait = TICKS_BETWEEN_ROUNDS - 1;
      complained = false;
    } catch (ClusterUnavailable e) {
      complain(Level.INFO, "Snapshots wait for a gateway node: " + e.getMessage(), null);
    } catch (RuntimeException e) {
      complain(Level.SEVERE, "The nodes' snapshots could not be compared", e);
    }
  }

  /** Once in a row of failures. */
  private void complain(Level level, String sentence, RuntimeException bug) {
    ticksToWait = 0;
    if (!complained) {
      LOG.log(level, sentence, bug);
    }
    complained = true;
  }
}
