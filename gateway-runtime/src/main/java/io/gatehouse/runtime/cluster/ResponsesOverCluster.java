package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.core.DistributedObject;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryMergedListener;
import com.hazelcast.topic.ITopic;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.cache.SharedResponses;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kept answers that nodes share: a map for each account, its entries spread over all nodes, without
 * backups, for what is lost is fetched again. A node that hears from no other shares nothing.
 */
public final class ResponsesOverCluster implements SharedResponses {

  private static final Logger LOG = LoggerFactory.getLogger(ResponsesOverCluster.class);

  /** Puts under way, at most; more are left out. */
  private static final int MOST_UNDER_WAY = 256;

  private static final long SETTLE_MILLIS = 2_000;

  /** A cluster that does not answer so often is left alone for a while. */
  private static final int MOST_FAILURES = 5;

  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PATIENCE_MILLIS = 200;
  private static final int LEAKS_KEPT_HOURS = 24 * 30;
  private static final int MOST_LEAKS = 10_000;

  /** In the place of an answer's address: copies of all answers may be old. */
  private static final String[] ALL = {};

  private final long bytes;
  private final Executor background;
  private final LongSupplier nanos;
  private final Set<CompletableFuture<?>> underWay = ConcurrentHashMap.newKeySet();
  private final AtomicInteger failures = new AtomicInteger();
  private final PurgedStages purged = new PurgedStages();
  private volatile long pausedUntil;
  private volatile HazelcastInstance hazelcast;
  private volatile ResponseCache local;
  private volatile boolean others;
  private volatile boolean merging;
  private volatile Set<String> full = Set.of(); // accounts

  /**
   * @param bytes of this node's memory that all answers may have; one account's have at most half
   * @param background for what would hold up an event loop
   * @param nanos the node's monotonic clock
   */
  public ResponsesOverCluster(long bytes, Executor background, LongSupplier nanos) {
    this.bytes = bytes;
    this.background = background;
    this.nanos = nanos;
    this.pausedUntil = nanos.getAsLong();
  }

  /** The node's own cache, which is told what others do. Once, before the node joins. */
  public void tells(ResponseCache cache) {
    local = cache;
  }

