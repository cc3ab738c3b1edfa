package io.gatehouse.admin.whole;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;

/** Tells whether what an H2 database holds has changed. The audit's notes are not looked at. */
final class Fingerprint {

  private final DataSource database;
  private final Map<String, Table> tables = new TreeMap<>();

  /**
   * @param modification H2 counts every change of a table, also those that are taken back
   * @param content what it held then, as one number
   */
  private record Table(long modification, long content) {}

  Fingerprint(DataSource database) {
    this.database = database;
  }

  /** What all tables hold, as one number. */
  long content() {
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, Long> table : modifications(statement).entrySet()) {
        Table known = tables.get(table.getKey());
        if (known == null || known.modification() != table.getValue()) {
          long content = rows(statement, table.getKey());
          tables.put(table.getKey(), new Table(table.getValue(), content));
        }
      }
      return tables.values().stream().mapToLong(Table::content).reduce(7, (a, b) -> a * 31 + b);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All rows that have the account in a column, the audit's among them. */
  String rowsOf(String account) {
    StringBuilder all = new StringBuilder();
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      for (String table : accountTables(statement)) {
        try (ResultSet rows =
            statement.executeQuery(
                "select * from \"" + table + "\" where account = '" + account + "'")) {
          List<String> texts = new ArrayList<>();
          while (rows.next()) {
            texts.add(row(rows));
          }
          all.append(table).append(texts.stream().sorted().toList()).append('\n');
        }
      }
      return all.toString();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> accountTables(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet tables =
        statement.executeQuery(
            "select table_name from information_schema.columns where table_schema = 'PUBLIC'"
                + " and column_name ilike 'account' order by table_name")) {
      while (tables.next()) {
        names.add(tables.getString(1));
      }
    }
    return names;
  }

  private static String row(ResultSet rows) throws SQLException {
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
      columns.add(rows.getString(i));
    }
    return columns.toString();
  }

  private static Map<String, Long> modifications(Statement statement) throws SQLException {
    Map<String, Long> modifications = new TreeMap<>();
    try (ResultSet tables =
        statement.executeQuery(
            "select table_name, last_modification from information_schema.tables"
                + " where table_schema = 'PUBLIC' and table_name not ilike '%audit%'")) {
      while (tables.next()) {
        modifications.put(tables.getString(1), tables.getLong(2));
      }
    }
    return modifications;
  }

  private static long rows(Statement statement, String table) throws SQLException {
    long sum = 0;
    try (ResultSet rows = statement.executeQuery("select * from \"" + table + "\"")) {
      int columns = rows.getMetaData().getColumnCount();
      while (rows.next()) {
        long row = 7;
        for (int i = 1; i <= columns; i++) {
          row = row * 31 + String.valueOf(rows.getString(i)).hashCode();
        }
        sum += row;
      }
    }
    return sum;
  }
}
