package io.gatehouse.admin.store;

import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Forgets what keys have used more than a year ago, once an hour. */
@ApplicationScoped
public class UsageRetention {

  /** Usage is asked for by up to a year. */
  static final int KEPT_DAYS = 400;

  private static final Logger LOG = Logger.getLogger(UsageRetention.class.getName());
  private static final int BATCH = 500;

  @Resource private ManagedScheduledExecutorService threads;

  private DatabaseState database;
  private UsageCountStore counts;
  private InstantSource clock;

  protected UsageRetention() {}

  @Inject
  public UsageRetention(DatabaseState database, UsageCountStore counts, InstantSource clock) {
    this.database = database;
    this.counts = counts;
    this.clock = clock;
  }

  void start(@Observes @Priority(3) @Initialized(ApplicationScoped.class) Object event) {
    threads.scheduleWithFixedDelay(this::round, 7, 60, TimeUnit.MINUTES);
  }

  private void round() {
    if (database.problem().isPresent()) {
      return;
    }
    try {
      int forgotten = forget();
      LOG.fine(() -> forgotten + " old counts of usage forgotten");
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, "Old counts of usage could not be deleted; the next hour tries again", e);
    }
  }

  /** In batches, each a transaction of its own. */
  int forget() {
    long before = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).toEpochDay() - KEPT_DAYS;
    int all = 0;
    int batch;
    do {
      batch = counts.forget(before, BATCH);
      all += batch;
    } while (batch > 0);
    return all;
  }
}
