package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.WhenUnreachable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Two nodes with threads of their own, over owners that answer on other threads. Time passes only
 * while no answer is due, so that a slow machine is not taken for an owner out of reach.
 */
class NodeLimitsThreadsTest {

  private static final int REQUESTS = 40_000;
  private static final long MILLI = 1_000_000L;
  private static final String ACCOUNT = "123456789012";

  private final ExecutorService threads = Executors.newFixedThreadPool(6);
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger due = new AtomicInteger();
  private final Shared shared = new Shared();
  private final List<NodeLimits> nodes = List.of(node("a", 1), node("b", 2));

  private NodeLimits node(String name, long incarnation) {
    return new NodeLimits(
        new NodeLimits.Parts(
            shared,
            new MemoryRoom().journal(name),
            nanos::get,
            () -> Instant.ofEpochMilli(1_800_000_000_000L + nanos.get() / MILLI),
            this::later,
            incarnation));
  }

  @AfterEach
  void end() {
    while (due.get() > 0) {
      Thread.onSpinWait();
    }
    threads.shutdownNow();
  }

  private void later(Runnable task) {
    due.incrementAndGet();
    threads.execute(
        () -> {
          task.run();
          due.decrementAndGet();
        });
  }

  private final class Shared implements LimitOwners {
    private final Map<String, BucketState> buckets = new HashMap<>();
    private final Map<String, QuotaState> quotas = new HashMap<>();

    @Override
    public String ownerOf(String key) {
      return "one";
    }

    @Override
    public int nodes() {
      return 2;
    }

    @Override
    public void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply) {
      later(() -> reply.answered(bucketAnswers(asks)));
    }

    private synchronized Map<String, BucketAnswer> bucketAnswers(Map<String, BucketAsk> asks) {
      Map<String, BucketAnswer> answers = new HashMap<>();
      asks.forEach(
          (key, ask) -> {
            long now = 1_800_000_000_000L * MILLI + nanos.get();
            var done = buckets.getOrDefault(key, BucketState.FULL).apply(ask, 2, now);
            buckets.put(key, done.state());
            answers.put(key, done.answer());
          });
      return answers;
    }

    @Override
    public void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply) {
      later(() -> reply.answered(quotaAnswers(asks)));
    }

    private synchronized Map<String, QuotaAnswer> quotaAnswers(Map<String, QuotaAsk> asks) {
      Map<String, QuotaAnswer> answers = new HashMap<>();
      asks.forEach(
          (key, ask) -> {
            var before = quotas.getOrDefault(key, QuotaState.UNKNOWN);
            var done = before.apply(ask, Side.whole(2), nanos.get() / MILLI);
            quotas.put(key, done.state());
            answers.put(key, done.answer());
          });
      return answers;
    }

    synchronized long used() {
      return quotas.values().stream().mapToLong(QuotaState::used).sum();
    }
  }

  private int admitted(List<Throttle> throttles, QuotaLimit quota) throws Exception {
    AtomicInteger admitted = new AtomicInteger();
    CountDownLatch undecided = new CountDownLatch(REQUESTS);
    Limits.Waiter waiter =
        verdict -> {
          admitted.addAndGet(verdict == Verdict.ADMITTED ? 1 : 0);
          undecided.countDown();
        };
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      NodeLimits limits = nodes.get(thread % 2);
      running.add(
          threads.submit(
              () -> {
                for (int i = 0; i < REQUESTS / 4; i++) {
                  Verdict verdict = limits.take(throttles, quota, waiter);
                  if (verdict != Verdict.WAITING) {
                    waiter.decided(verdict);
                  }
                }
              }));
    }
    while (undecided.getCount() > 0) {
      timePasses();
    }
    for (Future<?> one : running) {
      one.get();
    }
    return admitted.get();
  }

  private void timePasses() {
    if (due.get() == 0) {
      nanos.addAndGet(MILLI / 4);
      nodes.forEach(NodeLimits::tick);
    }
    Thread.onSpinWait();
  }

  private void untilTold() {
    for (long end = nanos.get() + 5_000 * MILLI; nanos.get() < end; ) {
      timePasses();
    }
  }

  @Test
  void aQuotaIsSpentAndNotExceededAndAllIsCounted() throws Exception {
    QuotaLimit quota =
        new QuotaLimit(
            ACCOUNT, "p", "k", Period.MONTH, 3_000, 0, 0, List.of(), WhenUnreachable.REFUSE);
    int admitted = admitted(List.of(), quota);
    assertTrue(admitted > 0 && admitted <= 3_000, admitted + " admitted");
    untilTold();
    assertEquals(admitted, shared.used());
  }

  @Test
  void tokensOfABucketAreHadOnceThoughOthersRefuse() throws Exception {
    Throttle plenty = Throttle.of("plan/" + ACCOUNT + "/p/k", 0.0001, 1_000_000);
    Throttle few = Throttle.of("account/" + ACCOUNT, 0.0001, 2_000);
    long admitted = admitted(List.of(plenty, few), null);
    long ownShares = nodes.stream().mapToLong(node -> node.figures().ownShare().sum()).sum();
    long granted = admitted - ownShares; // a thread may sleep until its owner seems out of reach
    assertTrue(admitted > 0 && granted <= 2_000, granted + " of " + admitted + " granted");
  }

  @Test
  void useWithoutALimitIsCountedToTheLast() throws Exception {
    assertEquals(REQUESTS, admitted(List.of(), QuotaLimit.counting(ACCOUNT, "p", "k")));
    untilTold();
    assertEquals(REQUESTS, shared.used());
  }
}
