package io.gatehouse.admin.store;

import static io.gatehouse.admin.store.Kit.ALICE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.util.Optional;
import javax.transaction.xa.XAException;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DatabaseFailuresTest {

  private static final String BUSY = "Another change to the same thing takes too long.";
  private static final String AWAY = "The database cannot be reached at the moment.";

  private final DatabaseFailures failures = new DatabaseFailures();

  @ParameterizedTest
  @EnumSource(Database.Kind.class)
  void aRowThatSomebodyElseHoldsForTooLongIsBusy(Database.Kind kind) throws Exception {
    try (Database database = Database.open(kind);
        Connection other = database.dataSource().getConnection();
        Statement holding = other.createStatement()) {
      Kit kit = new Kit(database);
      database.run(() -> kit.apis.create(ALICE, Kit.mock("held")));
      other.setAutoCommit(false);
      holding.execute("select * from api where api_id = 'held' for update");

      Exception seen =
          assertThrows(
              Exception.class,
              () ->
                  database.run(
                      () -> {
                        patience(kind, database);
                        kit.apis.hold(ALICE, "held");
                      }));

      assertPassing(BUSY, seen);
      other.rollback();
    }
  }

  private static void patience(Database.Kind kind, Database database) {
    database
        .rows()
        .createNativeQuery(
            switch (kind) {
              case H2 -> "set lock_timeout 100";
              case POSTGRESQL -> "set lock_timeout = 100";
            })
        .executeUpdate();
  }

  @Test
  void aConnectionThatTheServerCutsIsAway() throws Exception {
    try (Database database = Database.open(Database.Kind.POSTGRESQL)) {
      Kit kit = new Kit(database);

      Exception seen =
          assertThrows(
              Exception.class,
              () ->
                  database.run(
                      () -> {
                        cutAllOthers(database);
                        kit.apis.find(ALICE, "a");
                      }));

      assertPassing(AWAY, seen);
    }
  }

  private static void cutAllOthers(Database database) {
    database.rows().createNativeQuery("select 1").getSingleResult();
    try (Connection other = database.dataSource().getConnection();
        Statement statement = other.createStatement()) {
      statement.execute(
          "select pg_terminate_backend(pid) from pg_stat_activity"
              + " where pid <> pg_backend_pid() and datname = current_database()");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void noConnectionAtAllIsAway() {
    JdbcDataSource nowhere = new JdbcDataSource();
    nowhere.setURL("jdbc:h2:mem:nobody-made-it;IFEXISTS=TRUE");

    SQLException seen = assertThrows(SQLException.class, nowhere::getConnection);

    assertPassing(AWAY, seen);
    assertPassing(AWAY, new RuntimeException(new SQLTransientConnectionException("pool is empty")));
    assertPassing(AWAY, new RuntimeException(new SQLException("refused", "08001")));
  }

  @Test
  void aCommitWhoseEndNobodySawIsNotSaidToHaveChangedNothing() {
    assertPassing(
        "The database was lost while the change was being written.",
        new RuntimeException(new XAException(XAException.XAER_RMFAIL)));
  }

  @Test
  void mistakesOfOursStayMistakes() {
    assertEquals(Optional.empty(), failures.passing(new IllegalStateException("bug")));
    assertEquals(Optional.empty(), failures.passing(new SQLException("no such column", "42703")));
    assertEquals(Optional.empty(), failures.passing(ApiError.notFound("nothing")));
  }

  private void assertPassing(String sentence, Throwable failure) {
    ApiError error = failures.passing(failure).orElseThrow(() -> new AssertionError(failure));
    assertEquals(ApiError.Kind.SERVICE_UNAVAILABLE, error.kind());
    assertTrue(error.getMessage().startsWith(sentence), error.getMessage());
  }
}
