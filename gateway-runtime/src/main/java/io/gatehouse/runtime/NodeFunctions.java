package io.gatehouse.runtime;

import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.door.RequestIds;
import io.gatehouse.runtime.functions.ControlPlaneCode;
import io.gatehouse.runtime.functions.FunctionHost;
import io.gatehouse.runtime.functions.FunctionMeters;
import io.gatehouse.runtime.observe.Metrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/** The part of a node that runs functions. */
final class NodeFunctions {

  private NodeFunctions() {}

  /**
   * None where the operator lets nobody have functions.
   *
   * @throws IllegalStateException where they cannot run, with a sentence
   */
  static Optional<FunctionHost> host(
      Settings settings,
      LiveSnapshots live,
      Metrics metrics,
      Vertx vertx,
      InstantSource clock,
      LongSupplier nanos) {
    if (!settings.functions().allowsAny()) {
      return Optional.empty();
    }
    FunctionMeters meters =
        FunctionMeters.with(
            metrics.timer("gatehouse_function_duration", "Event handed over to the answer"));
    try {
      FunctionHost host =
          new FunctionHost(
              new FunctionHost.Parts(
                  settings.functions(),
                  settings.functionHost(),
                  settings.nodeKey(),
                  live,
                  live,
                  live::functions,
                  new ControlPlaneCode(
                      settings.functions().controlUrl(),
                      settings.nodeKey(),
                      new SecureRandom(),
                      clock),
                  vertx,
                  clock,
                  nanos,
                  () -> ThreadLocalRandom.current().nextDouble(),
                  new RequestIds(ThreadLocalRandom::current)::requestId,
                  (millis, work) -> vertx.setTimer(millis, t -> work.run()),
                  meters,
                  FunctionHost.INIT_NANOS));
      host.gauges().forEach((name, value) -> metrics.gauge(name, "Of functions, now", value));
      meters.counts().forEach((name, value) -> metrics.count(name, "Of functions", value::sum));
      return Optional.of(host);
    } catch (IOException e) {
      throw new IllegalStateException("functions cannot run on this node: " + e.getMessage(), e);
    }
  }
}
