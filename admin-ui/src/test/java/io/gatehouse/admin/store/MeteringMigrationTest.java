package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.snapshot.Quota;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What somebody had set as left of quotas, before nodes counted, still holds. */
class MeteringMigrationTest {

  private static final String ACCOUNT = "414141414141";

  /** 2026-06-03, a Wednesday. */
  private static final long DAY = 20_607;

  @ParameterizedTest
  @EnumSource(Database.Kind.class)
  void whatWasLeftBecomesATotal(Database.Kind kind) throws Exception {
    try (Database database = Database.open(kind, "10", MeteringMigrationTest::rows)) {
      Kit kit = new Kit(database);

      List<StoredQuotaGrant> grants =
          database.inTransaction(() -> kit.usage.lastGrants(ACCOUNT, List.of("key1")));
      assertEquals(
          Map.of(
              "monthly", new Quota.Total(Quota.Period.MONTH, DAY - 2, 7),
              "weekly", new Quota.Total(Quota.Period.WEEK, DAY - 3, 8),
              "daily", new Quota.Total(Quota.Period.DAY, DAY, 9)),
          Map.of(
              grants.get(0).planId(), grants.get(0).total(),
              grants.get(1).planId(), grants.get(1).total(),
              grants.get(2).planId(), grants.get(2).total()));
      List<StoredPlanKey> memberships =
          database.inTransaction(() -> kit.plans.memberships(ACCOUNT, List.of("key1")));
      assertEquals(3, memberships.size());
      assertEquals(Optional.empty(), memberships.getFirst().joinedOn());
      assertEquals(
          Optional.empty(),
          database.inTransaction(() -> kit.tenants.find(ACCOUNT)).orElseThrow().throttle());
    }
  }

  /** As the version before wrote them. */
  private static void rows(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "insert into tenant (ordinal, account, name, created) values (1, '%s', 'Old', 5)"
              .formatted(ACCOUNT));
      sql.execute(
          "insert into api_key (ordinal, account, key_id, sealed_value, sha256, body, revision)"
              + " values (2, '%s', 'key1', 's', '%s', '{}', 1)"
                  .formatted(ACCOUNT, "ab".repeat(32)));
      plan(
          sql,
          10,
          "monthly",
          "{\"id\":\"monthly\",\"quota\":{\"limit\":5,\"period\":\"MONTH\"}}",
          7);
      plan(sql, 20, "weekly", "{\"id\":\"weekly\",\"quota\":{\"limit\":5,\"period\":\"WEEK\"}}", 8);
      plan(
          sql,
          30,
          "daily",
          "{\"id\":\"daily\",\"name\":\"\\\"period\\\":\\\"WEEK\\\"\",\"quota\":{\"limit\":5,\"period\":\"DAY\"}}",
          9);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void plan(Statement sql, int ordinal, String id, String body, int remaining)
      throws SQLException {
    sql.execute(
        "insert into usage_plan (ordinal, account, plan_id, body, revision) values (%d, '%s', '%s', '%s', 1)"
            .formatted(ordinal, ACCOUNT, id, body));
    sql.execute(
        "insert into plan_key (ordinal, account, plan_id, key_id) values (%d, '%s', '%s', 'key1')"
            .formatted(ordinal + 1, ACCOUNT, id));
    sql.execute(
        ("insert into usage_grant (ordinal, account, plan_id, key_id, granted_on, remaining)"
                + " values (%d, '%s', '%s', 'key1', %d, %d)")
            .formatted(ordinal + 2, ACCOUNT, id, DAY, remaining));
  }
}
