package io.gatehouse.runtime.limit;

import io.gatehouse.runtime.limit.QuotaLimit.WhenUnreachable;
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
    LOSE_COUNTER
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
  private boolean wellAgain;
  private final Map<String, Long> admittedBy = new HashMap<>();
  private boolean demands = true;

  QuotaSimulation(long seed, WhenUnreachable whenUnreachable) {
    random = new Random(seed);
    time = new SimulatedTime(random);
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
      double perSecond = most / 40.0 * random.nextDouble() * 3 + 0.2;
      demand(member, perSecond);
    }
    time.runUntil(10 * SECOND + random.nextInt(10) * SECOND / 3);
    happen();
    time.runUntil(time.now() + 25 * SECOND);
    cluster.net(SimulatedCluster.Net.GOOD);
    for (SimulatedMember member : cluster.members()) {
      if (!member.isAlive()) {
        cluster.restart(member, SECOND);
      }
    }
    time.after(2 * SECOND, cluster::joinAll);
    time.runUntil(time.now() + 30 * SECOND);
    wellAgain = true;
    time.runUntil(time.now() + 30 * SECOND);
  }

  /** Nobody asks for anything any more, and what is on its way arrives. */
  void settle() {
    demands = false;
    time.runUntil(time.now() + 40 * SECOND);
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
    Verdict verdict = member.limits().take(List.of(), limit, later -> decided(name, later));
    if (verdict != Verdict.WAITING) {
      decided(name, verdict);
    }
  }

  private void decided(String name, Verdict verdict) {
    undecided--;
    if (verdict == Verdict.ADMITTED) {
      admitted++;
      admittedBy.merge(name, 1L, Long::sum);
    }
  }

  private void happen() {
    List<SimulatedMember> members = cluster.members();
    SimulatedMember one = members.get(random.nextInt(members.size()));
    long notice = SECOND / 10 + (long) (random.nextDouble() * 5 * SECOND);
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
    }
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

  /** The name of the node that lost its disk; empty for none. */
  String lostName() {
    return lostName;
  }

  /** What that node had of leases when it died. */
  long debtOfLost() {
    return debtOfLost;
  }

  long admittedByLost() {
    return admittedBy.getOrDefault(lostName, 0L);
  }

  long overdraft() {
    return cluster.members().stream().mapToLong(SimulatedMember::overdraft).sum();
  }
}
