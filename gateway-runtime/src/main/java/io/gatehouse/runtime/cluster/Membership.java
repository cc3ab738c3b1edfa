package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.limit.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Which nodes are in the cluster and can be heard, and which were until lately and did not say that
 * they leave: those may live on at the other side of a split. A node that comes back is known by
 * its name.
 */
final class Membership implements InitialMembershipListener {

  /** For how long a vanished node is reckoned with. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  /**
   * A member that has not been heard for so long may be gone, long before the cluster gives it up:
   * until then, too, more than a share must not be granted.
   */
  static final Duration SILENT = Duration.ofSeconds(2);

  private final LongSupplier nanos;
  private final Duration unheard;
  private final Map<String, Long> heardAt = new HashMap<>();
  private final Map<String, Long> vanished = new HashMap<>();
  private final Map<UUID, String> goneNames = new HashMap<>();
  private final List<Runnable> onChange = new CopyOnWriteArrayList<>();
  private final List<Consumer<UUID>> onVanished = new CopyOnWriteArrayList<>();
  private Map<UUID, String> here = Map.of();

  /**
   * @param unheard for how long a member may have been silent that counts as vanished, where nobody
   *     has heard when it spoke last
   */
  Membership(LongSupplier nanos, Duration unheard) {
    this.nanos = nanos;
    this.unheard = unheard;
  }

  /** Runs the work, briefly, whenever nodes come or go. */
  void onChange(Runnable work) {
    onChange.add(work);
  }

  /** Tells of each member that is gone, so that whoever knows better can say {@link #left}. */
  void onVanished(Consumer<UUID> work) {
    onVanished.add(work);
  }

  /** This part of the cluster beside what is known of the whole. */
  synchronized Side side() {
    long now = nanos.getAsLong();
    long longest = 0;
    int silent = 0;
    for (String name : here.values()) {
      long since = now - heardAt.getOrDefault(name, now);
      if (since > SILENT.toNanos()) {
        silent++;
        longest = Math.max(longest, since);
      }
    }
    vanished.values().removeIf(since -> now - since > REMEMBERED.toNanos());
    for (long since : vanished.values()) {
      longest = Math.max(longest, now - since);
    }
    int known = Math.max(1, here.size() + vanished.size());
    return new Side(
        Math.max(1, here.size() - silent), known, Duration.ofNanos(longest).toMillis(), true);
  }

  /** The member has spoken. One that never does, as a node of before, is not missed. */
  synchronized void heard(UUID member) {
    String name = here.get(member);
    if (name != null) {
      heardAt.put(name, nanos.getAsLong());
    }
  }

  /** The member was stopped in order: it grants nothing any more. */
  synchronized void left(UUID member) {
    String name = goneNames.remove(member);
    if (name != null) {
      vanished.remove(name);
    }
  }

  @Override
  public void init(InitialMembershipEvent event) {
    now(event.getMembers());
  }

  @Override
  public void memberAdded(MembershipEvent event) {
    now(event.getMembers());
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    gone(event.getMember(), event.getMembers());
  }

  void gone(Member member, Set<Member> members) {
    synchronized (this) {
      String name = name(member);
      goneNames.put(member.getUuid(), name);
      Long heard = heardAt.get(name);
      vanished.put(name, heard == null ? nanos.getAsLong() - unheard.toNanos() : heard);
    }
    now(members);
    onVanished.forEach(work -> work.accept(member.getUuid()));
  }

  void now(Set<Member> members) {
    synchronized (this) {
      Map<UUID, String> names = new HashMap<>();
      members.forEach(member -> names.put(member.getUuid(), name(member)));
      here = Map.copyOf(names);
      vanished.keySet().removeAll(here.values());
      goneNames.values().retainAll(vanished.keySet());
      heardAt.keySet().retainAll(here.values());
    }
    onChange.forEach(Runnable::run);
  }

  private static String name(Member member) {
    String name = member.getAttribute(ClusterNames.NODE_NAME);
    return name == null ? member.getUuid().toString() : name;
  }
}
