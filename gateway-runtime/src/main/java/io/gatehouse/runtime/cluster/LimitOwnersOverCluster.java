package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.limit.BucketAnswer;
import io.gatehouse.runtime.limit.BucketAsk;
import io.gatehouse.runtime.limit.LimitOwners;
import io.gatehouse.runtime.limit.QuotaAnswer;
import io.gatehouse.runtime.limit.QuotaAsk;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * The owners of counters are the members on whose partitions they lie. An owner that is silent is
 * not asked more and more: what it would grant in the end, nobody would use.
 */
final class LimitOwnersOverCluster implements LimitOwners {

  private static final String NOBODY = "";

  /** Asks under way to one owner; those before have been given up by who asked. */
  private static final int MOST_UNDER_WAY = 2;

  private final Supplier<Optional<HazelcastInstance>> cluster;
  private final IntSupplier nodes;
  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();

  /**
   * @param cluster empty as long as this node has not joined
   * @param nodes how many there are
   */
  LimitOwnersOverCluster(Supplier<Optional<HazelcastInstance>> cluster, IntSupplier nodes) {
    this.cluster = cluster;
    this.nodes = nodes;
  }

  @Override
  public String ownerOf(String key) {
    Optional<HazelcastInstance> joined = cluster.get();
    try {
      return joined.isPresent() ? ownerOf(joined.get(), key) : NOBODY;
    } catch (HazelcastException | IllegalStateException e) {
      return NOBODY; // it is leaving; the ask will say so
    }
  }

  private static String ownerOf(HazelcastInstance joined, String key) {
    Member owner = joined.getPartitionService().getPartition(key).getOwner();
    return owner == null ? NOBODY : owner.getUuid().toString();
  }

  @Override
  public int nodes() {
    return nodes.getAsInt();
  }

  @Override
  public void askBuckets(Map<String, BucketAsk> asks, Reply<BucketAnswer> reply) {
    ask(
        ClusterNames.BUCKETS,
        asks,
        map -> map.submitToKeys(asks.keySet(), new AskBuckets(asks)),
        AskBuckets::decode,
        reply);
  }

  /**
   * A batch is answered without waiting for backups, which is enough for what nodes only tell. What
   * is granted has to outlive the owner, so it is asked for key by key.
   */
  @Override
  public void askQuotas(Map<String, QuotaAsk> asks, Reply<QuotaAnswer> reply) {
    ask(ClusterNames.QUOTAS, asks, map -> submit(map, asks), AskQuotas::decode, reply);
  }

  private static CompletionStage<Map<String, byte[]>> submit(
      IMap<String, byte[]> map, Map<String, QuotaAsk> asks) {
    Map<String, byte[]> answers = new ConcurrentHashMap<>();
    List<CompletableFuture<?>> all = new ArrayList<>();
    Map<String, QuotaAsk> told = new HashMap<>();
    asks.forEach(
        (key, ask) -> {
          if (ask.waiting() + ask.ahead() == 0) {
            told.put(key, ask);
          } else {
            all.add(
                map.submitToKey(key, new AskQuotas(Map.of(key, ask)))
                    .thenAcceptAsync(answer -> put(answers, key, answer), Runnable::run)
                    .toCompletableFuture());
          }
        });
    if (!told.isEmpty()) {
      all.add(
          map.submitToKeys(told.keySet(), new AskQuotas(told))
              .thenAcceptAsync(
                  some -> some.forEach((key, answer) -> put(answers, key, answer)), Runnable::run)
              .toCompletableFuture());
    }
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .handle(
            (done, failure) -> {
              if (answers.isEmpty() && failure != null) {
                throw new CompletionException(failure);
              }
              return answers; // what failed has none
            });
  }

  private static void put(Map<String, byte[]> answers, String key, byte[] answer) {
    if (answer != null) {
      answers.put(key, answer);
    }
  }

  private <Q, A> void ask(
      String name,
      Map<String, Q> asks,
      Function<IMap<String, byte[]>, CompletionStage<Map<String, byte[]>>> submit,
      Function<byte[], A> decode,
      Reply<A> reply) {
    Optional<HazelcastInstance> joined = cluster.get();
    if (joined.isEmpty() || asks.isEmpty()) {
      reply.failed("this node has not joined the cluster");
      return;
    }
    String line;
    try {
      line = name + ' ' + ownerOf(joined.get(), asks.keySet().iterator().next());
    } catch (HazelcastException | IllegalStateException e) {
      reply.failed(why(e));
      return;
    }
    if (underWay.merge(line, 1, Integer::sum) > MOST_UNDER_WAY) {
      done(line);
      reply.failed("the owner is silent");
      return;
    }
    try {
      submit
          .apply(joined.get().getMap(name))
          .whenCompleteAsync(
              (all, failure) -> {
                done(line);
                if (failure == null) {
                  reply.answered(decoded(all, decode));
                } else {
                  reply.failed(why(failure));
                }
              },
              Runnable::run);
    } catch (HazelcastException | IllegalStateException e) {
      done(line);
      reply.failed(why(e));
    }
  }

  private void done(String line) {
    underWay.computeIfPresent(line, (any, count) -> count == 1 ? null : count - 1);
  }

  private static <A> Map<String, A> decoded(Map<String, byte[]> all, Function<byte[], A> decode) {
    Map<String, A> answers = new HashMap<>();
    all.forEach(
        (key, bytes) -> {
          if (bytes != null) {
            answers.put(key, decode.apply(bytes));
          }
        });
    return answers;
  }

  /** A node of before does not know the classes, and fails so, too. */
  private static String why(Throwable failure) {
    return failure.getMessage() == null ? failure.toString() : failure.getMessage();
  }
}
