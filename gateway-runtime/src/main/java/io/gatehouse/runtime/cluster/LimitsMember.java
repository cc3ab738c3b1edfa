package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.ListenerConfig;
import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.limit.LimitOwners;
import io.gatehouse.runtime.limit.Side;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's part in the throttles and quotas of the cluster: it owns the counters that lie on its
 * partitions, and asks the owners of the others.
 */
public final class LimitsMember {

  private static final Logger LOG = LoggerFactory.getLogger(LimitsMember.class);
  private static final int GOODBYE_SECONDS = 2;

  private final Membership membership;
  private final KnownPartitions known = new KnownPartitions();
  private final CounterOwner owner;
  private final LimitOwners owners;
  private volatile HazelcastInstance member;

  /**
   * @param clock of the counters that lie here
   * @param unheard for how long a member may have been silent before it counts as vanished
   */
  LimitsMember(InstantSource clock, LongSupplier nanos, Duration unheard) {
    membership = new Membership(nanos, unheard);
    owner = new CounterOwner(clock, membership::side, known);
    owners =
        new LimitOwnersOverCluster(
            () -> Optional.ofNullable(member), () -> membership.side().known());
  }

  /** Whom this node asks; they answer failure until it has joined. */
  public LimitOwners owners() {
    return owners;
  }

  /** Runs the work, briefly, whenever nodes come or go. */
  public void onChange(Runnable work) {
    membership.onChange(work);
  }

  /** Nodes that vanished lately and may live on where this one cannot see. */
  public int missed() {
    Side side = membership.side();
    return side.known() - side.members();
  }

  /** Before it joins. */
  void prepare(Config config) {
    owner.put(config.getUserContext());
    config.addListenerConfig(new ListenerConfig(membership));
  }

  void joined(HazelcastInstance instance) {
    instance
        .<String>getTopic(ClusterNames.ALIVE)
        .addMessageListener(
            word -> {
              if (word.getPublishingMember() != null) {
                membership.heard(word.getPublishingMember().getUuid());
              }
            });
    member = instance;
    membership.onVanished(this::askWhetherLeft);
  }

  /** Lets the others know that this node is there; to be called about twice a second. */
  void sayAlive() {
    HazelcastInstance joined = member;
    if (joined != null) {
      joined.<String>getTopic(ClusterNames.ALIVE).publishAsync("");
    }
  }

  /** Sees which partitions it owns by now; to be called about twice a second. */
  void look() {
    HazelcastInstance joined = member;
    if (joined != null) {
      known.look(joined, membership.side().isWhole());
    }
  }

  /** Whether what was granted of the counter until now is known here. */
  boolean knows(String key) {
    return known.contain(member, key);
  }

  private void askWhetherLeft(UUID gone) {
    member
        .<String, String>getMap(ClusterNames.LEAVING)
        .getAsync(gone.toString())
        .thenAcceptAsync(
            word -> {
              if (word != null) {
                membership.left(gone);
              }
            },
            Runnable::run);
  }

  /** Else the others would reckon with it for a while. */
  void leave() {
    HazelcastInstance joined = member;
    try {
      joined
          .<String, String>getMap(ClusterNames.LEAVING)
          .setAsync(
              joined.getCluster().getLocalMember().getUuid().toString(),
              "",
              Membership.REMEMBERED.toSeconds(),
              TimeUnit.SECONDS)
          .toCompletableFuture()
          .get(GOODBYE_SECONDS, TimeUnit.SECONDS);
    } catch (HazelcastException | IllegalStateException | ExecutionException | TimeoutException e) {
      LOG.warn("the others were not told that this node leaves: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
