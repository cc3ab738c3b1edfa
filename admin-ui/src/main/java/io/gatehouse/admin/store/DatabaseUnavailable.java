package io.gatehouse.admin.store;

import java.sql.SQLException;

/** No connection to the database: it is down, or it does not take our user and password. */
public final class DatabaseUnavailable extends RuntimeException {

  DatabaseUnavailable(SQLException cause) {
    super(sentence(cause), cause);
  }

  private static String sentence(SQLException cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String reason = root.getMessage() == null ? root.toString() : root.getMessage();
    return "No connection to the database: "
        + reason.lines().findFirst().orElse("").strip()
        + ". Check GATEHOUSE_DB_URL, GATEHOUSE_DB_USER and GATEHOUSE_DB_PASSWORD.";
  }
}
