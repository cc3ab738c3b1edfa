package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.InitialMembershipEvent;
import com.hazelcast.cluster.InitialMembershipListener;
import com.hazelcast.cluster.Member;
import com.hazelcast.cluster.MembershipEvent;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.limit.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Which nodes are in the cluster, and which were until lately and did not say that they leave: they
 * may live on at the other side of a split. A node that comes back is known by its name.
 */
final class Membership implements InitialMembershipListener {

  /** For how long a vanished node is reckoned with. */
  static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final LongSupplier nanos;
  private final long unheardNanos;
  private final Map<String, Long> vanished = new HashMap<>();
  private final CopyOnWriteArrayList<Runnable> onChange = new CopyOnWriteArrayList<>();
  private final CopyOnWriteArrayList<Consumer<UUID>> onVanished = new CopyOnWriteArrayList<>();
  private final Map<UUID, String> names = new HashMap<>();
  private Set<String> here = Set.of();

  /**
   * @param unheard for how long a member may have been silent before it counts as vanished
   */
  Membership(LongSupplier nanos, Duration unheard) {
    this.nanos = nanos;
    this.unheardNanos = unheard.toNanos();
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
    int members = Math.max(1, here.size());
    if (vanished.isEmpty()) {
      return Side.whole(members);
    }
    long now = nanos.getAsLong();
    vanished.values().removeIf(since -> now - since > REMEMBERED.toNanos());
    if (vanished.isEmpty()) {
      return Side.whole(members);
    }
    long longest = vanished.values().stream().mapToLong(since -> now - since).max().orElse(0);
    return new Side(
        members,
        members + vanished.size(),
        Duration.ofNanos(Math.max(0, longest) + unheardNanos).toMillis());
  }

  /** The member was stopped in order: it grants nothing any more. */
  synchronized void left(UUID member) {
    String name = names.remove(member);
    if (name != null && !here.contains(name)) {
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
      names.put(member.getUuid(), name(member));
      vanished.put(name(member), nanos.getAsLong());
    }
    now(members);
    onVanished.forEach(work -> work.accept(member.getUuid()));
  }

  void now(Set<Member> members) {
    synchronized (this) {
      here = members.stream().map(Membership::name).collect(Collectors.toSet());
      vanished.keySet().removeAll(here);
      names.values().retainAll(vanished.keySet());
    }
    onChange.forEach(Runnable::run);
  }

  private static String name(Member member) {
    String name = member.getAttribute(ClusterNames.NODE_NAME);
    return name == null ? member.getUuid().toString() : name;
  }
}
