package io.gatehouse.runtime.limit;

import io.gatehouse.runtime.limit.LimitOwners.Reply;
import io.gatehouse.runtime.limit.SimulatedMember.Copy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * A cluster without threads and without a clock: members, messages between them, an owner and one
 * backup for each counter, and whatever may go wrong with them. The same seed, the same story.
 */
final class SimulatedCluster {

  static final long EPOCH =
      Instant.parse("2026-11-30T06:00:00Z").toEpochMilli() * SimulatedTime.MILLI;

  /** How messages fare. */
  record Net(long fastest, long slowest, double lost, double twice) {
    static final Net GOOD = new Net(100_000, 3 * SimulatedTime.MILLI, 0, 0);
    static final Net BAD = new Net(100_000, 60 * SimulatedTime.MILLI, 0.03, 0.05);
  }

  /**
   * A counter after an ask.
   *
   * @param backedUp whether who asked is answered only when the backup has it
   */
  record Done<A>(byte[] state, A answer, boolean backedUp) {}

  /** What an owner does with an ask, where it has the counter as it was or nothing. */
  interface Apply<Q, A> {
    Function<Q, Done<A>> on(SimulatedMember owner, String key, byte[] copy);
  }

  private static final long BACKUP_PATIENCE = SimulatedTime.SECOND / 2;

  private final Random random;
  private final SimulatedTime time;
  private final List<SimulatedMember> members = new ArrayList<>();
  private Net net = Net.GOOD;
  private long versions;
  private final Set<String> stored = new TreeSet<>();
  private int counterLosses;
  private int groups;
  private long lastKillAt;

  SimulatedCluster(int size, SimulatedTime time, Random random) {
    this.random = random;
    this.time = time;
    for (int i = 0; i < size; i++) {
      members.add(new SimulatedMember(i, this, time, random));
    }
    SimulatedView view = new SimulatedView(members, size, 0, time, key -> true);
    members.forEach(
        member -> {
          member.view(view);
          member.start();
        });
  }

  List<SimulatedMember> members() {
    return members;
  }

  List<SimulatedMember> alive() {
    return members.stream().filter(SimulatedMember::isAlive).toList();
  }

  void net(Net now) {
    net = now;
  }

  /** How often a counter was lost, with its owner and its backup. */
  int counterLosses() {
    return counterLosses;
  }

  private long delay() {
    return net.fastest() + (long) (random.nextDouble() * (net.slowest() - net.fastest()));
  }

  <Q, A> void send(
      SimulatedMember from,
      SimulatedMember to,
      Map<String, Q> asks,
      Reply<A> reply,
      Apply<Q, A> apply) {
    AtomicBoolean replied = new AtomicBoolean();
    int times = random.nextDouble() < net.twice() ? 2 : 1;
    for (int i = 0; i < times; i++) {
      if (random.nextDouble() >= net.lost()) {
        to.inProcess(delay(), () -> serve(from, to, asks, reply, apply, replied));
      }
    }
  }

  private <Q, A> void serve(
      SimulatedMember from,
      SimulatedMember to,
      Map<String, Q> asks,
      Reply<A> reply,
      Apply<Q, A> apply,
      AtomicBoolean replied) {
    if (!to.hears(from)) {
      return;
    }
    Map<String, A> answers = new LinkedHashMap<>();
    long ready = 0;
    for (Map.Entry<String, Q> ask : asks.entrySet()) {
      String key = ask.getKey();
      if (to.view() != null && to.view().owner(key) == to) {
        Copy copy = to.copies.get(key);
        Done<A> done = apply.on(to, key, copy == null ? null : copy.state()).apply(ask.getValue());
        to.copies.put(key, new Copy(done.state(), ++versions));
        stored.add(key);
        long backedUp = backUp(to, key, to.copies.get(key));
        if (!done.backedUp()) {
          answers.put(key, done.answer());
        } else if (backedUp < BACKUP_PATIENCE) {
          ready = Math.max(ready, backedUp);
          answers.put(key, done.answer());
        } else {
          ready = BACKUP_PATIENCE; // and what has no answer has failed
        }
      }
    }
    // Where the owner dies before its backup has it, nobody is answered.
    to.inProcess(
        ready,
        () -> {
          if (to.hears(from) && random.nextDouble() >= net.lost()) {
            from.inProcess(
                delay(),
                () -> {
                  if (replied.compareAndSet(false, true)) {
                    reply.answered(answers);
                  }
                });
          }
        });
  }

  /** Returns after how long the owner may answer. */
  private long backUp(SimulatedMember owner, String key, Copy copy) {
    SimulatedMember backup = owner.view().backup(key);
    if (backup == null) {
      return 0;
    }
    if (!owner.hears(backup)) {
      return BACKUP_PATIENCE;
    }
    long delay = delay();
    SimulatedView view = owner.view();
    time.after(
        delay,
        () -> {
          Copy before = backup.copies.get(key);
          boolean newer = before == null || before.version() < copy.version();
          if (backup.isAlive() && backup.view() == view && newer) {
            backup.copies.put(key, copy);
          }
        });
    return delay + 1;
  }

