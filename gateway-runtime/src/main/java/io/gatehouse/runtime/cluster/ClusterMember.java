package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.EntryEvent;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.LifecycleEvent.LifecycleState;
import com.hazelcast.map.IMap;
import com.hazelcast.map.listener.EntryAddedListener;
import com.hazelcast.map.listener.EntryUpdatedListener;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.snapshot.SnapshotCodec.UnreadableSnapshot;
import io.gatehouse.runtime.exchange.Functions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node in the cluster. Events are hints and the map is the truth: besides listening the node
 * sweeps the map now and then, and gives the map what only it still knows. Everything runs on one
 * thread of its own; requests never wait for it.
 */
public final class ClusterMember implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ClusterMember.class);
  private static final long SWEEP_SECONDS = 30;
  private static final long TELL_SECONDS = 3;
  private static final long TOLD_SECONDS = 20;

  /**
   * @param host the interface this member binds to, and no other
   * @param discovery how the others are found
   * @param doorAddress {@code host:port} of the front door, for the console's list of nodes
   */
  public record Place(
      String clusterName,
      String host,
      int port,
      Discovery discovery,
      String node,
      String doorAddress) {}

  private final Place place;
  private final SnapshotFeed feed;
  private final Functions functions;
  private final Spools spools;
  private final LimitsMember limits;
  private final Optional<ResponsesOverCluster> responses;
  private final Network network;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("snapshots").daemon().factory());
  private volatile HazelcastInstance hazelcast;
  private volatile RememberedStories stories = new RememberedStories(id -> Optional.empty());
  private volatile boolean swept;
  private Set<String> told = Set.of(); // accounts
  private volatile String trouble = "joining the cluster";

  /** One with nothing between it and the others. */
  public ClusterMember(
      Place place,
      SnapshotFeed feed,
      Functions functions,
      Spools spools,
      Optional<ResponsesOverCluster> responses,
      InstantSource clock,
      LongSupplier nanos) {
    this(place, feed, functions, spools, responses, Network.USUAL, clock, nanos);
  }

  /**
   * @param functions what the control plane may invoke on this node
   * @param spools what the control plane fetches from it
   * @param responses kept answers that nodes share; empty for none
   * @param network what is between this node and the others
   */
  public ClusterMember(
      Place place,
      SnapshotFeed feed,
      Functions functions,
      Spools spools,
      Optional<ResponsesOverCluster> responses,
      Network network,
      InstantSource clock,
      LongSupplier nanos) {
    this.network = network;
    this.responses = responses;
    this.place = place;
    this.feed = feed;
    this.functions = functions;
    this.spools = spools;
    this.limits = new LimitsMember(clock, nanos, Duration.ofSeconds(MemberConfig.SILENT_SECONDS));
  }

  /**
   * Joins in the background; calls {@code afterSweep} after each sweep of the map, the first one
   * included.
   */
  public void start(Runnable afterSweep) {
    thread.execute(() -> join(afterSweep));
  }

  /**
   * Says what this node remembers of requests, to be called before it joins.
   *
   * @param byId of a request to JSON; empty where there is nothing
   */
  public void remember(Function<String, Optional<String>> byId) {
    stories = new RememberedStories(byId);
  }

  /** This node's part in the throttles and quotas of the cluster. */
  public LimitsMember limits() {
    return limits;
  }

  /** Whether this node has seen everything that the cluster holds, at least once. */
  public boolean swept() {
    return swept;
  }

  /** Why it has not, in words; empty when it has. */
  public String trouble() {
    return trouble;
  }

  public int size() {
    HazelcastInstance joined = hazelcast;
    return joined == null ? 0 : joined.getCluster().getMembers().size();
  }

  private void join(Runnable afterSweep) {
    try {
      Config config = MemberConfig.of(place);
      config.getUserContext().put(ClusterNames.FUNCTIONS, functions);
      config.getUserContext().put(ClusterNames.SPOOLS, spools);
      config.getUserContext().put(ClusterNames.STORIES, stories);
      limits.prepare(config);
      responses.ifPresent(shared -> shared.configure(config));
      network.configure(config);
      hazelcast = Hazelcast.newHazelcastInstance(config);
      limits.joined(hazelcast);
      responses.ifPresent(shared -> shared.joined(hazelcast));
      snapshots().addEntryListener(new Listener(), true);
      hazelcast
          .getLifecycleService()
          .addLifecycleListener(event -> healed(event.getState(), afterSweep));
      thread.scheduleWithFixedDelay(() -> sweep(afterSweep), 0, SWEEP_SECONDS, TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      trouble = "this node cannot join the cluster: " + e.getMessage();
      LOG.error("{}; it serves what it has and tries again in {} s", trouble, SWEEP_SECONDS, e);
      thread.schedule(() -> join(afterSweep), SWEEP_SECONDS, TimeUnit.SECONDS);
    }
  }

  /** What the larger side of a split was told meanwhile this node learns now. */
  private void healed(LifecycleState state, Runnable afterSweep) {
    if (state == LifecycleState.MERGING) {
      responses.ifPresent(ResponsesOverCluster::merging);
    } else if (state == LifecycleState.MERGED || state == LifecycleState.MERGE_FAILED) {
      thread.execute(
          () -> {
            responses.ifPresent(ResponsesOverCluster::merged);
            sweep(afterSweep);
          });
    }
  }

  /**
   * Tells the control plane every few seconds how backends fare.
   *
   * @param byAccount JSON arrays by account; accounts that are missing have nothing to tell
   */
  public void tellBackends(Supplier<Map<String, String>> byAccount) {
    thread.scheduleWithFixedDelay(
        () -> tell(byAccount), TELL_SECONDS, TELL_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Tells the control plane every few seconds how this node's log sinks fare.
   *
   * @param json an array
   */
  public void tellSinks(Supplier<String> json) {
    thread.scheduleWithFixedDelay(
        () -> tellOfSinks(json), TELL_SECONDS, TELL_SECONDS, TimeUnit.SECONDS);
  }

  private void tellOfSinks(Supplier<String> json) {
    if (hazelcast == null) {
      return;
    }
    try {
      hazelcast
          .<String, String>getMap(ClusterNames.SINKS)
          .setAsync(place.node(), json.get(), TOLD_SECONDS, TimeUnit.SECONDS);
    } catch (RuntimeException e) {
      LOG.warn("how log sinks fare could not be told: {}", e.getMessage());
    }
  }

  /** Each time anew, so that what is told ends soon after the node that told it. */
  private void tell(Supplier<Map<String, String>> source) {
    if (hazelcast == null) {
      return;
    }
    try {
      Map<String, String> byAccount = source.get();
      IMap<String, String> map = hazelcast.getMap(ClusterNames.BACKENDS);
      byAccount.forEach(
          (account, text) ->
              map.setAsync(place.node() + "/" + account, text, TOLD_SECONDS, TimeUnit.SECONDS));
      for (String account : told) {
        if (!byAccount.containsKey(account)) {
          map.removeAsync(place.node() + "/" + account);
        }
      }
      told = Set.copyOf(byAccount.keySet());
    } catch (RuntimeException e) {
      LOG.warn("how backends fare could not be told: {}", e.getMessage());
    }
  }

  private IMap<String, byte[]> snapshots() {
    return hazelcast.getMap(ClusterNames.SNAPSHOTS);
  }

  private void sweep(Runnable afterSweep) {
    try {
      IMap<String, byte[]> map = snapshots();
      Map<String, byte[]> there = FirstLines.of(map);
      Set<String> wanted = new HashSet<>(there.keySet());
      wanted.removeIf(key -> !feed.wants(key, there.get(key)));
      map.getAll(wanted).forEach(this::apply);
      feed.everything().forEach((key, bytes) -> giveIfNewer(map, key, bytes, there.get(key)));
      acknowledgeAgain();
      swept = true;
      trouble = "";
    } catch (RuntimeException e) {
      LOG.error("the cluster's snapshots could not be swept; the node serves what it has", e);
    }
    afterSweep.run();
  }

  /** A cluster that was lost has also lost what this node had said. */
  private void acknowledgeAgain() {
    IMap<String, String> acknowledgements = hazelcast.getMap(ClusterNames.ACKNOWLEDGEMENTS);
    Map<String, String> keys = new HashMap<>();
    feed.everything()
        .keySet()
        .forEach(key -> keys.put(Acknowledgement.mapKey(place.node(), key), key));
    acknowledgements.getAll(keys.keySet()).keySet().forEach(keys::remove);
    keys.values().forEach(key -> feed.current(key).ifPresent(this::tell));
  }

  /** A cluster that was lost or healed from a split learns again what this node has on disk. */
  private static void giveIfNewer(
      IMap<String, byte[]> map, String key, byte[] ours, byte[] firstLine) {
    try {
      if (!isOlder(firstLine, ours)) {
        return;
      }
      byte[] theirs = map.get(key);
      while (isOlder(theirs, ours)) {
        boolean done =
            theirs == null ? map.putIfAbsent(key, ours) == null : map.replace(key, theirs, ours);
        if (done) {
          return;
        }
        theirs = map.get(key);
      }
    } catch (UnreadableSnapshot e) {
      LOG.error("{} in the cluster is not readable: {}", key, e.getMessage());
    }
  }

  private static boolean isOlder(byte[] theirs, byte[] ours) throws UnreadableSnapshot {
    return theirs == null
        || SnapshotCodec.header(theirs).revision() < SnapshotCodec.header(ours).revision();
  }

  private void apply(String key, byte[] bytes) {
    feed.apply(key, bytes).ifPresent(this::tell);
  }

  private void tell(Acknowledgement word) {
    hazelcast
        .<String, String>getMap(ClusterNames.ACKNOWLEDGEMENTS)
        .setAsync(word.mapKey(), word.toJson());
  }

  private final class Listener
      implements EntryAddedListener<String, byte[]>, EntryUpdatedListener<String, byte[]> {
    @Override
    public void entryAdded(EntryEvent<String, byte[]> event) {
      thread.execute(() -> apply(event.getKey(), event.getValue()));
    }

    @Override
    public void entryUpdated(EntryEvent<String, byte[]> event) {
      thread.execute(() -> apply(event.getKey(), event.getValue()));
    }
  }

  /** Leaves the cluster in order, handing its partitions over. */
  @Override
  public void close() {
    thread.shutdown();
    HazelcastInstance joined = hazelcast;
    if (joined != null) {
      limits.leave();
      joined.shutdown();
    }
  }
}
