package io.gatehouse.runtime.limit;

import java.util.List;
import java.util.Random;

/** One story of a bucket in a simulated cluster, by its seed. */
final class ThrottleSimulation {

  /** What goes wrong in a story, other than messages. */
  enum Fault {
    NONE,
    KILL,
    PAUSE,
    SPLIT,
    CLOCK
  }

  private static final long SECOND = SimulatedTime.SECOND;

  final Fault fault;
  final boolean bad;
  final SimulatedCluster cluster;
  final Throttle limit;
  final double rate;
  private final double times;
  final long burst;
  private final Random random;
  private final SimulatedTime time;
  private long admitted;
  private long bursts;
  private double level;
  private double highest;
  private long levelAt;
  private boolean twoSides;
  private long refused;
  private long withoutTime;

  /**
   * @param times the limit's rate is asked for
   */
  ThrottleSimulation(long seed, double times) {
    this.times = times;
    random = SimulatedTime.random(seed);
    time = new SimulatedTime();
    fault = Fault.values()[random.nextInt(Fault.values().length)];
    bad = fault != Fault.NONE && random.nextBoolean();
    int size = 1 + random.nextInt(5);
    rate = random.nextBoolean() ? 1 + random.nextInt(10) : 20 + random.nextInt(80);
    burst = 1 + random.nextInt((int) rate * 2 + 10);
    limit = Throttle.of("throttle/123456789012", rate, burst);
    cluster = new SimulatedCluster(size, time, random);
    if (bad) {
      cluster.net(SimulatedCluster.Net.BAD);
    }
  }

  /** Ten times the limit, from all nodes together. */
  void run() {
    int size = cluster.members().size();
    for (SimulatedMember member : cluster.members()) {
      demand(member, rate * times / size * (0.5 + random.nextDouble()));
    }
    time.runUntil((long) (seconds() / 2.0 * SECOND));
    happen();
    time.runUntil(seconds() * SECOND);
  }

  long seconds() {
    return rate < 20 ? 20 : 6;
  }

  private void demand(SimulatedMember member, double perSecond) {
    long gap = (long) (-Math.log(1 - random.nextDouble()) / perSecond * SECOND);
    time.after(
        Math.max(1, gap),
        () -> {
          if (member.isAlive()) {
            member.inProcess(0, () -> request(member));
          }
          demand(member, perSecond);
        });
  }

  private void request(SimulatedMember member) {
    Verdict verdict = member.limits().take(List.of(limit), null, this::decided);
    if (verdict != Verdict.WAITING) {
      decided(verdict);
    }
  }

  private void decided(Verdict verdict) {
    if (verdict == Verdict.ADMITTED) {
      admitted++;
      // What would have to be in a bucket that fills at this rate, for no window to see more.
      double drained = (time.now() - levelAt) / (double) limit.interval();
      level = Math.max(0, level - drained) + 1;
      levelAt = time.now();
      highest = Math.max(highest, level);
    } else if (verdict instanceof Verdict.Throttled throttled) {
      refused++;
      withoutTime += throttled.retryAfterNanos() <= 0 ? 1 : 0;
    }
  }

  private void happen() {
    List<SimulatedMember> members = cluster.members();
    SimulatedMember one = members.get(random.nextInt(members.size()));
    long notice = SECOND / 10 + (long) (random.nextDouble() * SECOND);
    switch (fault) {
      case NONE -> {}
      case KILL -> cluster.kill(one, notice);
      case PAUSE -> one.pause((long) (random.nextDouble() * 3 * SECOND));
      case SPLIT -> {
        List<SimulatedMember> away =
            members.stream().filter(member -> random.nextBoolean()).toList();
        cluster.split(away, notice);
        time.after(2 * SECOND, cluster::joinAll);
        twoSides = true;
      }
      case CLOCK -> {
        one.stepClock((long) (random.nextGaussian() * 3 * SECOND));
        bursts++;
      }
    }
  }

  long admitted() {
    return admitted;
  }

  /** The most that a bucket would have had to hold for what was admitted. */
  double highest() {
    return highest;
  }

  long refused() {
    return refused;
  }

  long refusedWithoutTime() {
    return withoutTime;
  }

  /** What is published as the most that it has to hold. */
  double bound() {
    int nodes = cluster.members().size();
    long ownShares = cluster.members().stream().mapToLong(SimulatedMember::ownShare).sum();
    long wholeBursts = 1 + bursts + cluster.counterLosses();
    double split = twoSides ? rate * 2 + burst : 0;
    SimulatedCluster.Net net = bad ? SimulatedCluster.Net.BAD : SimulatedCluster.Net.GOOD;
    double onTheWay = rate * net.slowest() / SECOND;
    return onTheWay + burst * wholeBursts + limit.heldAtMost(nodes) + ownShares + split;
  }
}