  void configure(Config config) {
    config.getUserContext().put(ClusterNames.PURGES, this);
    config.addExecutorConfig(new ExecutorConfig(ClusterNames.PURGES, 2).setQueueCapacity(256));
    config.addMapConfig(
        new MapConfig(ClusterNames.RESPONSES + "*")
            .setBackupCount(0)
            .setInMemoryFormat(InMemoryFormat.BINARY)
            .setStatisticsEnabled(false)
            .setMergePolicyConfig(new MergePolicyConfig(NewerAnswer.class.getName(), 100))
            .setEvictionConfig(
                new EvictionConfig()
                    .setEvictionPolicy(EvictionPolicy.LFU)
                    .setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE)
                    .setSize((int) Math.clamp(bytes / 2 >> 20, 1, 1 << 20))));
    config.addMapConfig(
        new MapConfig(ClusterNames.LEAKS)
            .setBackupCount(1)
            .setTimeToLiveSeconds((int) TimeUnit.HOURS.toSeconds(LEAKS_KEPT_HOURS))
            .setEvictionConfig(
                new EvictionConfig()
                    .setEvictionPolicy(EvictionPolicy.LRU)
                    .setMaxSizePolicy(MaxSizePolicy.PER_NODE)
                    .setSize(MOST_LEAKS)));
  }

  void joined(HazelcastInstance instance) {
    IMap<String, String> leaks = instance.getMap(ClusterNames.LEAKS);
    leaks.addEntryListener((EntryAddedListener<String, String>) e -> told(e.getValue()), true);
    leaks.addEntryListener((EntryMergedListener<String, String>) e -> told(e.getValue()), true);
    leaks.values().forEach(this::told);
    ITopic<String[]> replaced = instance.getTopic(ClusterNames.PURGES);
    replaced.addMessageListener(
        message -> {
          if (!message.getPublishingMember().localMember()) {
            toldElsewhere(message.getMessageObject());
          }
        });
    instance.getCluster().addMembershipListener(new ReturningMembers(this));
    hazelcast = instance;
    countMembers();
  }

  void countMembers() {
    HazelcastInstance joined = hazelcast;
    others = joined != null && joined.getCluster().getMembers().size() > 1;
  }

  /**
   * This node joins the larger side of a split: what that keeps is of no use here until it knows
   * what this side has purged.
   */
  void merging() {
    merging = true;
  }

  /**
   * This node was on the smaller side of a split, which has healed: each side learns what the other
   * has found out, and lets go of what the other may have replaced or has purged. Waits for that.
   */
  void merged() {
    countMembers();
    missed();
    ITopic<String[]> topic = hazelcast.getTopic(ClusterNames.PURGES);
    await(() -> topic.publishAsync(ALL), () -> {});
    purged.repeat(hazelcast);
    merging = false;
    try {
      hazelcast.<String, String>getMap(ClusterNames.LEAKS).values().forEach(this::told);
    } catch (RuntimeException e) {
      LOG.warn("what other nodes have found out about answers is not known yet: {}", e.toString());
    }
  }

  /** Nodes may have replaced answers without this one's having heard of it. */
  void missed() {
    local.forgetCopies();
  }

  /**
   * Every few seconds: while all answers together have more of this node's memory than they may,
   * accounts with more than an equal part get no more.
   */
  public void tidy() {
    HazelcastInstance joined = hazelcast;
    if (joined == null) {
      return;
    }
    Map<String, Long> costs = new HashMap<>();
    for (DistributedObject object : joined.getDistributedObjects()) {
      if (object instanceof IMap<?, ?> map && map.getName().startsWith(ClusterNames.RESPONSES)) {
        String account = map.getName().substring(ClusterNames.RESPONSES.length());
        costs.put(account, map.getLocalMapStats().getHeapCost());
      }
    }
    long all = costs.values().stream().mapToLong(Long::longValue).sum();
    full =
        all <= bytes
            ? Set.of()
            : costs.entrySet().stream()
                .filter(cost -> cost.getValue() >= bytes / costs.size())
                .map(Map.Entry::getKey)
                .collect(Collectors.toUnmodifiableSet());
  }

  private void told(String report) {
    try {
      local.stopped(LeakReport.fromJson(report));
    } catch (RuntimeException e) {
      LOG.error("a leak report of another node cannot be read: {}", e.getMessage());
    }
  }

  private void toldElsewhere(String[] parts) {
    if (parts.length == ALL.length) {
      missed();
    } else if (parts.length == 5) {
      local.replaced(new Address(parts[0], parts[1], parts[2], parts[3], parts[4]));
    }
  }

  @Override
  public boolean isShared() {
    return others && !merging && nanos.getAsLong() - pausedUntil >= 0;
  }

  private IMap<String, byte[]> map(String account) {
    return hazelcast.getMap(ClusterNames.RESPONSES + account);
  }

  /** Begins with the stage, which purges go by, and says nothing of what callers have sent. */
  static String key(Address address) {
    return stage(address.apiId(), address.stageName())
        + SnapshotCodec.sha256((address.space() + address.rest()).getBytes(StandardCharsets.UTF_8));
  }

  static String stage(String apiId, String stageName) {
    return apiId + "/" + stageName + "/";
  }

  @Override
  public void get(Address address, Consumer<byte[]> found) {
    try {
      map(address.account())
          .getAsync(key(address))
          .thenApply(frame -> frame) // the map's own is not to be ended by others
          .toCompletableFuture()
          .orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
          .whenCompleteAsync(
              (frame, failure) -> {
                count(failure);
                found.accept(failure == null ? frame : null);
              });
    } catch (RuntimeException e) {
      count(e);
      found.accept(null);
    }
  }

  private void count(Throwable failure) {
    if (failure == null) {
      failures.set(0);
    } else if (failures.incrementAndGet() >= MOST_FAILURES) {
      failures.set(0);
      pausedUntil = nanos.getAsLong() + PAUSE_NANOS;
      LOG.warn(
          "the cluster's cache does not answer and is left alone for a while: {}",
          failure.toString());
    }
  }

  @Override
  public void put(Address address, Shared answer) {
    boolean room = underWay.size() < MOST_UNDER_WAY && !full.contains(address.account());
    if (others && room) {
      await(
          () ->
              CompletableFuture.supplyAsync(answer.frame(), background)
                  .thenCompose(frame -> put(address, answer, frame)),
          () -> {
            if (answer.replaces()) {
              tellOthers(address);
            }
          });
    } else if (answer.replaces()) {
      removed(address);
    }
  }

  private CompletionStage<Boolean> put(Address address, Shared answer, byte[] frame) {
    return map(address.account())
        .submitToKey(key(address), new PutNewer(frame, answer.createdMillis(), answer.ttlMillis()));
  }

  @Override
  public void removed(Address address) {
    if (hazelcast != null) {
      await(() -> map(address.account()).removeAsync(key(address)), () -> tellOthers(address));
    }
  }

  /** When the map has what they are to find. */
  private void tellOthers(Address address) {
    ITopic<String[]> topic = hazelcast.getTopic(ClusterNames.PURGES);
    String[] message = {
      address.account(), address.apiId(), address.stageName(), address.space(), address.rest()
    };
    await(() -> topic.publishAsync(message), () -> {});
  }

  @Override
  public void stop(LeakReport report) {
    if (hazelcast != null) {
      IMap<String, String> leaks = hazelcast.getMap(ClusterNames.LEAKS);
      String key =
          report.account()
              + "/"
              + SnapshotCodec.sha256(report.space().getBytes(StandardCharsets.UTF_8));
      await(() -> leaks.setAsync(key, report.toJson()), () -> {});
    }
  }

  /** Begins something in the cluster. */
  private interface Beginning {
    CompletionStage<?> begin();
  }

  /**
   * @param then run when it is done, or has failed
   */
  private void await(Beginning beginning, Runnable then) {
    try {
      CompletionStage<?> begun = beginning.begin();
      CompletableFuture<Void> over = new CompletableFuture<>();
      underWay.add(over);
      begun.whenComplete(
          (done, failure) -> {
            count(failure);
            then.run();
            underWay.remove(over);
            over.complete(null);
          });
    } catch (RuntimeException e) {
      count(e);
    }
  }

  /**
   * A purge as it is done on this node: what is kept here, and what is on its way into the cluster.
   *
   * @return how many answers are gone
   */
  int purgeHere(String account, String apiId, String stageName, String path) {
    purged.purged(account, apiId, stageName);
    int gone = local.purge(account, apiId, stageName, path);
    try {
      CompletableFuture.allOf(underWay.toArray(CompletableFuture[]::new))
          .get(SETTLE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      LOG.warn("a purge did not wait for all that is on its way: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return gone;
  }
}
