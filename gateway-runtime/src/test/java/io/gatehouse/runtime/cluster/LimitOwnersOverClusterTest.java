package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.limit.BucketAnswer;
import io.gatehouse.runtime.limit.BucketAsk;
import io.gatehouse.runtime.limit.LimitOwners;
import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaAnswer;
import io.gatehouse.runtime.limit.QuotaAsk;
import io.gatehouse.runtime.limit.QuotaKey;
import io.gatehouse.runtime.limit.QuotaState;
import io.gatehouse.runtime.limit.Side;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two members of one process. */
class LimitOwnersOverClusterTest {

  private static final int PORT = 19_271;
  private static final long DAY_MILLIS = TimeUnit.DAYS.toMillis(1);
  private static final long DAY = System.currentTimeMillis() / DAY_MILLIS;

  private static final List<LimitsMember> LIMITS =
      IntStream.range(0, 2).mapToObj(n -> limits(InstantSource.system())).toList();

  private static HazelcastInstance first;
  private static HazelcastInstance second;

  @BeforeAll
  static void join() {
    first = member(0);
    second = member(1);
  }

  @AfterAll
  static void leave() {
    second.shutdown();
    first.shutdown();
  }

  private static LimitsMember limits(InstantSource clock) {
    return new LimitsMember(clock, System::nanoTime, Duration.ofSeconds(10));
  }

  private static HazelcastInstance member(int n) {
    return member(n, LIMITS.get(n), config(n));
  }

  private static Config config(int n) {
    return MemberConfig.of(
        new ClusterMember.Place(
            "limit-owners-test",
            "127.0.0.1",
            PORT + n,
            new Addresses(List.of("127.0.0.1:" + PORT)),
            "node-" + n,
            "a:1"));
  }

  private static HazelcastInstance member(int n, LimitsMember limits, Config config) {
    limits.prepare(config);
    HazelcastInstance joined = Hazelcast.newHazelcastInstance(config);
    limits.joined(joined);
    return joined;
  }

  private static final class Answers<A> extends CompletableFuture<Map<String, A>>
      implements LimitOwners.Reply<A> {
    @Override
    public void answered(Map<String, A> answers) {
      complete(answers);
    }

    @Override
    public void failed(String why) {
      completeExceptionally(new IllegalStateException(why));
    }

    Map<String, A> now() throws ExecutionException, InterruptedException, TimeoutException {
      return get(30, TimeUnit.SECONDS);
    }
  }

  /** Whose owner is the member; one that has just come owns nothing yet. */
  private static String owned(LimitOwners by, HazelcastInstance member, String form) {
    String owner = member.getCluster().getLocalMember().getUuid().toString();
    AtomicReference<String> found = new AtomicReference<>();
    until(
        () ->
            IntStream.range(0, 1_000)
                .mapToObj(form::formatted)
                .filter(key -> by.ownerOf(key).equals(owner))
                .findFirst()
                .map(
                    key -> {
                      found.set(key);
                      return true;
                    })
                .orElse(false));
    return found.get();
  }

  private static BucketAsk tokens(long number, long count) {
    return new BucketAsk(1, number, 1_000_000_000, 10_000_000_000L, count, 0, 0);
  }

  private static QuotaAsk leases(String node, long count) {
    return new QuotaAsk(node, 0, 0, new long[1], count, 0, 10, 0);
  }

  @Test
  void asksTravelTogetherAndAnswersComeByKey() throws Exception {
    LimitOwners asked = LIMITS.get(0).owners();
    Map<String, BucketAsk> asks = new HashMap<>();
    asks.put(owned(asked, second, "together/a%d"), tokens(1, 7));
    asks.put(owned(asked, second, "together/b%d"), tokens(1, 20));
    Answers<BucketAnswer> answers = new Answers<>();

    asked.askBuckets(asks, answers);

    assertEquals(asks.keySet(), answers.now().keySet());
    asks.forEach(
        (key, ask) ->
            assertEquals(Math.min(10, ask.waiting()), answers.join().get(key).count(), key));
  }

  @Test
  void whatOneNodeTookTheOtherCannotTake() throws Exception {
    String key = owned(LIMITS.get(0).owners(), first, "taken/%d");
    for (LimitsMember node : LIMITS) {
      Answers<BucketAnswer> answers = new Answers<>();
      node.owners().askBuckets(Map.of(key, tokens(1, 6)), answers);
      assertEquals(node == LIMITS.get(0) ? 6 : 4, answers.now().get(key).count());
    }
  }

