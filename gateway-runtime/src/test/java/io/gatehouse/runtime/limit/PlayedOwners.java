package io.gatehouse.runtime.limit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Owners that answer when the test has them answer. */
final class PlayedOwners implements LimitOwners {

  static final long EPOCH = 1_796_018_400_000L; // 2026-11-30T06:00:00Z

  final Map<String, BucketState> buckets = new HashMap<>();
  final Map<String, QuotaState> quotas = new HashMap<>();
  final List<Map<String, BucketAsk>> bucketAsks = new ArrayList<>();
  final List<Map<String, QuotaAsk>> quotaAsks = new ArrayList<>();
  private final List<Runnable> answers = new ArrayList<>();
  private final List<Runnable> failures = new ArrayList<>();
  int nodes = 2;
  long now;

  @Override
  public String ownerOf(String key) {
    return key.startsWith("other") ? "other" : "one";
  }

  @Override
  public int nodes() {
    return nodes;
  }

  @Override
  public void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply) {
    bucketAsks.add(asks);
    failures.add(() -> reply.failed("no route"));
    answers.add(
        () -> {
          Map<String, BucketAnswer> all = new HashMap<>();
          asks.forEach(
              (key, ask) -> {
                var done =
                    buckets
                        .getOrDefault(key, BucketState.FULL)
                        .apply(ask, nodes, EPOCH * 1_000_000 + now);
                buckets.put(key, done.state());
                all.put(key, done.answer());
              });
          reply.answered(all);
        });
  }

  @Override
  public void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply) {
    quotaAsks.add(asks);
    failures.add(() -> reply.failed("no route"));
    answers.add(
        () -> {
          Map<String, QuotaAnswer> all = new HashMap<>();
          asks.forEach(
              (key, ask) -> {
                var done =
                    quotas
                        .getOrDefault(key, QuotaState.UNKNOWN)
                        .apply(ask, Side.whole(nodes), EPOCH + now / 1_000_000);
                quotas.put(key, done.state());
                all.put(key, done.answer());
              });
          reply.answered(all);
        });
  }

  /** Answers what was asked, and what is asked then. */
  void answer() {
    while (!answers.isEmpty()) {
      failures.removeFirst();
      answers.removeFirst().run();
    }
  }

  void fail() {
    List<Runnable> all = List.copyOf(failures);
    failures.clear();
    answers.clear();
    all.forEach(Runnable::run);
  }

  /** What was asked is never answered. */
  void lose() {
    failures.clear();
    answers.clear();
  }

  int underWay() {
    return answers.size();
  }
}
