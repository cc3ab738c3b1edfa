package io.gatehouse.admin;

import io.gatehouse.model.aws.Ids;
import io.gatehouse.runtime.TestInvoker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Logger;

/** What the beans get from outside: settings, the clock and randomness. */
@Dependent
public class Surroundings {

  private static final Logger LOG = Logger.getLogger(Surroundings.class.getName());

  @Produces
  @Singleton
  Settings settings() {
    Settings settings = Settings.of(System::getenv);
    LOG.info(() -> "Control plane: " + settings);
    return settings;
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

  /** Made when the first test is asked for: most control planes never see one. */
  @Produces
  @Singleton
  TestInvoker testInvoker(Settings settings, InstantSource clock) {
    return new TestInvoker(
        settings.egressAllow(),
        Optional.of(settings.nodeKey()),
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
