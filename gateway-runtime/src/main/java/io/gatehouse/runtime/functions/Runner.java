package io.gatehouse.runtime.functions;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Makes one invocation from beginning to end, waiting on the thread that asks. */
final class Runner {

  /** A waiting process that has just died is no reason to fail. */
  private static final int ATTEMPTS = 3;

  private final Environments environments;
  private final InstantSource clock;
  private final LongSupplier nanos;
  private final LongAdder coldStarts;

  Runner(Environments environments, InstantSource clock, LongSupplier nanos, LongAdder coldStarts) {
    this.environments = environments;
    this.clock = clock;
    this.nanos = nanos;
    this.coldStarts = coldStarts;
  }

  /**
   * Returns when the process is ready for more, or gone.
   *
   * @param then called once, as soon as it is known what came of it
   * @throws Refused when there is no room, and then nothing is called
   */
  void run(Invocation invocation, Consumer<Ran> then) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      Environment environment;
      try {
        environment = environment(invocation);
      } catch (StartFailure e) {
        Outcome outcome = e.outcome();
        then.accept(
            new Ran(
                outcome,
                new Story(invocation, e.lines()).report(outcome, 0, 0, Optional.empty()),
                0));
        return;
      }
      Story story = new Story(invocation, environment.lines());
      Optional<Long> init = environment.initNanos();
      long begin = nanos.getAsLong();
      Outcome outcome = environment.give(event(invocation), timeoutNanos(invocation));
      long took = nanos.getAsLong() - begin;
      if (outcome == Outcome.NOT_TAKEN && attempt < ATTEMPTS) {
        environments.discard(environment, Exit.STOPPED);
        continue;
      }
      if (outcome == null) {
        then.accept(timedOut(invocation, environment, story, init, took));
      } else {
        environments.answered(environment);
        then.accept(
            new Ran(
                outcome,
                story
                    .wrote(environment.lines())
                    .report(outcome, took, environment.mostMemory(), init),
                took));
        environments.release(
            environment,
            environment.awaitReady(Math.max(0, timeoutNanos(invocation) - took)),
            nanos.getAsLong());
      }
      return;
    }
  }

  private Ran timedOut(
      Invocation invocation, Environment environment, Story story, Optional<Long> init, long took) {
    Outcome outcome =
        Outcome.timedOut(invocation.id(), TimeUnit.NANOSECONDS.toMillis(timeoutNanos(invocation)));
    List<String> lines =
        story
            .wrote(environment.lines())
            .timedOut(clock.millis())
            .report(outcome, took, environment.mostMemory(), init);
    environments.discard(environment, Exit.STOPPED);
    return new Ran(outcome, lines, took);
  }

  private Environment environment(Invocation invocation) throws StartFailure, InterruptedException {
    Environments.Place place =
        environments
            .take(invocation.chosen().key())
            .orElseThrow(() -> Answers.throttled(Concurrency.OF_ACCOUNT));
    if (place.warm().isPresent()) {
      return place.warm().get();
    }
    coldStarts.increment();
    return environments.start(invocation.chosen(), invocation.id());
  }

  private Event event(Invocation invocation) {
    return new Event(
        invocation.id(),
        invocation.payload(),
        invocation.clientContext(),
        clock.millis() + TimeUnit.SECONDS.toMillis(invocation.chosen().version().timeoutSeconds()),
        invocation.chosen().arn(),
        invocation.traceId());
  }

  private static long timeoutNanos(Invocation invocation) {
    return TimeUnit.SECONDS.toNanos(invocation.chosen().version().timeoutSeconds());
  }
}
