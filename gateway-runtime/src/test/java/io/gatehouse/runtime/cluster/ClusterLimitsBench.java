package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.cluster.Members.Load;
import io.gatehouse.runtime.cluster.Members.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A program, not a test: how exact throttles and quotas are on clusters of several sizes,
 * undisturbed and while a node is killed, paused or cut off. Each node is a process of its own.
 */
public final class ClusterLimitsBench {

  private static final int CALLERS = 64;
  private static final int TIMES_THE_LIMIT = 10;

  private enum Fault {
    NONE("none"),
    KILL("kill -9, started again"),
    PAUSE("pause"),
    SPLIT("split");

    private final String text;

    Fault(String text) {
      this.text = text;
    }
  }

  private final long millis;
  private final long rate;
  private final long burst;
  private final Path folder;
  private int clusters;

  private ClusterLimitsBench(long seconds, long rate, Path folder) {
    this.millis = TimeUnit.SECONDS.toMillis(seconds);
    this.rate = rate;
    this.burst = rate / 2;
    this.folder = folder;
  }

  /** Takes the seconds of each row, the rate of the limit, and the numbers of nodes. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("gatehouse-limits-bench");
    try {
      ClusterLimitsBench bench =
          new ClusterLimitsBench(
              Long.parseLong(arguments[0]), Long.parseLong(arguments[1]), folder);
      System.out.printf(
          "%d callers at %d times the rate of %d/s with a burst of %d, and at twice the quota; %s s a row%n%n",
          CALLERS, TIMES_THE_LIMIT, bench.rate, bench.burst, arguments[0]);
      System.out.printf(
          "%5s %-23s %9s %9s %8s %9s %9s %9s %8s %8s %6s %8s%n",
          "nodes",
          "fault",
          "allowed",
          "admitted",
          "%",
          "own share",
          "quota",
          "admitted",
          "%",
          "counted",
          "lost",
          "refused");
      for (int i = 2; i < arguments.length; i++) {
        int nodes = Integer.parseInt(arguments[i]);
        for (Fault fault : nodes == 1 ? List.of(Fault.NONE) : List.of(Fault.values())) {
          bench.show(nodes, fault.text, () -> bench.row(nodes, fault));
        }
      }
      for (int i = 2; i < arguments.length; i++) {
        int nodes = Integer.parseInt(arguments[i]);
        bench.show(nodes, "all killed and started", () -> bench.everythingKilled(nodes));
      }
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private Members cluster(int nodes) throws Exception {
    Path home = Files.createDirectories(folder.resolve("cluster-" + clusters++));
    return new Members(home, nodes).start();
  }

  private Load throttled(String key) {
    return new Load(key, rate, burst, 0, CALLERS, everyMicros(), millis);
  }

  /** Half of what is asked for: it is used up in the middle of the trouble. */
  private Load counted(String key) {
    long quota = rate * TIMES_THE_LIMIT * millis / 1000 / 2;
    return new Load(key, 0, 0, quota, CALLERS, everyMicros(), millis);
  }

  private long everyMicros() {
    return 1_000_000L * CALLERS / (rate * TIMES_THE_LIMIT);
  }

  /** One part of the measurement. */
  private interface Part {
    void run() throws Exception;
  }

  /** A machine too busy for one row may have time for the next. */
  private void show(int nodes, String text, Part part) {
    try {
      part.run();
    } catch (Exception e) {
      System.out.printf("%5d %-23s failed: %s%n", nodes, text, e);
    }
  }

  private void row(int nodes, Fault fault) throws Exception {
    try (Members members = cluster(nodes)) {
      members.run(new Load("warm-up", rate, burst, 0, CALLERS, everyMicros(), 3_000));
      Tally throttled = disturbed(members, nodes, fault, throttled("throttle"));
      Load quota = counted("quota");
      Tally counted = disturbed(members, nodes, fault, quota);
      long allowed = rate * millis / 1000 + burst;
      long passed = counted.admitted() + counted.late();
      long known = members.used("quota", passed, passed);
      System.out.printf(
          "%5d %-23s %9d %9d %7.2f%% %9d %9d %9d %7.2f%% %8d %6d %8d%n",
          nodes,
          fault.text,
          allowed,
          throttled.admitted(),
          100.0 * throttled.admitted() / allowed,
          throttled.ownShare(),
          quota.quota(),
          passed,
          100.0 * passed / quota.quota(),
          known,
          passed - known,
          counted.unreachable());
    }
  }

  private Tally disturbed(Members members, int nodes, Fault fault, Load load) throws Exception {
    members.begin(load);
    sleep(load.millis() / 3);
    int last = nodes - 1;
    switch (fault) {
      case NONE -> {}
      case KILL -> members.kill(last);
      case PAUSE -> members.pause(last);
      case SPLIT -> members.cutOff(Set.of(last));
    }
    sleep(load.millis() / 3);
    switch (fault) {
      case NONE -> {}
      case KILL -> members.restart(last);
      case PAUSE -> members.resume(last);
      case SPLIT -> members.heal();
    }
    Tally tally = members.end(load);
    members.awaitMembers(nodes);
    return tally;
  }

  private void everythingKilled(int nodes) throws Exception {
    try (Members members = cluster(nodes)) {
      Load load = new Load("all", 0, 0, rate * 8, CALLERS, everyMicros(), 3_000);
      members.begin(load);
      members.used("all", load.quota() / 10, load.quota());
      for (int node = 0; node < nodes; node++) {
        members.kill(node);
      }
      Tally before = members.end(load);
      for (int node = 0; node < nodes; node++) {
        members.restart(node);
      }
      members.awaitMembers(nodes);
      Tally after = members.run(load).plus(members.run(load));
      long passed = before.admitted() + after.admitted() + before.late() + after.late();
      System.out.printf(
          "%5d %-23s quota %d, admitted %d before and %d after all were killed, %d in all; counted %d%n",
          nodes,
          "all killed and started",
          load.quota(),
          before.admitted(),
          after.admitted(),
          passed,
          members.used("all", passed, passed));
    }
  }

  private static void sleep(long millis) {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
