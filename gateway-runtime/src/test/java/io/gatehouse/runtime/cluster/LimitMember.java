package io.gatehouse.runtime.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaLimit;
import io.gatehouse.runtime.limit.QuotaState;
import io.gatehouse.runtime.limit.Throttle;
import io.gatehouse.runtime.limit.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node's limits in a process of its own, without a door: takes commands on its standard input,
 * and makes the requests itself.
 */
final class LimitMember {

  private static final Logger LOG = LoggerFactory.getLogger(LimitMember.class);
  private static final int MEMBERS_SECONDS = 60;
  private static final int VERDICT_SECONDS = 10;

  private final HazelcastInstance member;
  private final LimitsMember cluster;
  private final ClusterLimits limits;
  private final Path folder;
  private final Set<UUID> heard = ConcurrentHashMap.newKeySet();

  private LimitMember(
      HazelcastInstance member, LimitsMember cluster, ClusterLimits limits, Path folder) {
    this.member = member;
    this.cluster = cluster;
    this.limits = limits;
    this.folder = folder;
    member
        .<String>getTopic(ClusterNames.ALIVE)
        .addMessageListener(word -> heard.add(word.getPublishingMember().getUuid()));
  }

  /** Takes name, port, public port, outbound ports, members and folder. */
  public static void main(String[] arguments) {
    try {
      join(arguments).obey();
    } catch (Exception e) {
      LOG.error("this node cannot go on", e);
    }
    System.exit(1); // also where the test is gone
  }

  private static LimitMember join(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[5]);
    Config config =
        MemberConfig.of(
            new ClusterMember.Place(
                "limits",
                "127.0.0.1",
                Integer.parseInt(arguments[1]),
                new Addresses(List.of(arguments[4].split(","))),
                arguments[0],
                "a:1"));
    new BehindRelay(Integer.parseInt(arguments[2]), arguments[3]).configure(config);
    LimitsMember cluster =
        new LimitsMember(
            InstantSource.system(),
            System::nanoTime,
            Duration.ofSeconds(BehindRelay.SILENT_SECONDS));
    cluster.prepare(config);
    HazelcastInstance member = Hazelcast.newHazelcastInstance(config);
    cluster.joined(member);
    ClusterLimits limits =
        new ClusterLimits(
            folder.resolve("limits"),
            arguments[0],
            cluster,
            InstantSource.system(),
            System::nanoTime,
            new SecureRandom()::nextLong);
    System.out.println("joined");
    return new LimitMember(member, cluster, limits, folder);
  }

  private void obey() throws Exception {
    BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "members" -> awaitMembers(Integer.parseInt(words[1]));
        case "missed" -> System.out.println("missed " + cluster.missed());
        case "heard" -> awaitHeard(Integer.parseInt(words[1]));
        case "used" -> used(words[1], Long.parseLong(words[2]), Long.parseLong(words[3]));
        case "load" -> Thread.ofPlatform().start(() -> load(words));
        case "quit" -> {
          limits.close();
          cluster.leave();
          member.shutdown();
          System.exit(0);
        }
        default -> System.out.println("unknown " + line);
      }
    }
  }

  private void awaitMembers(int count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEMBERS_SECONDS);
    while (member.getCluster().getMembers().size() != count && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    System.out.println("members " + member.getCluster().getMembers().size());
  }

  /** Until so many have said, from now on, that they are there. */
  private void awaitHeard(int count) {
    heard.clear();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEMBERS_SECONDS);
    while (heard.size() != count && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
    System.out.println("heard " + heard.size());
  }

  private static QuotaLimit limit(String key, long quota) {
    return new QuotaLimit(
        "1", "p", key, Period.MONTH, quota, 0, 0, List.of(), WhenUnreachable.REFUSE);
  }

  /** Until the cluster has counted so many, or time is up. */
  private void used(String name, long least, long most) {
    QuotaKey key =
        new QuotaKey(
            "1", "p", name, Period.MONTH, Period.MONTH.startDay(System.currentTimeMillis()));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(MEMBERS_SECONDS);
    QuotaState state = QuotaState.UNKNOWN;
    do {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      state = new QuotasOverCluster(member).find(key).orElse(QuotaState.UNKNOWN);
    } while ((state.used() < least || state.used() > most) && System.nanoTime() < end);
    System.out.println("used " + state.used() + " " + state);
  }

  /** Makes requests until their time is over, and tells what came of them. */
  private void load(String[] words) {
    long rate = Long.parseLong(words[2]);
    long quota = Long.parseLong(words[4]);
    int callers = Integer.parseInt(words[5]);
    Request request =
        new Request(
            rate == 0
                ? List.of()
                : List.of(Throttle.of("plan/1/" + words[1], rate, Long.parseLong(words[3]))),
            quota == 0 ? null : limit(words[1], quota),
            TimeUnit.MICROSECONDS.toNanos(Long.parseLong(words[6])),
            Long.parseLong(words[7]),
            Long.parseLong(words[8]));
    try {
      long shareBefore = limits.limits().figures().ownShare().sum();
      TallyFile tally = TallyFile.create(folder, callers);
      CountDownLatch done = new CountDownLatch(callers);
      for (int caller = 0; caller < callers; caller++) {
        int number = caller;
        Thread.ofPlatform().start(() -> call(request, tally, number, callers, done));
      }
      done.await();
      System.out.println("loaded " + (limits.limits().figures().ownShare().sum() - shareBefore));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Request(
      List<Throttle> throttles, QuotaLimit quota, long everyNanos, long start, long millis) {}

  private void call(
      Request request, TallyFile tally, int caller, int callers, CountDownLatch done) {
    long begin =
        System.nanoTime()
            + TimeUnit.MILLISECONDS.toNanos(request.start - System.currentTimeMillis());
    long end = begin + TimeUnit.MILLISECONDS.toNanos(request.millis);
    long next = begin + request.everyNanos * caller / callers;
    try {
      for (long now = System.nanoTime(); now - end < 0; now = System.nanoTime()) {
        if (next - now > 0) {
          LockSupport.parkNanos(next - now);
        } else {
          Verdict verdict = verdict(request);
          tally.count(caller, verdict, System.nanoTime() - end < 0);
          // A caller that was held up does not make up for it.
          next = Math.max(next + request.everyNanos, System.nanoTime() - request.everyNanos);
        }
      }
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      System.out.println("no verdict: " + e);
    } finally {
      done.countDown();
    }
  }

  private Verdict verdict(Request request)
      throws InterruptedException, ExecutionException, TimeoutException {
    CompletableFuture<Verdict> later = new CompletableFuture<>();
    Verdict verdict = limits.limits().take(request.throttles, request.quota, later::complete);
    return verdict instanceof Verdict.Waiting
        ? later.get(VERDICT_SECONDS, TimeUnit.SECONDS)
        : verdict;
  }
}
