package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.ClusterClient.Node;
import io.gatehouse.admin.store.DatabaseState;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps what nodes have counted every second, and tells them what was counted before at every
 * connection to the cluster, whenever nodes have come or gone, and every ten minutes.
 */
@ApplicationScoped
public class UsageLedgerTimer {

  private static final Logger LOG = Logger.getLogger(UsageLedgerTimer.class.getName());
  private static final int TICKS_BETWEEN_RESTORES = 600;

  @Resource private ManagedScheduledExecutorService threads;

  @Inject private DatabaseState database;
  @Inject private ClusterClient cluster;
  @Inject private UsageLedger ledger;

  private volatile boolean connected;
  private List<Node> nodes = List.of();
  private int ticksToRestore;
  private boolean complained;

  void start(@Observes @Priority(2) @Initialized(ApplicationScoped.class) Object event) {
    cluster.onConnect(() -> connected = true);
    threads.scheduleWithFixedDelay(this::tick, 2, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    if (database.problem().isPresent()) {
      return;
    }
    try {
      round();
      complained = false;
    } catch (ClusterUnavailable e) {
      complain(Level.INFO, "Counts of usage wait for a gateway node: " + e.getMessage(), null);
    } catch (RuntimeException e) {
      complain(Level.WARNING, "Counts of usage could not be kept; that is tried again", e);
    }
  }

  private void round() throws ClusterUnavailable {
    List<Node> now = cluster.nodes();
    ticksToRestore--;
    if (connected || !now.equals(nodes) || ticksToRestore <= 0) {
      connected = false;
      nodes = List.of();
      int known = ledger.restore();
      LOG.fine(() -> "The cluster was told what " + known + " counters of usage had before");
      nodes = now;
      ticksToRestore = TICKS_BETWEEN_RESTORES;
    }
    ledger.drain();
  }

  /** Once in a row of failures. */
  private void complain(Level level, String sentence, RuntimeException bug) {
    if (!complained) {
      LOG.log(level, sentence, bug);
    }
    complained = true;
  }
}
