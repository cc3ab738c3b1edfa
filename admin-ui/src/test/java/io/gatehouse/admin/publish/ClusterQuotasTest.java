package io.gatehouse.admin.publish;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.runtime.cluster.ClusterMember;
import io.gatehouse.runtime.cluster.Discovery.Addresses;
import io.gatehouse.runtime.cluster.SnapshotDisk;
import io.gatehouse.runtime.cluster.SnapshotFeed;
import io.gatehouse.runtime.cluster.Spools;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.limit.LimitOwners;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaAnswer;
import io.gatehouse.runtime.limit.QuotaAsk;
import io.gatehouse.runtime.limit.QuotaKey;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** The ledger and a real node, which leases from counters that it owns itself. */
class ClusterQuotasTest {

  private static final int PORT = 19_255;
  private static final QuotaKey KEY =
      new QuotaKey(
          ALICE.account(),
          "plan1",
          "key1",
          Period.MONTH,
          LocalDate.ofInstant(NOON, ZoneOffset.UTC).toEpochDay());

  @TempDir private Path directory;

  private final Semaphore connections = new Semaphore(0);

  @Test
  void whatANodeHasUsedSurvivesTheWholeCluster() throws Exception {
    try (Database database = Database.open(Database.Kind.H2)) {
      Kit kit = new Kit(database);
      database.run(
          () -> kit.plans.create(ALICE, UsagePlan.builder().id("plan1").name("p").build()));
      ClusterClient client =
          new ClusterClient("quotas-test", new Addresses(List.of("127.0.0.1:" + PORT)));
      client.onConnect(connections::release);
      ClusterQuotas quotas = new ClusterQuotas(client);
      UsageLedger ledger = new UsageLedger(quotas, new TransactionalCounts(kit), kit.clock);
      assertThrows(ClusterUnavailable.class, ledger::drain);
      try (ClusterMember node = node("first")) {
        connected();
        QuotaAnswer leased = ask(node, new QuotaAsk("node-1", 0, 0, new long[0], 30, 0, 100, 0));
        assertEquals(30, leased.committed());
        ask(node, new QuotaAsk("node-1", 30, 0, new long[] {12}, 0, 0, 100, 0));

        assertEquals(12, quotas.find(Set.of(KEY)).get(KEY).used());
        assertEquals(1, ledger.drain());
        assertEquals(0, ledger.drain());
      }
      try (ClusterMember node = node("second")) {
        connected();
        assertEquals(Map.of(), quotas.find(Set.of(KEY)));

        assertEquals(1, ledger.restore());

        assertEquals(12, quotas.find(Set.of(KEY)).get(KEY).used());
        ask(node, new QuotaAsk("node-2", 0, 0, new long[0], 100, 0, 100, 0));
        assertEquals(
            70,
            quotas.find(Set.of(KEY)).get(KEY).nodes().get("node-2").leased(),
            "the others are still the first node's");
      } finally {
        client.close();
      }
    }
  }

  private void connected() throws InterruptedException {
    assertTrue(connections.tryAcquire(60, TimeUnit.SECONDS), "the client did not find the node");
  }

  private ClusterMember node(String disk) throws Exception {
    CountDownLatch swept = new CountDownLatch(1);
    ClusterMember node =
        new ClusterMember(
            new ClusterMember.Place(
                "quotas-test",
                "127.0.0.1",
                PORT,
                new Addresses(List.of("127.0.0.1:" + PORT)),
                "node-1",
                "127.0.0.1:8081"),
            new SnapshotFeed(
                "node-1",
                new LiveSnapshots(),
                null, // no stage is served
                null,
                new SnapshotDisk(directory.resolve(disk)),
                gone -> {},
                time -> {},
                InstantSource.system()),
            Functions.NONE,
            new Spools(Map.of()),
            Optional.empty(),
            InstantSource.system(),
            System::nanoTime);
    node.start(swept::countDown);
    assertTrue(swept.await(60, TimeUnit.SECONDS), node::trouble);
    return node;
  }

  private static QuotaAnswer ask(ClusterMember node, QuotaAsk ask) throws Exception {
    CompletableFuture<QuotaAnswer> answer = new CompletableFuture<>();
    node.limits()
        .owners()
        .askQuotas(
            Map.of(KEY.text(), ask),
            new LimitOwners.Reply<>() {
              @Override
              public void answered(Map<String, QuotaAnswer> answers) {
                answer.complete(answers.get(KEY.text()));
              }

              @Override
              public void failed(String why) {
                answer.completeExceptionally(new IllegalStateException(why));
              }
            });
    return answer.get(60, TimeUnit.SECONDS);
  }
}