  /** The members that hear each other form a cluster, of what they have. */
  void form(List<SimulatedMember> side, int known, long lostAt) {
    Map<SimulatedView, Set<SimulatedMember>> from = new LinkedHashMap<>();
    for (SimulatedMember member : side) {
      if (member.view() != null) {
        from.computeIfAbsent(member.view(), v -> new LinkedHashSet<>()).add(member);
      }
    }
    SimulatedView view = new SimulatedView(side, known, lostAt, time, key -> isKnown(key, from));
    Set<SimulatedView> before = from.keySet();
    Set<String> keys = new TreeSet<>();
    before.forEach(b -> keys.addAll(b.keys()));
    for (String key : keys) {
      move(key, before, side, view);
    }
    side.forEach(member -> member.view(view));
    side.forEach(member -> member.inProcess(delay(), () -> member.limits().membersChanged()));
  }

  /** Whether the counter's owner or its backup was among those. */
  private static boolean isKnown(String key, Map<SimulatedView, Set<SimulatedMember>> from) {
    return from.entrySet().stream()
        .anyMatch(
            view ->
                view.getKey().knows(key)
                    && (view.getValue().contains(view.getKey().owner(key))
                        || view.getValue().contains(view.getKey().backup(key))));
  }

  private void move(
      String key, Set<SimulatedView> before, List<SimulatedMember> side, SimulatedView view) {
    Copy merged = null;
    SimulatedMember holder = null;
    for (SimulatedView old : before) {
      SimulatedMember owner = old.owner(key);
      SimulatedMember backup = old.backup(key);
      SimulatedMember has = side.contains(owner) && owner.view() == old ? owner : null;
      if (has == null && backup != null && side.contains(backup) && backup.view() == old) {
        has = backup;
      }
      Copy copy = has == null ? null : has.copies.get(key);
      if (copy != null) {
        merged = merged == null ? copy : merge(key, merged, copy);
        holder = has;
      }
    }
    for (SimulatedMember member : side) {
      member.copies.remove(key);
    }
    if (merged == null) {
      counterLosses += stored.contains(key) ? 1 : 0;
      return;
    }
    SimulatedMember owner = random.nextInt(3) == 0 ? side.get(random.nextInt(side.size())) : holder;
    view.owner(key, owner);
    owner.copies.put(key, merged);
    if (view.backup(key) != null) {
      view.backup(key).copies.put(key, merged);
    }
  }

  private Copy merge(String key, Copy a, Copy b) {
    byte[] state =
        key.startsWith("throttle")
            ? BucketState.decode(a.state()).merge(BucketState.decode(b.state())).encode()
            : QuotaState.decode(a.state()).merge(QuotaState.decode(b.state())).encode();
    return new Copy(state, ++versions);
  }

  /** Kills a process; the others notice after a while. */
  void kill(SimulatedMember victim, long noticedAfter) {
    SimulatedView view = victim.view();
    long now = time.now();
    victim.kill();
    lastKillAt = now;
    for (String key : stored) {
      if (view.members().stream().noneMatch(member -> member.copies.containsKey(key))) {
        counterLosses++;
      }
    }
    time.after(noticedAfter, () -> noticeLoss(view, now));
  }

  private void noticeLoss(SimulatedView view, long lostAt) {
    Map<Integer, List<SimulatedMember>> sides = new LinkedHashMap<>();
    for (SimulatedMember member : view.members()) {
      if (member.isAlive() && member.view() == view) {
        sides.computeIfAbsent(member.group(), g -> new ArrayList<>()).add(member);
      }
    }
    boolean first = view.members().size() >= view.known();
    for (List<SimulatedMember> side : sides.values()) {
      if (side.size() < view.members().size()) {
        form(side, view.known(), first ? lostAt : view.lostAt());
      }
    }
  }

  /** A killed member comes back, and joins after a while. */
  void restart(SimulatedMember member, long joinsAfter) {
    member.view(null);
    member.start();
    time.after(joinsAfter, this::joinAll);
  }

  /** All that live find each other. */
  void joinAll() {
    List<SimulatedMember> all = alive();
    all.forEach(member -> member.group(0));
    List<SimulatedView> views =
        all.stream().map(SimulatedMember::view).filter(Objects::nonNull).distinct().toList();
    long lostAt = views.stream().mapToLong(SimulatedView::lostAt).min().orElse(lastKillAt);
    form(all, members.size(), lostAt);
  }

  /** Cuts the network in two; each side notices after a while. */
  void split(List<SimulatedMember> away, long noticedAfter) {
    SimulatedView view = members.get(0).view();
    int group = ++groups;
    away.forEach(member -> member.group(group));
    long now = time.now();
    time.after(noticedAfter, () -> noticeLoss(view, now));
  }

  /** What the owner of a counter has of it; null for nothing. */
  byte[] state(String key) {
    return alive().stream()
        .filter(member -> member.view() != null)
        .findFirst()
        .map(member -> member.view().owner(key).copies.get(key))
        .map(Copy::state)
        .orElse(null);
  }
}
