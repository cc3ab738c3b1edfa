package io.gatehouse.admin.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Brings a database's tables up to what this version needs. */
public final class Migrations {

  private Migrations() {}

  /**
   * @param dataSource one without the container's transactions
   * @throws DatabaseUnavailable with a sentence for the operator, when there is no connection to be
   *     had
   */
  static void migrate(DataSource dataSource) {
    Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration/common", "classpath:db/migration/" + vendor(dataSource))
        .load()
        .migrate();
  }

  private static String vendor(DataSource dataSource) {
    try (Connection connection = dataSource.getConnection()) {
      return connection.getMetaData().getDatabaseProductName().toLowerCase(Locale.ROOT);
    } catch (SQLException e) {
      throw new DatabaseUnavailable(e);
    }
  }
}
