package io.gatehouse.operate;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;

/**
 * Says in one line whether the control plane's database lets us in, before a server is started that
 * would bury the reason in its log.
 */
public final class DatabaseCheck {

  private static final int SECONDS = 10;

  private DatabaseCheck() {}

  /** Takes the address, user and password from the environment and ends with 0 or 1. */
  public static void main(String[] arguments) {
    Map<String, String> environment = System.getenv();
    String url = environment.getOrDefault("GATEHOUSE_DB_URL", "");
    String user = environment.getOrDefault("GATEHOUSE_DB_USER", "");
    DriverManager.setLoginTimeout(SECONDS);
    try (Connection connection =
        DriverManager.getConnection(
            url, user, environment.getOrDefault("GATEHOUSE_DB_PASSWORD", ""))) {
      if (!connection.isValid(SECONDS)) {
        refuse(url, user, "it does not answer");
      }
    } catch (SQLException e) {
      refuse(url, user, e.getMessage().lines().findFirst().orElse("no reason given"));
    }
  }

  private static void refuse(String url, String user, String reason) {
    System.err.printf(
        "cannot open the database %s as user '%s': %s%n"
            + "(set GATEHOUSE_DB_URL, GATEHOUSE_DB_USER and GATEHOUSE_DB_PASSWORD)%n",
        url.replaceAll("(?i)(password=)[^&;]*", "$1***"), user, reason);
    System.exit(1);
  }
}
