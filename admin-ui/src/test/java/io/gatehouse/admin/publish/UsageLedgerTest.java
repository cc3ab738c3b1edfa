package io.gatehouse.admin.publish;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.Period;
import io.gatehouse.runtime.limit.QuotaKey;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

/** What nodes count comes into the database, and back into a cluster that has lost it. */
class UsageLedgerTest {

  private static final long TODAY = LocalDate.ofInstant(NOON, ZoneOffset.UTC).toEpochDay();
  private static final QuotaKey DAILY = key("plan1", "key1", Period.DAY, TODAY);
  private static final QuotaKey MONTHLY = key("plan1", "key2", Period.MONTH, TODAY);

  private final RememberedCounters cluster = new RememberedCounters();

  @ParameterizedTest
  @EnumSource(Database.Kind.class)
  void whatChangesIsKeptAndWhatIsToldAgainChangesNothing(Database.Kind kind) throws Exception {
    try (Database database = Database.open(kind)) {
      Kit kit = kit(database);
      TransactionalCounts rows = new TransactionalCounts(kit);
      UsageLedger ledger = new UsageLedger(cluster, rows, kit.clock);
      cluster.told(DAILY, "node-1", 20, 5);
      cluster.told(MONTHLY, "node-1", 20, 7);

      assertEquals(2, ledger.drain());
      assertEquals(0, ledger.drain());
      cluster.told(DAILY, "node-2", 10, 1);
      assertEquals(1, ledger.drain());

      assertEquals(6, rows.used(DAILY));
      assertEquals(7, rows.used(MONTHLY));
      // Of another control plane, which begins with all.
      assertEquals(2, new UsageLedger(cluster, rows, kit.clock).drain());
      assertEquals(6, rows.used(DAILY));
    }
  }

  @Test
  void whatCouldNotBeKeptIsKeptLater() throws Exception {
    try (Database database = Database.open(Database.Kind.H2)) {
      Kit kit = kit(database);
      TransactionalCounts rows = new TransactionalCounts(kit);
      UsageLedger ledger = new UsageLedger(cluster, rows, kit.clock);
      cluster.told(DAILY, "node-1", 20, 5);
      rows.down = true;
      assertThrows(IllegalStateException.class, ledger::drain);
      cluster.unreachable(true);
      assertThrows(ClusterUnavailable.class, ledger::drain);
      cluster.unreachable(false);
      rows.down = false;

      assertEquals(1, ledger.drain());

      assertEquals(5, rows.used(DAILY));
    }
  }

  @Test
  void aClusterThatWasLostIsToldWhatWasUsedAndLeased() throws Exception {
    try (Database database = Database.open(Database.Kind.H2)) {
      Kit kit = kit(database);
      TransactionalCounts rows = new TransactionalCounts(kit);
      UsageLedger ledger = new UsageLedger(cluster, rows, kit.clock);
      for (int i = 0; i < 450; i++) {
        cluster.told(key("plan1", "many" + i, Period.WEEK, TODAY - 1), "node-1", 0, 0, i);
      }
      cluster.told(DAILY, "node-1", 20, 5);
      cluster.told(MONTHLY, "node-1", 20, 7);
      cluster.told(key("plan1", "key1", Period.NONE, TODAY), "node-1", 0, 3);
      cluster.told(key("plan1", "key1", Period.DAY, TODAY - 1), "node-1", 9, 9);
      ledger.drain();
      cluster.forget();
      cluster.told(DAILY, "node-1", 15, 4);
      ledger.drain();
      assertEquals(5, rows.used(DAILY), "less than was known is no news");

      assertEquals(453, ledger.restore(), "and not what was yesterday's");

      assertEquals(
          new NodeCount(true, 20, 0, new long[] {5}),
          cluster.find(Set.of(DAILY)).get(DAILY).nodes().get("node-1"));
      assertEquals(20, cluster.find(Set.of(MONTHLY)).get(MONTHLY).committed());
      assertEquals(453, cluster.changedSince(0).size());
    }
  }

  @Test
  void countsOfAYearAgoAreForgotten() throws Exception {
    try (Database database = Database.open(Database.Kind.H2)) {
      Kit kit = kit(database);
      TransactionalCounts rows = new TransactionalCounts(kit);
      QuotaKey old = key("plan1", "key1", Period.DAY, TODAY - 401);
      cluster.told(old, "node-1", 1, 1);
      cluster.told(DAILY, "node-1", 1, 1);
      new UsageLedger(cluster, rows, kit.clock).drain();

      int forgotten = kit.database.inTransaction(() -> kit.usageCounts.forget(TODAY - 400, 500));

      assertEquals(1, forgotten);
      assertEquals(0, rows.used(old));
      assertEquals(1, rows.used(DAILY));
    }
  }

  private static Kit kit(Database database) {
    Kit kit = new Kit(database);
    kit.database.run(
        () -> kit.plans.create(ALICE, UsagePlan.builder().id("plan1").name("p").build()));
    return kit;
  }

  private static QuotaKey key(String plan, String key, Period period, long start) {
    return new QuotaKey(ALICE.account(), plan, key, period, start);
  }
}
