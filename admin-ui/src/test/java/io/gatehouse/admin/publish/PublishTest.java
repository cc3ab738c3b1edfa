package io.gatehouse.admin.publish;

import static io.gatehouse.admin.store.Kit.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.ClusterClient.Node;
import io.gatehouse.admin.publish.Reconciler.Round;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.admin.store.Published;
import io.gatehouse.admin.store.StoredApiKey;
import io.gatehouse.admin.store.StoredStage;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.Tombstone;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import software.amazon.awssdk.services.apigateway.model.ApiKey;
import software.amazon.awssdk.services.apigateway.model.ApiStage;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/**
 * Publisher and reconciler against a real cluster member and a real client, in one virtual machine:
 * a process of its own for the member would show nothing more here but cost ten seconds.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PublishTest {

  private static final int PORT = 19251;
  private static final String CLUSTER = "publish-test";
  private static final String STAGE_KEY = "stage/" + ALICE.account() + "/api1/prod";

  /** Collects as the container does, and commits when told. */
  private static final class Collecting implements Transactions {
    private final List<Snapshot> snapshots = new ArrayList<>();
    private Consumer<List<Snapshot>> publish = collected -> {};

    @Override
    public void collect(Snapshot snapshot, Consumer<List<Snapshot>> afterCommit) {
      snapshots.add(snapshot);
      publish = afterCommit;
    }

    void commit() {
      List<Snapshot> collected = List.copyOf(snapshots);
      snapshots.clear();
      publish.accept(collected);
    }
  }

  /** A database's rows outside of the container: every question is a transaction of its own. */
  private static final class PublishedRows extends Published {
    private final Kit kit;

    PublishedRows(Kit kit) {
      this.kit = kit;
    }

    @Override
    public Map<String, Thing> things() {
      return kit.database.inTransaction(kit.published::things);
    }

    @Override
    public <R> java.util.Optional<R> read(Thing thing, Readers<R> readers) {
      return kit.database.inTransaction(() -> kit.published.read(thing, readers));
    }

    @Override
    public <R> java.util.Optional<R> lift(Thing thing, long above, Readers<R> readers) {
      return kit.database.inTransaction(() -> kit.published.lift(thing, above, readers));
    }
  }

  private final Collecting transactions = new Collecting();
  private final CountDownLatch connected = new CountDownLatch(1);
  private Kit kit;
  private SnapshotBuilder snapshots;
  private Member member;
  private ClusterClient cluster;
  private Publisher publisher;
  private Reconciler reconciler;
  private Duration ahead = Duration.ZERO;

  @BeforeAll
  void start() throws Exception {
    kit = new Kit(Database.open(Database.Kind.H2));
    Settings settings = Kit.settings();
    snapshots =
        new SnapshotBuilder(
            settings,
            kit.deployments,
            kit.plans,
            kit.usage,
            kit.certificates,
            kit.basePaths,
            kit.backendAccess,
            kit.functions,
            kit.accessKeys,
            kit.policies,
            kit.userPools,
            new SecureRandom());
    cluster = new ClusterClient(CLUSTER, new Addresses(List.of("127.0.0.1:" + PORT)));
    cluster.onConnect(connected::countDown);
    publisher =
        new Publisher(cluster, transactions, snapshots, kit.revisions, Duration.ofSeconds(20));
    reconciler =
        new Reconciler(new PublishedRows(kit), snapshots, cluster, () -> Instant.now().plus(ahead));
    kit.database.run(
        () -> {
          kit.apis.create(ALICE, Kit.mock("api1"));
          kit.deployments.create(
              ALICE, "api1", Deployment.builder().id("dep1").build(), Kit.mock("api1"));
          kit.stages.create(
              ALICE, "api1", Stage.builder().stageName("prod").deploymentId("dep1").build());
          kit.plans.create(
              ALICE,
              UsagePlan.builder()
                  .id("plan1")
                  .name("p")
                  .apiStages(ApiStage.builder().apiId("api1").stage("prod").build())
                  .build());
          kit.keys.create(
              ALICE,
              ApiKey.builder().id("key1").value("a-very-secret-value").enabled(true).build());
          kit.plans.addKey(ALICE, "plan1", "key1");
        });
  }

  @AfterAll
  void stop() throws Exception {
    cluster.close();
    if (member != null) {
      member.close();
    }
    kit.database.close();
  }

  @BeforeEach
  void connect() throws Exception {
    if (member != null) {
      assertTrue(connected.await(60, TimeUnit.SECONDS), "the client did not find the member");
    }
  }

  @Test
  @Order(1)
  void withoutAnyNodeAnOperationSucceedsAllTheSame() throws Exception {
    kit.database.run(() -> publisher.changed(kit.stages.get(ALICE, "api1", "prod")));
    transactions.commit();

    assertThrows(ClusterUnavailable.class, reconciler::reconcile);
    assertEquals(List.of(), cluster.nodes());
  }

  @Test
  @Order(2)
  void aClusterThatComesUpEmptyIsFilledAndThenToldSo() throws Exception {
    member = Member.start(CLUSTER, PORT);
    connect();
    assertEquals(List.of(new Node("node-1", "127.0.0.1:8081")), cluster.nodes());

    Round round = reconciler.reconcile();

    assertEquals(3, round.published());
    StageSnapshot stage = assertInstanceOf(StageSnapshot.class, inCluster(STAGE_KEY));
    assertEquals("api1", stage.definition().restApi().id());
    assertEquals("us-east-1", stage.region());
    PlanSnapshot plan =
        assertInstanceOf(PlanSnapshot.class, inCluster("plan/" + ALICE.account() + "/plan1"));
    assertEquals(Set.of("api1:prod"), plan.apiStages());
    StoredApiKey row = kit.database.inTransaction(() -> kit.keys.get(ALICE, "key1"));
    KeySnapshot key =
        assertInstanceOf(
            KeySnapshot.class, inCluster(KeySnapshot.key(ALICE.account(), row.sha256())));
    assertTrue(key.enabled());
    assertEquals(Set.of("plan1"), key.planIds());
    assertEquals(3, assertInstanceOf(Catalog.class, inCluster(Catalog.KEY)).snapshots());
  }

  @Test
  @Order(3)
  void aSecondRoundDoesNothing() throws Exception {
    Snapshot catalog = inCluster(Catalog.KEY);
    long readBefore = member.snapshots().getLocalMapStats().getGetOperationCount();

    assertEquals(new Round(0, 0, 0), reconciler.reconcile());

    long read = member.snapshots().getLocalMapStats().getGetOperationCount() - readBefore;
    assertEquals(1, read, "of what is right only the catalog is read whole");
    assertEquals(catalog, inCluster(Catalog.KEY));
  }

  @Test
  @Order(3)
  void theTimeIsToldAgainEveryFiveMinutes() throws Exception {
    Catalog before = assertInstanceOf(Catalog.class, inCluster(Catalog.KEY));
    ahead = Duration.ofMinutes(5);
    assertEquals(new Round(0, 0, 0), reconciler.reconcile());
    Catalog after = assertInstanceOf(Catalog.class, inCluster(Catalog.KEY));
    assertTrue(after.publishedAt() - before.publishedAt() >= ahead.toMillis());
    assertTrue(after.revision() > before.revision());
    assertEquals(before.snapshots(), after.snapshots());
  }

  @Test
  @Order(4)
  void aChangeIsInTheClusterAndAcknowledgedWhenTheCommitReturns() {
    member.acknowledgeEverything();
    long revision = change("from the publisher");

    long started = System.nanoTime();
    transactions.commit();

    assertTrue(System.nanoTime() - started < Duration.ofSeconds(15).toNanos(), "waited in vain");
    StageSnapshot stage = assertInstanceOf(StageSnapshot.class, inCluster(STAGE_KEY));
    assertEquals("from the publisher", stage.stage().description());
    assertEquals(revision, stage.revision());
    assertTrue(member.acknowledgements().containsKey(STAGE_KEY + "@node-1"));
  }

  @Test
  @Order(5)
  void aNodeThatDoesNotAnswerHoldsNobodyUpForLong() {
    Publisher impatient =
        new Publisher(cluster, transactions, snapshots, kit.revisions, Duration.ofMillis(1));
    kit.database.run(
        () -> impatient.gone(kit.plans.create(ALICE, UsagePlan.builder().id("p9").build())));

    transactions.commit();

    assertInstanceOf(Tombstone.class, inCluster("plan/" + ALICE.account() + "/p9"));
    kit.database.run(() -> kit.plans.delete(kit.plans.lock(ALICE, "p9")));
  }

  @Test
  @Order(6)
  void anOlderSnapshotNeverReplacesALaterOne() {
    StageSnapshot later = (StageSnapshot) inCluster(STAGE_KEY);
    StageSnapshot older =
        new StageSnapshot(
            later.revision() - 1,
            later.account(),
            later.region(),
            later.apiId(),
            later.stage().toBuilder().description("old").build(),
            later.definition());

    assertFalse(SnapshotMap.putIfNewer(member.snapshots(), older));
    assertFalse(SnapshotMap.putIfNewer(member.snapshots(), later));
    assertEquals(later, inCluster(STAGE_KEY));
  }

  @Test
  @Order(6)
  void ofManySnapshotsEachNewerOneIsPut() {
    List<Snapshot> many =
        IntStream.range(0, 200)
            .<Snapshot>mapToObj(i -> new Tombstone("plan/111111111111/many" + i, 10))
            .toList();
    SnapshotMap.putIfNewer(member.snapshots(), new Tombstone("plan/111111111111/many7", 99));

    SnapshotMap.putAllIfNewer(member.snapshots(), many);

    assertEquals(99, inCluster("plan/111111111111/many7").revision());
    many.stream()
        .map(Snapshot::key)
        .filter(key -> !key.endsWith("many7"))
        .forEach(key -> assertEquals(10, inCluster(key).revision()));
    many.forEach(snapshot -> member.snapshots().remove(snapshot.key()));
  }

  @Test
  @Order(7)
  void whatTheClusterMissedIsMadeUpFor() throws Exception {
    long revision = change("never published");

    assertEquals(1, reconciler.reconcile().published());

    assertEquals(revision, inCluster(STAGE_KEY).revision());
  }

  @Test
  @Order(8)
  void aDamagedSnapshotIsReplaced() throws Exception {
    member.snapshots().put(STAGE_KEY, new byte[] {1, 2, 3});

    assertEquals(1, reconciler.reconcile().published());

    assertInstanceOf(StageSnapshot.class, inCluster(STAGE_KEY));
  }

  @Test
  @Order(9)
  void whatTheDatabaseDoesNotKnowIsBuried() throws Exception {
    PlanSnapshot stranger =
        new PlanSnapshot(Long.MAX_VALUE / 2, "999999999999", "ghost", Set.of("a:b"));
    member.put(stranger);

    assertEquals(1, reconciler.reconcile().buried());

    Tombstone tombstone = assertInstanceOf(Tombstone.class, inCluster(stranger.key()));
    assertEquals(stranger.revision() + 1, tombstone.revision());
    assertEquals(0, reconciler.reconcile().buried());
  }

  @Test
  @Order(10)
  void afterARestoreTheDatabaseWinsOverALaterSnapshot() throws Exception {
    StageSnapshot now = (StageSnapshot) inCluster(STAGE_KEY);
    StageSnapshot later =
        new StageSnapshot(
            now.revision() + 1_000_000_000_000L,
            now.account(),
            now.region(),
            now.apiId(),
            now.stage().toBuilder().description("from the future").build(),
            now.definition());
    member.put(later);

    assertEquals(1, reconciler.reconcile().published());

    StageSnapshot after = (StageSnapshot) inCluster(STAGE_KEY);
    assertEquals("never published", after.stage().description());
    assertTrue(after.revision() > later.revision());
    StoredStage row = kit.database.inTransaction(() -> kit.stages.get(ALICE, "api1", "prod"));
    assertEquals(after.revision(), row.revision());
  }

  @Test
  @Order(11)
  void tombstonesAndAcknowledgementsOfGoneNodesAreSweptAfterADay() throws Exception {
    long now = System.currentTimeMillis();
    long old = now - Duration.ofHours(25).toMillis();
    long young = now - Duration.ofHours(23).toMillis();
    member.put(new Tombstone("plan/1/old", old));
    member.put(new Tombstone("plan/1/young", young));
    member.acknowledge("gone-node", STAGE_KEY, 1, old);
    member.acknowledge("just-gone-node", STAGE_KEY, 1, young);
    member.acknowledge("node-1", STAGE_KEY, 1, old);
    member.acknowledgements().put("unreadable", "{");

    reconciler.reconcile();

    assertFalse(member.snapshots().containsKey("plan/1/old"));
    assertTrue(member.snapshots().containsKey("plan/1/young"));
    assertFalse(member.acknowledgements().containsKey(STAGE_KEY + "@gone-node"));
    assertTrue(member.acknowledgements().containsKey(STAGE_KEY + "@just-gone-node"));
    assertTrue(member.acknowledgements().containsKey(STAGE_KEY + "@node-1"));
    assertFalse(member.acknowledgements().containsKey("unreadable"));
  }

  @Test
  @Order(12)
  void aServerThatEndsBetweenADeletionsCommitAndItsPublicationLeavesNothingServed()
      throws Exception {
    kit.database.run(() -> kit.apis.delete(ALICE, "api1"));
    assertInstanceOf(StageSnapshot.class, inCluster(STAGE_KEY));

    assertEquals(1, reconciler.reconcile().buried());

    assertInstanceOf(Tombstone.class, inCluster(STAGE_KEY));
    assertEquals(0, reconciler.reconcile().buried());
  }

  private long change(String description) {
    return kit.database.inTransaction(
        () -> {
          StoredStage stage = kit.stages.lock(ALICE, "api1", "prod");
          kit.stages.replace(stage, stage.body().toBuilder().description(description).build());
          publisher.changed(stage);
          return stage.revision();
        });
  }

  private Snapshot inCluster(String key) {
    return member.snapshot(key).orElseThrow();
  }
}
