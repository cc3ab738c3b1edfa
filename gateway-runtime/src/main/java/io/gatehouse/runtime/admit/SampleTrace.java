package io.gatehouse.runtime.admit;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Step;
import io.gatehouse.runtime.exchange.Trace;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Decides whether an exchange of a stage that traces is recorded: as whoever called has decided,
 * else the first one of each second and five of a hundred others, as the vendor does by default.
 */
public final class SampleTrace implements Step {

  private static final double SHARE = 0.05;
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Supplier<? extends RandomGenerator> random;
  private final LongSupplier nanos;
  private final AtomicLong nextAt;

  /**
   * @param random gives a generator that the asking thread may use
   */
  public SampleTrace(Supplier<? extends RandomGenerator> random, LongSupplier nanos) {
    this.random = random;
    this.nanos = nanos;
    this.nextAt = new AtomicLong(nanos.getAsLong());
  }

  @Override
  public boolean concerns(Exchange x) {
    return x.stage().tracing();
  }

  @Override
  public void apply(Exchange x) {
    Trace trace = Trace.of(x.traceId(), random.get(), this::decide);
    if (trace != null) {
      x.trace(trace);
    }
  }

  private boolean decide() {
    long now = nanos.getAsLong();
    long next = nextAt.get();
    return now - next >= 0 && nextAt.compareAndSet(next, now + SECOND)
        || random.get().nextDouble() < SHARE;
  }
}
