package io.gatehouse.runtime.limit;

import io.gatehouse.model.snapshot.WhenUnreachable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One story of a quota in a simulated cluster, by its seed. */
final class QuotaSimulation {

  /** What goes wrong in a story, other than messages. */
  enum Fault {
    NONE,
    KILL,
    KILL_WITHOUT_DISK,
    PAUSE,
    SPLIT,
    CLOCK,
    LOSE_COUNTER,
    RESTART_ALL
  }

  private static final long SECOND = SimulatedTime.SECOND;

  final Fault fault;
  final SimulatedCluster cluster;
  final QuotaLimit limit;
  final long most;
  private final Random random;
  private final SimulatedTime time;
  private final String key;
  private long admitted;
  private long undecided;
  private String lostName = "";
  private long debtOfLost;
  private long late;
  private long notHeardOf;
  private long heldInTheEnd;
  private long refusedWithoutNeed;
  private boolean wellAgain;
  private final Map<String, Long> admittedBy = new HashMap<>();
  private boolean demands = true;

  QuotaSimulation(long seed, WhenUnreachable whenUnreachable) {
    random = SimulatedTime.random(seed);
    time = new SimulatedTime();
    fault = Fault.values()[random.nextInt(Fault.values().length)];
    int size = 1 + random.nextInt(5);
    most = 1 + random.nextInt(random.nextBoolean() ? 60 : 1500);
    limit =
        new QuotaLimit(
            "123456789012", "plan", "key", Period.MONTH, most, 0, 0, List.of(), whenUnreachable);
    key = limit.in(Period.MONTH.startDay(SimulatedCluster.EPOCH / SimulatedTime.MILLI)).text();
    cluster = new SimulatedCluster(size, time, random);
    if (random.nextInt(3) > 0) {
      cluster.net(SimulatedCluster.Net.BAD);
    }
  }

  /** Demand for the whole time, faults in the middle, and in the end all is well again. */
  void run() {
    for (SimulatedMember member : cluster.members()) {
      double seconds = fault == Fault.SPLIT ? 100 : 20;
      double perSecond = most / seconds * random.nextDouble() * 3 + 0.2;
      demand(member, perSecond);
    }
    // The sides of a split share what was left some time before.
    long begin = fault == Fault.SPLIT ? random.nextInt(60) : 5;
    time.runUntil(begin * SECOND + random.nextInt(30) * SECOND / 3);
    happen();
    time.runUntil(time.now() + (fault == Fault.SPLIT ? 45 : 15) * SECOND);
    cluster.net(SimulatedCluster.Net.GOOD);
    for (SimulatedMember member : cluster.members()) {
      if (!member.isAlive()) {
        cluster.restart(member, SECOND);
      }
    }
    time.after(2 * SECOND, cluster::joinAll);
    time.runUntil(time.now() + 10 * SECOND);
    wellAgain = true;
    time.runUntil(time.now() + 20 * SECOND);
  }

  /** Nobody asks for anything any more, and what is on its way arrives. */
  void settle() {
    demands = false;
    heldInTheEnd = cluster.alive().stream().mapToLong(m -> m.limits().leaseDebt()).sum();
    time.runUntil(time.now() + 15 * SECOND);
  }

  private void demand(SimulatedMember member, double perSecond) {
    long gap = (long) (-Math.log(1 - random.nextDouble()) / perSecond * SECOND);
    time.after(
        Math.max(1, gap),
        () -> {
          if (demands) {
            if (member.isAlive()) {
              member.inProcess(0, () -> request(member));
            }
            demand(member, perSecond);
          }
        });
  }

  private void request(SimulatedMember member) {
    undecided++;
    late += wellAgain ? 1 : 0;
    String name = member.name();
    Verdict verdict = member.limits().take(List.of(), limit, later -> decided(member, name, later));
    if (verdict != Verdict.WAITING) {
      decided(member, name, verdict);
    }
  }

  private void decided(SimulatedMember member, String name, Verdict verdict) {
    undecided--;
    boolean known = time.now() - member.heardOfAllAt() <= 6 * SECOND;
    refusedWithoutNeed += verdict instanceof Verdict.QuotaExceeded && !known ? 1 : 0;
    if (verdict == Verdict.ADMITTED) {
      admitted++;
      admittedBy.merge(name, 1L, Long::sum);
    }
  }

