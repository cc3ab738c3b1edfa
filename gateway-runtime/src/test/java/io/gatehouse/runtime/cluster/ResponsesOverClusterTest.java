package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.config.Config;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import com.hazelcast.spi.merge.MergingValue;
import io.gatehouse.model.snapshot.CacheTags;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

/** Two nodes whose Hazelcast members are real, and what one keeps for the other. */
class ResponsesOverClusterTest {

  private static final int FIRST_PORT = 19281;
  private static final int SECOND_PORT = 19282;
  private static final int PATIENCE = 20;
  private static final AtomicInteger APIS = new AtomicInteger();
  private static final String ANEW = "Cache-Control: max-age=0";

  /** Of the first. */
  private static volatile Executor background = Runnable::run;

  private static ResponsesOverCluster one;
  private static ResponsesOverCluster two;
  private static HazelcastInstance firstMember;
  private static HazelcastInstance secondMember;

  /** Of each test its own, so that what comes late of one is none of another's. */
  private final String api = "both" + APIS.incrementAndGet();

  private final String path = "/_aws/execute-api/" + api + "/dev/pets";
  private final AtomicInteger calls = new AtomicInteger();
  private RawBackend backend;
  private Door first;
  private Door second;

  @BeforeAll
  static void join() {
    one = new ResponsesOverCluster(64 << 20, work -> background.execute(work), System::nanoTime);
    two = new ResponsesOverCluster(64 << 20, Runnable::run, System::nanoTime);
    firstMember = member("n1", FIRST_PORT, one);
    secondMember = member("n2", SECOND_PORT, two);
    until(() -> firstMember.getCluster().getMembers().size() == 2);
  }

  private static HazelcastInstance member(String node, int port, ResponsesOverCluster responses) {
    Config config =
        MemberConfig.of(
            new ClusterMember.Place(
                "responses-over-cluster-test",
                "127.0.0.1",
                port,
                new Discovery.Addresses(
                    List.of("127.0.0.1:" + FIRST_PORT, "127.0.0.1:" + SECOND_PORT)),
                node,
                "127.0.0.1:1"));
    responses.configure(config);
    return Hazelcast.newHazelcastInstance(config);
  }

  @AfterAll
  static void leave() {
    secondMember.shutdown();
    firstMember.shutdown();
  }

  @BeforeEach
  void open() throws Exception {
    backend = new RawBackend((head, out, socket) -> out.write(answer(calls.incrementAndGet())));
    String egress = "127.0.0.1/32:" + backend.port();
    first = Door.sharing(egress, one);
    second = Door.sharing(egress, two);
    // Which of them answers is not to hang on how busy the machine is.
    first.patience = PATIENCE;
    second.patience = PATIENCE;
    one.tells(first.cache);
    two.tells(second.cache);
    one.joined(firstMember);
    two.joined(secondMember);
    until(() -> one.isShared() && two.isShared());
    firstMember.getMap(ClusterNames.LEAKS).clear();
    serve(0);
  }

  @AfterEach
  void close() throws Exception {
    first.close();
    second.close();
    backend.close();
  }

  private static byte[] answer(int number) {
    return answer("answer " + number);
  }

