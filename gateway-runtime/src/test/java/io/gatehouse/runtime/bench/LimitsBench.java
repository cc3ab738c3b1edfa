package io.gatehouse.runtime.bench;

import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.limit.BucketAnswer;
import io.gatehouse.runtime.limit.BucketAsk;
import io.gatehouse.runtime.limit.BucketState;
import io.gatehouse.runtime.limit.JournalFile;
import io.gatehouse.runtime.limit.LimitOwners;
import io.gatehouse.runtime.limit.Limits;
import io.gatehouse.runtime.limit.NodeLimits;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaAnswer;
import io.gatehouse.runtime.limit.QuotaAsk;
import io.gatehouse.runtime.limit.QuotaLimit;
import io.gatehouse.runtime.limit.QuotaState;
import io.gatehouse.runtime.limit.Side;
import io.gatehouse.runtime.limit.Throttle;
import io.gatehouse.runtime.limit.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * A program, not a test: what a node's limits cost a request that they let pass, and one that they
 * refuse. Owners answer in this very process, as asked by the node in the background.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LimitsBench {

  private static final String ACCOUNT = "123456789012";
  private static final double PLENTY = 50_000_000;
  private static final Limits.Waiter NOBODY = verdict -> {};

  private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();
  private final List<Throttle> throttles =
      List.of(
          Throttle.of("plan/" + ACCOUNT + "/p/k/api:prod/GET/pets", PLENTY, 1_000_000),
          Throttle.of("plan/" + ACCOUNT + "/p/k/api:prod", PLENTY, 1_000_000),
          Throttle.of("method/" + ACCOUNT + "/api/prod/pets/GET", PLENTY, 1_000_000),
          Throttle.of("account/" + ACCOUNT, PLENTY, 1_000_000));
  private final List<Throttle> spent =
      List.of(Throttle.of("plan/" + ACCOUNT + "/p/other/api:prod", 0.001, 1));
  private final QuotaLimit quota =
      new QuotaLimit(
          ACCOUNT,
          "p",
          "k",
          Period.MONTH,
          Long.MAX_VALUE / 4,
          0,
          0,
          List.of(),
          WhenUnreachable.REFUSE);
  private Path directory;
  private JournalFile journal;
  private NodeLimits limits;

  /** One node, which owns all of it. */
  private static final class Here implements LimitOwners {
    private final Map<String, BucketState> buckets = new ConcurrentHashMap<>();
    private final Map<String, QuotaState> quotas = new ConcurrentHashMap<>();

    @Override
    public String ownerOf(String key) {
      return "here";
    }

    @Override
    public int nodes() {
      return 1;
    }

    @Override
    public void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply) {
      Map<String, BucketAnswer> answers = new HashMap<>();
      asks.forEach(
          (key, ask) -> {
            long now = System.currentTimeMillis() * 1_000_000;
            var done = buckets.getOrDefault(key, BucketState.FULL).apply(ask, 1, now);
            buckets.put(key, done.state());
            answers.put(key, done.answer());
          });
      reply.answered(answers);
    }

    @Override
    public void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply) {
      Map<String, QuotaAnswer> answers = new HashMap<>();
      asks.forEach(
          (key, ask) -> {
            var before = quotas.getOrDefault(key, QuotaState.UNKNOWN);
            var done = before.apply(ask, Side.whole(1), System.currentTimeMillis());
            quotas.put(key, done.state());
            answers.put(key, done.answer());
          });
      reply.answered(answers);
    }
  }

  @Setup
  public void begin() throws IOException {
    directory = Files.createTempDirectory("limits-bench");
    journal = new JournalFile(directory, "boot", () -> UUID.randomUUID().toString());
    limits =
        new NodeLimits(
            new NodeLimits.Parts(
                new Here(),
                journal.journal(),
                System::nanoTime,
                InstantSource.system(),
                ticker,
                1));
    ticker.scheduleAtFixedRate(limits::tick, 0, NodeLimits.TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  @TearDown
  public void end() throws IOException, InterruptedException {
    ticker.shutdown();
    if (!ticker.awaitTermination(5, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the ticker does not end");
    }
    journal.close();
  }

  @Benchmark
  @Threads(1)
  public Verdict fourThrottlesAndQuota() {
    return limits.take(throttles, quota, NOBODY);
  }

  @Benchmark
  @Threads(2)
  public Verdict fourThrottlesAndQuotaByTwoThreads() {
    return limits.take(throttles, quota, NOBODY);
  }

  @Benchmark
  @Threads(1)
  public Verdict refused() {
    return limits.take(spent, quota, NOBODY);
  }

  /** Takes nothing. */
  public static void main(String[] arguments) throws RunnerException {
    new Runner(
            new OptionsBuilder()
                .include(LimitsBench.class.getSimpleName())
                .addProfiler(GCProfiler.class)
                .build())
        .run();
  }
}
