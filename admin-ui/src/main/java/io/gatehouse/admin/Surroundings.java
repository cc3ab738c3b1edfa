package io.gatehouse.admin;

import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.publish.InstalledFunctions;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.runtime.TestInvoker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/** What the beans get from outside: settings, the clock and randomness. */
@Dependent
public class Surroundings {

  private static final Logger LOG = Logger.getLogger(Surroundings.class.getName());
  private static final Duration LONGEST_TEST = Duration.ofSeconds(100);

  @Produces
  @Singleton
  Settings settings() {
    Settings settings = Settings.of(System.getenv());
    LOG.info(() -> "Control plane: " + settings);
    return settings;
  }

  @Produces
  @Singleton
  LogSettings logSettings() {
    return LogSettings.of(System.getenv());
  }

  @Produces
  @ApplicationScoped
  InstantSource clock() {
    return InstantSource.system();
  }

  @Produces
  @Singleton
  SecureRandom random() {
    return new SecureRandom();
  }

  /**
   * Made when the first test is asked for: most control planes never see one. A test waits within a
   * transaction, and those end after two minutes.
   */
  @Produces
  @Singleton
  TestInvoker testInvoker(Settings settings, InstalledFunctions functions, InstantSource clock) {
    return new TestInvoker(
        settings.egressAllow(),
        settings.backends(),
        Optional.of(settings.nodeKey()),
        functions.overCluster(),
        settings.longestTimeout().compareTo(LONGEST_TEST) < 0
            ? settings.longestTimeout()
            : LONGEST_TEST,
        ThreadLocalRandom::current,
        clock,
        System::nanoTime);
  }

  void close(@Disposes TestInvoker invoker) throws Exception {
    invoker.close();
  }

  @Produces
  @Singleton
  Ids ids(SecureRandom random) {
    return new Ids(random);
  }
}
