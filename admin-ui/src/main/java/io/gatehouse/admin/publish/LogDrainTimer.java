package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Drains the nodes' logs every second, and without a pause while there is much. The database is not
 * needed for it.
 */
@ApplicationScoped
public class LogDrainTimer {

  private static final Logger LOG = Logger.getLogger(LogDrainTimer.class.getName());
  private static final int MUCH = 500;
  private static final int MOST_ROUNDS = 20;

  @Resource private ManagedScheduledExecutorService threads;

  @Inject private LogDrain drain;

  private boolean complained;

  void start(@Observes @Priority(2) @Initialized(ApplicationScoped.class) Object event) {
    threads.scheduleWithFixedDelay(this::tick, 2, 1, TimeUnit.SECONDS);
  }

  private void tick() {
    try {
      int rounds = 1;
      while (drain.drain() > MUCH && rounds < MOST_ROUNDS) {
        rounds++;
      }
      complained = false;
    } catch (ClusterUnavailable e) {
      complain(Level.INFO, "Logs wait for a gateway node: " + e.getMessage(), null);
    } catch (IOException | RuntimeException e) {
      complain(Level.WARNING, "Logs could not be stored; that is tried again", e);
    }
  }

  /** Once in a row of failures. */
  private void complain(Level level, String sentence, Exception why) {
    if (!complained) {
      LOG.log(level, sentence, why);
    }
    complained = true;
  }
}