  @Test
  void theBackupHasWhatTheOwnerDecided() throws Exception {
    LimitsMember mortal = limits(() -> Instant.now().plusSeconds(60));
    HazelcastInstance third = member(2, mortal, config(2));
    LimitOwners asked = LIMITS.get(0).owners();
    QuotaKey form = new QuotaKey("1", "p", "k%d", Period.MONTH, DAY - 5);
    String quota = owned(asked, third, form.text());
    String bucket = owned(asked, third, "mortal/%d");
    assertEquals(4, answered(quota, leases("node-0", 4)).own().leased());
    Answers<BucketAnswer> taken = new Answers<>();
    asked.askBuckets(Map.of(bucket, tokens(1, 4)), taken);
    taken.now();
    until(() -> isKnown(mortal, quota));
    byte[] quotaBefore = first.<String, byte[]>getMap(ClusterNames.QUOTAS).get(quota);
    byte[] bucketBefore = first.<String, byte[]>getMap(ClusterNames.BUCKETS).get(bucket);

    third.getLifecycleService().terminate();

    assertArrayEquals(quotaBefore, first.<String, byte[]>getMap(ClusterNames.QUOTAS).get(quota));
    assertArrayEquals(bucketBefore, first.<String, byte[]>getMap(ClusterNames.BUCKETS).get(bucket));
    assertEquals(1, LIMITS.get(0).missed());
    assertEquals(
        new QuotaAnswer(new NodeCount(true, 0, 0, new long[1]), 4, 0, true),
        more(quota),
        "nobody has seen yet whether the counter was lost");
    until(() -> LIMITS.stream().anyMatch(node -> isKnown(node, quota)));
    assertEquals(
        new QuotaAnswer(new NodeCount(true, 2, 0, new long[1]), 6, 0, true),
        more(quota),
        "what two of three nodes may have");
    aNodeThatLeavesInOrderIsNotMissed(); // under the name of the one that did not
  }

  private static boolean isKnown(LimitsMember owner, String quota) {
    owner.look();
    return owner.knows(quota);
  }

  private static QuotaAnswer more(String quota) {
    return answered(quota, leases("node-1", 10));
  }