  private static byte[] answer(String body) {
    return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private void serve(long generation) {
    for (Door door : List.of(first, second)) {
      door.serve(
          SampleApi.api(api, "dev")
              .proxy("GET", "/pets", backend.url() + "/pets")
              .proxy("GET", "/pets/{id}", backend.url() + "/pets/{id}")
              .flushed(generation)
              .stage(
                  stage ->
                      stage
                          .cacheClusterEnabled(true)
                          .cacheClusterSize("0.5")
                          .deploymentId("one")
                          .tags(Map.of(CacheTags.HEADER, CacheTags.ON))
                          .methodSettings(
                              Map.of(
                                  "*/*",
                                  MethodSetting.builder()
                                      .cachingEnabled(true)
                                      .cacheTtlInSeconds(300)
                                      .requireAuthorizationForCacheControl(false)
                                      .build())))
              .snapshot(generation + 1));
    }
  }

  private static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  private static void until(BooleanSupplier there) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!there.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "it never came to that");
      Thread.onSpinWait();
    }
  }

  private int entries() {
    return (int)
        firstMember
            .<String, byte[]>getMap(ClusterNames.RESPONSES + SampleApi.ACCOUNT)
            .keySet()
            .stream()
            .filter(key -> key.startsWith(api + "/"))
            .count();
  }

  @Test
  void whatOneNodeHasFetchedTheOtherServes() throws Exception {
    first.get(path);
    until(() -> entries() == 1);

    String there = second.get(path);

    assertEquals("answer 1", body(there));
    assertTrue(there.contains("x-gatehouse-cache: hit"), there);
    assertEquals(1, calls.get());
  }

  @Test
  void aLargeAnswerIsKeptByTheClusterAlone() throws Exception {
    String large = "x".repeat(300_000);
    backend.script(
        (head, out, socket) -> {
          calls.incrementAndGet();
          out.write(answer(large));
        });
    first.get(path);
    until(() -> entries() == 1);

    assertEquals(large, body(second.get(path)));
    assertEquals(large, body(first.get(path)));
    assertEquals(1, calls.get());
    assertTrue(first.cache.bytes() < 10_000, first.cache.bytes() + " bytes here");
  }

  @Test
  void anAnswerThatIsFetchedAnewReplacesTheOldOneEverywhere() throws Exception {
    first.get(path);
    until(() -> entries() == 1);
    assertEquals("answer 1", body(second.get(path)));

    assertEquals("answer 2", body(first.get(path, ANEW)));

    // Who asks while the old one is withdrawn and the new one on its way fetches one, too.
    until(() -> !get(second).equals("answer 1"));
    int fetched = calls.get();
    assertNotEquals("answer 1", get(first));
    assertNotEquals("answer 1", get(second));
    assertEquals(fetched, calls.get());
    assertTrue(fetched <= 3, fetched + " calls");
  }

  private String get(Door door) {
    return get(door, path);
  }

  private static String get(Door door, String path) {
    try {
      return body(door.get(path));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAnswerThatWasAskedForBeforeComesTooLateToReplaceANewerOne() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          int call = calls.incrementAndGet();
          if (call == 1) {
            late.await();
          }
          out.write(answer(call));
        });
    CompletableFuture<String> before = CompletableFuture.supplyAsync(() -> get(second));
    backend.next();
    assertEquals("answer 2", body(first.get(path, ANEW)));
    until(() -> entries() == 1);

    late.countDown();

    assertEquals("answer 1", before.get(30, TimeUnit.SECONDS), "its own caller asked before");
    until(() -> get(second).equals("answer 2"));
    assertEquals("answer 2", get(first));
  }

  @Test
  void aFlushDuringAFetchLeavesNothingOfIt() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          int call = calls.incrementAndGet();
          if (call == 1) {
            late.await();
          }
          out.write(answer(call));
        });
    CompletableFuture<String> before = CompletableFuture.supplyAsync(() -> get(first));
    backend.next();

    serve(1);
    late.countDown();
    before.get(30, TimeUnit.SECONDS);
    until(() -> entries() == 1);

    assertEquals("answer 2", get(first));
    assertEquals("answer 2", get(second));
  }

  @Test
  void aPurgeTakesWhatAnswersThePathFromAllNodesAndNothingElse() throws Exception {
    first.get(path);
    first.get(path + "/7");
    until(() -> entries() == 2);
    second.get(path);
    second.get(path + "/7");
    CacheOverCluster cache = new CacheOverCluster(() -> firstMember);

    assertEquals(2, cache.purge(SampleApi.ACCOUNT, api, "dev", "/pets/7"));

    assertEquals(1, entries());
    assertEquals("answer 1", get(second));
    assertEquals("answer 3", body(second.get(path + "/7")));
    assertEquals(0, cache.purge(SampleApi.ACCOUNT, api, "other", "/*"));
    assertEquals(0, cache.purge("210987654321", api, "dev", "/*"));
    until(() -> entries() == 2);
    cache.purge(SampleApi.ACCOUNT, api, "dev", "/pets*");
    assertEquals(0, entries());
    assertEquals("answer 4", get(first));
  }

  @Test
  void aPurgeDuringAFetchLeavesNothingOfIt() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          int call = calls.incrementAndGet();
          if (call == 1) {
            late.await();
          }
          out.write(answer(call));
        });
    CompletableFuture<String> before = CompletableFuture.supplyAsync(() -> get(first));
    backend.next();

    new CacheOverCluster(() -> secondMember).purge(SampleApi.ACCOUNT, api, "dev", "/pets");
    assertEquals("answer 2", get(first), "who comes after it does not wait for what came before");
    late.countDown();

    assertEquals("answer 1", before.get(30, TimeUnit.SECONDS));
    assertEquals("answer 2", get(first));
    assertEquals("answer 2", get(second));
  }

  @Test
  void aPurgeDuringACheckLeavesNothingOfIt() throws Exception {
    first.get(path);
    CountDownLatch late = new CountDownLatch(1);
    backend.script(
        (head, out, socket) -> {
          int call = calls.incrementAndGet();
          if (call == 2) {
            late.await();
          }
          out.write(answer(call));
        });
    backend.next();
    CompletableFuture<String> checked =
        CompletableFuture.supplyAsync(() -> get(first, path + "?other=1"));
    backend.next();

    new CacheOverCluster(() -> secondMember).purge(SampleApi.ACCOUNT, api, "dev", "/pets");
    late.countDown();

    assertEquals("answer 2", checked.get(30, TimeUnit.SECONDS));
    assertEquals("answer 3", get(first, path + "?other=1"));
  }

  @Test
  void aPurgeTakesWhatANodeCopiesFromTheClusterMeanwhile() throws Exception {
    first.get(path);
    until(() -> entries() == 1);
    AtomicInteger asked = new AtomicInteger();
    CacheOverCluster cache =
        new CacheOverCluster(
            () -> {
              if (asked.incrementAndGet() == 2) { // between the nodes and what the cluster keeps
                assertEquals("answer 1", get(second));
              }
              return firstMember;
            });

    cache.purge(SampleApi.ACCOUNT, api, "dev", "/pets");

    assertEquals("answer 2", get(second));
  }

  @Test
  void aPurgeWaitsForWhatIsOnItsWayIntoTheCluster() throws Exception {
    BlockingQueue<Runnable> held = new LinkedBlockingQueue<>();
    background = held::add;
    first.get(path);
    Runnable onItsWay = held.poll(30, TimeUnit.SECONDS);
    background = Runnable::run;
    assertEquals(1, first.cache.count());

    CompletableFuture<Integer> purge =
        CompletableFuture.supplyAsync(
            () ->
                new CacheOverCluster(() -> secondMember)
                    .purge(SampleApi.ACCOUNT, api, "dev", "/pets"));
    until(() -> purge.isDone() || someoneWaitsIn("purgeHere"));
    onItsWay.run();
    purge.get(30, TimeUnit.SECONDS);

    assertEquals("answer 2", get(second));
  }

  private static boolean someoneWaitsIn(String method) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getState() == Thread.State.TIMED_WAITING)
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals(method));
  }

  @Test
  void aNodeThatIsBackMayHaveReplacedWhatOthersHaveCopiesOf() throws Exception {
    first.get(path);
    assertEquals("answer 1", get(first));

    secondMember.shutdown();
    until(() -> !one.isShared());
    assertEquals("answer 1", get(first), "alone it goes on");
    secondMember = member("n2", SECOND_PORT, two);
    two.joined(secondMember);
    until(() -> first.cache.count() == 0);
  }

  @Test
  void ofTwoAnswersThatASplitHasLeftTheLaterStaysAndNoneThatTheLargerSideHasNot() throws Exception {
    first.get(path);
    until(() -> entries() == 1);
    byte[] older = onlyEntry();
    first.get(path, ANEW);
    until(() -> !Arrays.equals(older, onlyEntry()));
    byte[] newer = onlyEntry();
    NewerAnswer policy = new NewerAnswer();

    assertArrayEquals(newer, policy.merge(new There(older), new There(newer)));
    assertArrayEquals(newer, policy.merge(new There(newer), new There(older)));
    assertNull(policy.merge(new There(older), null), "it may have been purged there");
    assertArrayEquals(older, policy.merge(null, new There(older)));
  }

  /** On one side of the split. */
  private record There(byte[] bytes) implements MergingValue<byte[]> {
    @Override
    public byte[] getDeserializedValue() {
      return bytes;
    }

    @Override
    public Object getRawValue() {
      return bytes;
    }
  }

  private byte[] onlyEntry() {
    IMap<String, byte[]> map = firstMember.getMap(ClusterNames.RESPONSES + SampleApi.ACCOUNT);
    return map.keySet().stream()
        .filter(key -> key.startsWith(api + "/"))
        .map(map::get)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aMethodThatLeaksIsKeptByNoNodeAndTheOwnerIsTold() throws Exception {
    backend.script(
        (head, out, socket) ->
            out.write(answer(head.contains("tenant=2") ? "of tenant 2" : "of tenant 1")));

    for (int request = 0; request < 8; request++) {
      first.get(path + "?tenant=" + (request % 2 + 1));
    }

    until(this::stopped);
    assertEquals(1, first.cache.counts().stops());
    List<LeakReport> leaks = new CacheOverCluster(() -> secondMember).leaks(SampleApi.ACCOUNT);
    assertEquals(List.of("querystring.tenant"), leaks.getFirst().inputs());
    assertEquals(List.of(), new CacheOverCluster(() -> secondMember).leaks("210987654321"));
  }

  private boolean stopped() {
    try {
      return !second.get(path).contains("x-gatehouse-cache");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
