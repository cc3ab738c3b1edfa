package io.gatehouse.admin.store;

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
import javax.sql.DataSource;

/**
 * What happens once when the server starts, in order: migrations, then the first tenant. While the
 * database is away it is tried again and again, so that the order in which servers are started does
 * not matter.
 */
@ApplicationScoped
public class Startup {

  private static final Logger LOG = Logger.getLogger(Startup.class.getName());
  private static final int RETRY_SECONDS = 5;

  @Resource(lookup = "jdbc/gatehouseNonTx")
  private DataSource dataSource;

  @Resource private ManagedScheduledExecutorService threads;

  @Inject private DatabaseState state;
  @Inject private Bootstrap bootstrap;

  void start(@Observes @Priority(1) @Initialized(ApplicationScoped.class) Object event) {
    attempt();
  }

  private void attempt() {
    try {
      Migrations.migrate(dataSource);
      state.tablesAreThere();
      bootstrap.run();
      state.ready();
      LOG.info("The database is ready");
    } catch (DatabaseUnavailable | Secrets.WrongMasterKey expected) {
      failed(expected.getMessage(), null);
    } catch (RuntimeException e) {
      failed("The database could not be prepared: " + firstLine(e), e);
    }
  }

  private void failed(String sentence, RuntimeException bug) {
    if (!state.problem().equals(java.util.Optional.of(sentence))) {
      // Once, not at every retry.
      LOG.log(Level.SEVERE, sentence, bug);
    }
    state.failed(sentence);
    threads.schedule(this::attempt, RETRY_SECONDS, TimeUnit.SECONDS);
  }

  private static String firstLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
  }
}
