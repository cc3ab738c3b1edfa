package io.gatehouse.admin.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.guard.AccessKey;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ManagedPolicies;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Access keys from before there were users go on as they were. */
class IamMigrationTest {

  private static final String ACCOUNT = "313131313131";
  private static final String LIMIT =
      "{\n  \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"apigateway:*\", \"Resource\": \"*\"}}";

  @ParameterizedTest
  @EnumSource(Database.Kind.class)
  void anAccessKeyBecomesTheKeyOfAUserOfItsName(Database.Kind kind) throws Exception {
    try (Database database = Database.open(kind, "8", IamMigrationTest::keys)) {
      Kit kit = new Kit(database);
      AccessKey owner = found(kit, "AKIAOLDOWNER");
      String arn = "arn:aws:iam::" + ACCOUNT + ":user/AKIAOLDOWNER";
      assertEquals(arn, owner.principalArn());
      assertEquals(Caller.derivedId(arn), owner.userId());
      assertEquals("secret of AKIAOLDOWNER", owner.secret());
      assertEquals(Optional.empty(), owner.grants().boundary());

      List<TenantAccessKey> shown = database.inTransaction(() -> kit.tenants.accessKeys(ACCOUNT));
      assertEquals(
          List.of(Caller.Role.OWNER, Caller.Role.VIEWER),
          shown.stream().map(TenantAccessKey::role).toList());
      assertEquals(Optional.of(LIMIT), shown.getLast().policy());
      assertTrue(found(kit, "AKIAOLDVIEWER").grants().boundary().isPresent());
      assertEquals(
          List.of(ManagedPolicies.of(Caller.Role.VIEWER).document(), LIMIT),
          database.inTransaction(
              () -> {
                EffectivePolicies.Texts texts = kit.policies.of(shown.getLast().user());
                return List.of(texts.identity().getFirst(), texts.boundary().orElse(""));
              }));
      assertTrue(
          database
              .inTransaction(() -> kit.published.things())
              .containsKey("principal/" + ACCOUNT + "/user/AKIAOLDVIEWER"));
    }
  }

  private static AccessKey found(Kit kit, String id) {
    return kit.database
        .inTransaction(() -> kit.storedAccessKeys().find(id, Optional.empty()))
        .orElseThrow();
  }

  /** As the version before wrote them. */
  private static void keys(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      connection
          .createStatement()
          .execute(
              "insert into tenant (ordinal, account, name, created) values (1, '"
                  + ACCOUNT
                  + "', 'Old', 5)");
      insert(connection, 2, "AKIAOLDOWNER", "OWNER", null);
      insert(connection, 3, "AKIAOLDVIEWER", "VIEWER", LIMIT);
      connection.createStatement().execute("alter sequence ordinal_seq restart with 4");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void insert(
      Connection connection, int ordinal, String id, String role, String policy)
      throws SQLException {
    Secrets secrets = new Secrets(new byte[32], new java.security.SecureRandom());
    try (PreparedStatement insert =
        connection.prepareStatement(
            "insert into access_key (ordinal, account, access_key_id, sealed_secret, role, active,"
                + " created, policy) values (?, ?, ?, ?, ?, true, 7, ?)")) {
      insert.setInt(1, ordinal);
      insert.setString(2, ACCOUNT);
      insert.setString(3, id);
      insert.setString(4, secrets.seal(ACCOUNT, id, "secret of " + id));
      insert.setString(5, role);
      insert.setString(6, policy);
      insert.execute();
    }
  }
}