  private void happen() {
    List<SimulatedMember> members = cluster.members();
    SimulatedMember one = members.get(random.nextInt(members.size()));
    long longest = (fault == Fault.SPLIT ? 1 : 5) * SECOND;
    long notice = SECOND / 10 + (long) (random.nextDouble() * longest);
    rememberWhatIsNotHeardOf();
    switch (fault) {
      case NONE -> {}
      case KILL -> {
        cluster.kill(one, notice);
        restartLater(one, notice);
      }
      case KILL_WITHOUT_DISK -> {
        lostName = one.name();
        debtOfLost = one.limits().leaseDebt();
        cluster.kill(one, notice);
        one.loseDisk();
        restartLater(one, notice);
      }
      case PAUSE -> one.pause((long) (random.nextDouble() * 8 * SECOND));
      case SPLIT -> {
        List<SimulatedMember> away = new ArrayList<>(members);
        away.removeIf(member -> random.nextBoolean());
        cluster.split(away, notice);
      }
      case CLOCK -> one.stepClock((long) (random.nextGaussian() * 20 * SECOND));
      case LOSE_COUNTER -> {
        SimulatedMember owner = one.view().owner(key);
        SimulatedMember backup = one.view().backup(key);
        owner.copies.remove(key);
        if (backup != null) {
          backup.copies.remove(key);
        }
        cluster.alive().forEach(m -> m.inProcess(0, () -> m.limits().membersChanged()));
      }
      case RESTART_ALL -> {
        for (SimulatedMember member : members) {
          cluster.kill(member, notice);
        }
        for (SimulatedMember member : members) {
          time.after(
              SECOND / 2 + (long) (random.nextDouble() * 6 * SECOND),
              () -> cluster.restart(member, SECOND / 2));
        }
      }
    }
  }

  private void rememberWhatIsNotHeardOf() {
    List<SimulatedMember> members = cluster.members();
    long oldest = members.stream().mapToLong(SimulatedMember::heardOf).min().orElse(0);
    notHeardOf = Math.max(0, state().committed() - oldest);
  }

  private void restartLater(SimulatedMember member, long notice) {
    if (random.nextBoolean()) {
      time.after(notice + SECOND, () -> cluster.restart(member, SECOND / 2));
    }
  }

  long admitted() {
    return admitted;
  }

  long undecided() {
    return undecided;
  }

  QuotaState state() {
    byte[] state = cluster.state(key);
    return state == null ? QuotaState.UNKNOWN : QuotaState.decode(state);
  }

  /** Requests that came after all was well again. */
  long late() {
    return late;
  }

  /** What a node that lost its disk was granted and has not used: nobody gets it any more. */
  long stranded() {
    NodeCount lost = state().nodes().getOrDefault(lostName, NodeCount.NOTHING);
    return lostName.isEmpty() ? 0 : lost.committed() - admittedBy.getOrDefault(lostName, 0L);
  }

  /** What that may be: leases that it had when it died, and one that was on its way. */
  long strandedAtMost() {
    return debtOfLost + 2 * Math.max(1, most / 2 / cluster.members().size()) + 2;
  }

  /** Whether owner and backup of the counter were lost, at least on one side of a split. */
  boolean lostCounter() {
    return fault == Fault.LOSE_COUNTER || cluster.counterLosses() > 0;
  }

  /**
   * What may be granted beyond the limit: where neither owner nor backup is left and all are here,
   * what nodes had not heard of yet.
   */
  long beyond() {
    return fault != Fault.SPLIT && lostCounter() ? notHeardOf : 0;
  }

  /** Requests refused by a node that had not heard for a while that all was granted. */
  long refusedWithoutNeed() {
    return refusedWithoutNeed;
  }

  /** What nodes held when the last request had come. */
  long heldInTheEnd() {
    return heldInTheEnd;
  }

  long overdraft() {
    return cluster.members().stream().mapToLong(SimulatedMember::overdraft).sum();
  }
}
