package io.gatehouse.admin.console;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.UIDetachedException;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Work beside the page's requests, with its results pushed to the page. */
@ApplicationScoped
public class LiveUpdates {

  private static final Logger LOG = Logger.getLogger(LiveUpdates.class.getName());

  @Resource(lookup = "java:comp/DefaultManagedScheduledExecutorService")
  private ManagedScheduledExecutorService executor;

  /** Does the work without holding the page, then lets the result change the page. */
  public void behind(UI ui, Supplier<Runnable> work) {
    executor.execute(
        () -> {
          try {
            Runnable change = work.get();
            ui.access(change::run);
          } catch (UIDetachedException gone) {
            LOG.log(Level.FINE, "The page was closed before its work was done", gone);
          }
        });
  }

  /** Repeats a step on the page until it says that it is done or the page is gone. */
  public void repeat(UI ui, Duration pause, BooleanSupplier done) {
    executor.schedule(
        () -> {
          try {
            ui.access(
                () -> {
                  if (!done.getAsBoolean()) {
                    repeat(ui, pause, done);
                  }
                });
          } catch (UIDetachedException gone) {
            LOG.log(Level.FINE, "The page was closed, so it is not kept up to date", gone);
          }
        },
        pause.toMillis(),
        TimeUnit.MILLISECONDS);
  }
}
