package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three whole nodes in processes of their own, which keep answers for one another while callers go
 * from one to the other all the time.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CacheAcrossProcessesTest {

  private static final int NODES = 3;
  private static final int LAST = NODES - 1;
  private static final int[] ALL = {0, 1, 2};
  private static final int[] LARGER_SIDE = {0, 1};
  private static final int PURGES = 40;

  /** Requests after which a leak is known. */
  private static final int LEAKING_REQUESTS = 8;

  private static final int SOON_SECONDS = 60;

  @TempDir static Path folder;
  private static TellingBackend backend;
  private static WholeNodes nodes;
  private static CachedApis apis;
  private static ControlPlane control;
  private static CacheCallers callers;
  private static long revision = 1;
  private static int onces;

  @BeforeAll
  static void start() throws Exception {
    backend = new TellingBackend();
    apis = new CachedApis(backend.url());
    nodes = new WholeNodes(folder, NODES, "127.0.0.1/32:" + backend.port());
    for (int node : ALL) {
      nodes.launch(node);
    }
    nodes.awaitMembers(NODES);
    control = new ControlPlane(WholeNodes.NAME, nodes.clusterAddress(0));
    for (Snapshot snapshot : apis.all()) {
      control.publish(snapshot);
      control.awaitAcknowledged(snapshot, ALL);
    }
    for (int node : ALL) {
      nodes.awaitOpen(node);
    }
    callers = new CacheCallers(nodes, backend).start();
  }

  @AfterAll
  static void stop() throws Exception {
    callers.close();
    control.close();
    nodes.close();
    backend.close();
  }

  @AfterEach
  void nobodyHasGotAWrongAnswerOrNone() throws Exception {
    callers.awaitMore(300);
    assertEquals(List.of(), callers.faults());
  }

  private static void until(Callable<Boolean> there) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SOON_SECONDS);
    while (!there.call()) {
      assertTrue(System.nanoTime() < end, "it never came to that");
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
    }
  }

  /** Whether one call of the backend was enough for an answer at each node. */
  private static boolean oneCallIsEnough(int first) throws Exception {
    String target = "/once/" + onces++;
    long before = control.kept(CachedApis.ONCE);
    callers.get(first, CachedApis.ONCE, target, "X-Request-Id: 1");
    for (int look = 0; look < 50 && control.kept(CachedApis.ONCE) == before; look++) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    for (int node : ALL) {
      String answer = callers.get(node, CachedApis.ONCE, target, "X-Request-Id: 2");
      assertTrue(CacheCallers.body(answer).startsWith(target + " "), answer);
    }
    return backend.calls(target) == 1;
  }

  /** Who finds the others silent leaves them alone for some seconds. */
  private static void allNodesShare() throws Exception {
    for (int node : ALL) {
      until(() -> oneCallIsEnough(node));
    }
  }

  private static StageSnapshot flush(LongFunction<StageSnapshot> stage, int... reached)
      throws Exception {
    long epoch = backend.nextEpoch();
    StageSnapshot flushed = stage.apply(++revision);
    control.publish(flushed);
    control.awaitAcknowledged(flushed, reached);
    callers.expect(epoch, flushed.apiId(), target -> true, reached);
    return flushed;
  }

  /**
   * @return the epoch after which no answer may be from before it
   */
  private static long purge(String path, int... reached) {
    return purge(control, path, reached);
  }

  private static long purge(ControlPlane control, String path, int... reached) {
    long epoch = backend.nextEpoch();
    control.purge(CachedApis.OPEN, path);
    expect(epoch, path, reached);
    return epoch;
  }

  private static void expect(long epoch, String path, int... reached) {
    String begin = path.contains("*") || path.contains("{") ? TellingBackend.OPEN : path + "?";
    callers.expect(epoch, CachedApis.OPEN, target -> target.startsWith(begin), reached);
  }

  @Test
  @Order(1)
  void whatOneNodeHasFetchedTheOthersServeWithoutAskingTheBackend() throws Exception {
    allNodesShare();
    callers.awaitMore(500);
    long answers = callers.answers();
    long hits = callers.hits();
    assertTrue(hits > answers / 2, hits + " of " + answers);
  }

  @Test
  @Order(2)
  void afterAFlushNobodyGetsAnAnswerFromBefore() throws Exception {
    for (int flush = 0; flush < 5; flush++) {
      flush(apis::open, ALL);
      flush(apis::own, ALL);
      callers.awaitMore(50);
    }
  }

  @Test
  @Order(3)
  void afterAPurgeNobodyGetsAnAnswerFromBefore() throws Exception {
    for (int purge = 0; purge < PURGES; purge++) {
      purge("/open/" + purge % 10, ALL);
    }
    purge("/open/{id}", ALL);
    callers.awaitMore(100);
    purge("/*", ALL);
  }

  @Test
  @Order(4)
  void aLeakThatOneNodeFindsEndsSharingOnAllAndIsWhereTheControlPlaneLooks() throws Exception {
    String leaking = CachedApis.LEAKING.get(0);
    findLeak(leaking, 0);
    for (int node : ALL) {
      until(() -> !isKept(leaking, node));
    }
    assertReported(leaking, 0);
  }

  /** Tenants take turns at one node, and none gets the other's answer. */
  private static void findLeak(String leaking, int node) throws IOException {
    for (int request = 0; request < LEAKING_REQUESTS; request++) {
      ofTenant(1 + request % 2, leaking, node);
    }
    assertFalse(isKept(leaking, node));
  }

  private static boolean isKept(String leaking, int node) throws IOException {
    return ofTenant(1, leaking, node).contains("x-gatehouse-cache");
  }

  private static String ofTenant(int tenant, String leaking, int node) throws IOException {
    String answer =
        callers.get(node, leaking, "/leak", TellingBackend.TENANT + ": tenant-" + tenant);
    assertTrue(CacheCallers.body(answer).startsWith("/leak tenant-" + tenant + " "), answer);
    return answer;
  }

  private static void assertReported(String leaking, int node) {
    List<LeakReport> reports = control.leaks(leaking);
    assertEquals(1, reports.size(), reports::toString);
    assertEquals(List.of("header.x-tenant"), reports.getFirst().inputs());
    assertEquals(WholeNodes.name(node), reports.getFirst().node());
  }

  @Test
  @Order(5)
  void aNodeThatIsKilledFailsNothingButWhatItHasInHandAndComesBackKnowingWhatLeaks()
      throws Exception {
    long before = callers.broken();
    kill(LAST);
    nodes.awaitMembers(NODES - 1);
    callers.awaitMore(100);
    long purgedIn = purge("/open/{id}", LARGER_SIDE);
    flush(apis::own, LARGER_SIDE);
    expect(purgedIn, "/open/{id}", LAST);
    callers.expect(backend.epoch(), CachedApis.OWN, target -> true, LAST);
    comeBack(LAST);
    nodes.awaitMembers(NODES);
    assertTrue(callers.broken() - before <= CacheCallers.CALLERS, callers.broken() + " broken");
    assertFalse(isKept(CachedApis.LEAKING.get(0), LAST));
    allNodesShare();
  }

  private static void kill(int node) throws InterruptedException {
    callers.leave(node);
    nodes.kill(node);
  }

  private static void comeBack(int node) throws Exception {
    nodes.launch(node);
    nodes.awaitOpen(node);
    callers.comeBack(node);
  }

  @Test
  @Order(6)
  void inASplitEachSideServesOnAndWhenItHealsAllKnowWhatEitherHasLearned() throws Exception {
    String foundThere = CachedApis.LEAKING.get(1);
    String foundHere = CachedApis.LEAKING.get(2);
    nodes.cutOff(Set.of(LAST));
    nodes.awaitMembers(0, NODES - 1);
    nodes.awaitMembers(1, NODES - 1);
    nodes.awaitMembers(LAST, 1);
    findLeak(foundThere, LAST);
    findLeak(foundHere, 0);
    purge("/open/{id}", LARGER_SIDE);
    StageSnapshot flushed = flush(apis::own, LARGER_SIDE);
    long flushedIn = backend.epoch();
    callers.awaitMore(200);
    long purgedIn;
    try (ControlPlane there = new ControlPlane(WholeNodes.NAME, nodes.clusterAddress(LAST))) {
      purgedIn = purge(there, "/open/{id}", LAST);
    }
    callers.awaitMore(200);

    nodes.heal();
    nodes.awaitMembers(NODES);
    control.awaitAcknowledged(flushed, LAST);
    callers.expect(flushedIn, CachedApis.OWN, target -> true, LAST);
    expect(purgedIn, "/open/{id}", ALL);
    for (int node : ALL) {
      until(() -> !isKept(foundThere, node));
      until(() -> !isKept(foundHere, node));
    }
    assertReported(foundThere, LAST);
    assertReported(foundHere, 0);
    allNodesShare();
  }

  @Test
  @Order(7)
  void whenAllAreKilledAndStartedAgainNothingOldComesBack() throws Exception {
    long before = callers.broken();
    for (int node : ALL) {
      kill(node);
    }
    for (int node : ALL) {
      nodes.launch(node);
    }
    for (int node : ALL) {
      nodes.awaitOpen(node);
      callers.comeBack(node);
    }
    nodes.awaitMembers(NODES);
    assertTrue(
        callers.broken() - before <= NODES * CacheCallers.CALLERS, callers.broken() + " broken");
    allNodesShare();
    flush(apis::open, ALL);
  }
}
