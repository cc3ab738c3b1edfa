package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Forgets figures that are older than they are to become, every quarter of an hour. */
@ApplicationScoped
public class MetricRetention {

  private static final Logger LOG = Logger.getLogger(MetricRetention.class.getName());
  private static final int BATCH = 500;
  private static final int MILLIS_OF_MINUTE = 60_000;

  @Resource private ManagedScheduledExecutorService threads;

  private DatabaseState database;
  private MetricStore metrics;
  private MetricsKept kept;
  private InstantSource clock;

  protected MetricRetention() {}

  @Inject
  public MetricRetention(
      DatabaseState database, MetricStore metrics, Settings settings, InstantSource clock) {
    this.database = database;
    this.metrics = metrics;
    this.kept = settings.metricsKept();
    this.clock = clock;
  }

  void start(@Observes @Priority(3) @Initialized(ApplicationScoped.class) Object event) {
    threads.scheduleWithFixedDelay(this::round, 9, 15, TimeUnit.MINUTES);
  }

  private void round() {
    if (database.problem().isPresent()) {
      return;
    }
    try {
      int forgotten = forget();
      LOG.fine(() -> forgotten + " old figures of metrics forgotten");
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "Old figures of metrics could not be deleted; that is tried again", e);
    }
  }

  /** In batches, each a transaction of its own. */
  int forget() {
    long now = clock.millis() / MILLIS_OF_MINUTE;
    int all = 0;
    for (Resolution resolution : Resolution.values()) {
      long before = kept.since(resolution, now);
      all += inBatches(() -> metrics.forget(resolution, before, BATCH));
    }
    long day = kept.since(Resolution.DAY, now) / Resolution.DAY.minutes();
    return all + inBatches(() -> metrics.forgetUnused(day, BATCH));
  }

  private static int inBatches(IntSupplier batch) {
    int all = 0;
    int some;
    do {
      some = batch.getAsInt();
      all += some;
    } while (some > 0);
    return all;
  }
}