  /** While partitions move a backup may not be found, and nothing is granted. */
  private static QuotaAnswer answered(String quota, QuotaAsk ask) {
    AtomicReference<QuotaAnswer> answer = new AtomicReference<>();
    until(
        () -> {
          Answers<QuotaAnswer> answers = new Answers<>();
          LIMITS.get(0).owners().askQuotas(Map.of(quota, ask), answers);
          try {
            answer.set(answers.now().get(quota));
          } catch (ExecutionException e) {
            assertInstanceOf(IllegalStateException.class, e.getCause());
          } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
          }
          return answer.get() != null;
        });
    return answer.get();
  }

  @Test
  void whereAPartitionWasLostNothingIsGrantedUntilAllAreBack() throws Exception {
    LimitsMember mortal = limits(InstantSource.system());
    HazelcastInstance third = member(2, mortal, config(2));
    QuotaKey form = new QuotaKey("1", "p", "lost%d", Period.MONTH, DAY - 5);
    String quota = owned(LIMITS.get(0).owners(), third, form.text());
    until(() -> isKnown(mortal, quota));
    first.getMap(ClusterNames.KNOWN_PARTITIONS).clear(); // as if the backup had gone, too
    third.getLifecycleService().terminate();
    until(() -> LIMITS.get(0).missed() == 1);
    for (int look = 0; look < 10; look++) {
      assertFalse(LIMITS.stream().anyMatch(node -> isKnown(node, quota)));
      assertEquals(0, more(quota).own().leased());
    }
    assertTrue(more(quota).held());

    aNodeThatLeavesInOrderIsNotMissed();
    assertEquals(10, more(quota).own().leased());
    until(() -> LIMITS.stream().anyMatch(node -> isKnown(node, quota)));
  }

  @Test
  void countersOfAPeriodLiveUntilSomeDaysAfterIt() throws Exception {
    QuotaKey key = new QuotaKey("1", "p", "live", Period.DAY, DAY);
    Answers<QuotaAnswer> answers = new Answers<>();
    LIMITS.get(1).owners().askQuotas(Map.of(key.text(), leases("node-1", 1)), answers);
    answers.now();

    long expires = first.getMap(ClusterNames.QUOTAS).getEntryView(key.text()).getExpirationTime();

    assertEquals((DAY + 1 + 7) * DAY_MILLIS, expires, 2_000);
  }

  @Test
  void whatCannotBeReadHasNoAnswer() throws Exception {
    first.<String, byte[]>getMap(ClusterNames.BUCKETS).set("future", new byte[] {99, 1, 2});
    Answers<BucketAnswer> answers = new Answers<>();
    LIMITS.get(1).owners().askBuckets(Map.of("future", tokens(1, 1)), answers);
    assertEquals(Map.of(), answers.now());
  }

  @Test
  void theControlPlaneReadsWhatChangedAndGivesBackWhatWasLost() throws Exception {
    ClientConfig config = new ClientConfig().setClusterName("limit-owners-test");
    config.getNetworkConfig().addAddress("127.0.0.1:" + PORT);
    HazelcastInstance client = HazelcastClient.newHazelcastClient(config);
    QuotasOverCluster quotas = new QuotasOverCluster(client);
    QuotaKey lost = new QuotaKey("1", "p", "lost", Period.MONTH, DAY - 5);
    quotas.merge(Map.of(lost, QuotaState.ofLedger(Map.of("node-9", new long[] {7}))));
    assertEquals(7, quotas.find(lost).orElseThrow().used());
    Answers<QuotaAnswer> answers = new Answers<>();
    LIMITS.get(0).owners().askQuotas(Map.of(lost.text(), leases("node-0", 9)), answers);
    assertEquals(10, answers.now().get(lost.text()).committed());

    long later = System.currentTimeMillis() + 2 * QuotasOverCluster.CLOCKS_DIFFER.toMillis();
    assertTrue(quotas.changedSince(0).containsKey(lost));
    assertTrue(quotas.changedSince(System.currentTimeMillis()).containsKey(lost));
    assertFalse(quotas.changedSince(later).containsKey(lost));
    assertFalse(quotas.isEmpty());
    client.shutdown();
  }

  @Test
  void aNodeThatLeavesInOrderIsNotMissed() {
    LimitsMember leaving = limits(InstantSource.system());
    HazelcastInstance third = member(2, leaving, config(2));
    leaving.leave();
    third.shutdown();
    until(() -> first.getCluster().getMembers().size() == 2);
    until(() -> LIMITS.get(0).missed() == 0);
  }

  /** Its class loader knows nothing of limits. */
  @Test
  void aNodeOfBeforeFailsForItsOwnCountersAlone() throws Exception {
    Config before = config(3);
    before.setClassLoader(
        new ClassLoader(LimitOwnersOverClusterTest.class.getClassLoader()) {
          @Override
          protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.gatehouse.runtime.cluster.")) {
              throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
          }
        });
    List.of(ClusterNames.BUCKETS, ClusterNames.QUOTAS)
        .forEach(map -> before.getMapConfigs().remove(map));
    HazelcastInstance old = Hazelcast.newHazelcastInstance(before);
    LimitOwners asked = LIMITS.get(0).owners();
    Answers<BucketAnswer> there = new Answers<>();
    asked.askBuckets(Map.of(owned(asked, old, "old/%d"), tokens(1, 1)), there);
    String here = owned(asked, second, "here/%d");
    Answers<BucketAnswer> other = new Answers<>();
    asked.askBuckets(Map.of(here, tokens(1, 1)), other);

    assertThrows(ExecutionException.class, there::now);
    assertEquals(1, other.now().get(here).count());
    first.getMap(ClusterNames.LEAVING).set(old.getCluster().getLocalMember().getUuid() + "", "");
    old.shutdown();
    until(() -> first.getCluster().getMembers().size() == 2);
    until(() -> LIMITS.get(0).missed() == 0);
  }

  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came to that");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  @Test
  void fewerThanHalfOfTheNodesFillABucketAtTheirShareOfItsRate() {
    BucketAsk ask = tokens(1, 1);
    assertEquals(ask, AskBuckets.shared(ask, Side.whole(3)));
    assertEquals(ask, AskBuckets.shared(ask, new Side(2, 3, 0, true)));
    assertEquals(ask, AskBuckets.shared(ask, new Side(1, 2, 0, true)));
    assertEquals(3 * ask.interval(), AskBuckets.shared(ask, new Side(1, 3, 0, true)).interval());
    assertEquals(
        (long) (2.5 * ask.interval()), AskBuckets.shared(ask, new Side(2, 5, 0, true)).interval());
  }

  @Test
  void aNodeThatHasNotJoinedIsToldSo() {
    LimitsMember alone = limits(InstantSource.system());
    Answers<BucketAnswer> answers = new Answers<>();
    alone.owners().askBuckets(Map.of("any", tokens(1, 1)), answers);
    assertEquals("", alone.owners().ownerOf("any"));
    assertEquals(
        "this node has not joined the cluster",
        assertThrows(ExecutionException.class, answers::now).getCause().getMessage());
  }
}
