package io.gatehouse.admin.store;

import io.gatehouse.admin.Settings;
import jakarta.annotation.Priority;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Forgets audit records that are older than the operator keeps them, once an hour. */
@ApplicationScoped
public class AuditRetention {

  private static final Logger LOG = Logger.getLogger(AuditRetention.class.getName());
  private static final int BATCH = 500;

  @Resource private ManagedScheduledExecutorService threads;

  private DatabaseState database;
  private AuditStore records;
  private Settings settings;
  private InstantSource clock;

  protected AuditRetention() {}

  @Inject
  public AuditRetention(
      DatabaseState database, AuditStore records, Settings settings, InstantSource clock) {
    this.database = database;
    this.records = records;
    this.settings = settings;
    this.clock = clock;
  }

  void start(@Observes @Priority(3) @Initialized(ApplicationScoped.class) Object event) {
    threads.scheduleWithFixedDelay(this::round, 5, 60, TimeUnit.MINUTES);
  }

  private void round() {
    if (database.problem().isPresent()) {
      return;
    }
    try {
      int forgotten = forget();
      LOG.fine(() -> forgotten + " audit records forgotten");
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING, "Old audit records could not be deleted; the next hour tries again", e);
    }
  }

  /** In batches, each a transaction of its own. */
  int forget() {
    Instant before = clock.instant().minus(settings.auditKept());
    int all = 0;
    int batch;
    do {
      batch = records.forget(before, BATCH);
      all += batch;
    } while (batch == BATCH);
    return all;
  }
}
