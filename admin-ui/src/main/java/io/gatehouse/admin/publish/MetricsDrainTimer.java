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

/** Keeps what nodes have counted as often as they hand it over. */
@ApplicationScoped
public class MetricsDrainTimer {

  private static final Logger LOG = Logger.getLogger(MetricsDrainTimer.class.getName());
  private static final int PAUSE_SECONDS = 5;

  @Resource private ManagedScheduledExecutorService threads;

  @Inject private DatabaseState database;
  @Inject private MetricsDrain drain;

  private boolean complained;

  void start(@Observes @Priority(2) @Initialized(ApplicationScoped.class) Object event) {
    threads.scheduleWithFixedDelay(this::tick, 3, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  private void tick() {
    if (database.problem().isPresent()) {
      return;
    }
    try {
      drain.drain();
      complained = false;
    } catch (ClusterUnavailable e) {
      complain(Level.INFO, "Metrics wait for a gateway node: " + e.getMessage(), null);
    } catch (RuntimeException e) {
      complain(Level.WARNING, "Metrics could not be kept; that is tried again", e);
    }
  }

  /** Once in a row of failures. */
  private void complain(Level level, String sentence, RuntimeException bug) {
    if (!complained) {
      LOG.log(level, sentence, bug);
    }
    complained = true;
  }
}
