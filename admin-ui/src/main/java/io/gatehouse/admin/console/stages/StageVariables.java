package io.gatehouse.admin.console.stages;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.Stage;

/** What it takes to give a stage the variables that a form has. */
final class StageVariables {

  /** One line of the form. */
  record Row(String name, String value) {}

  private StageVariables() {}

  /** By name, as they are listed. */
  static List<Row> of(Stage stage) {
    List<Row> rows = new ArrayList<>();
    new TreeMap<>(stage.variables()).forEach((name, value) -> rows.add(new Row(name, value)));
    return rows;
  }

  /**
   * Without lines that are empty.
   *
   * @throws ApiError bad request, for lines of which one would be lost
   */
  static Map<String, String> map(List<Row> rows) {
    Map<String, String> variables = new LinkedHashMap<>();
    for (Row row : rows) {
      String name = row.name().strip();
      String value = row.value().strip();
      if (name.isEmpty() && value.isEmpty()) {
        continue;
      }
      if (name.isEmpty()) {
        throw ApiError.badRequest("The variable with the value " + value + " has no name");
      }
      if (variables.put(name, value) != null) {
        throw ApiError.badRequest("Two variables have the name " + name);
      }
    }
    return variables;
  }

  /** Only what differs. */
  static List<StageWrite> writes(Stage before, List<Row> rows) {
    Map<String, String> next = map(rows);
    List<StageWrite> writes = new ArrayList<>();
    before.variables().keySet().stream()
        .filter(name -> !next.containsKey(name))
        .sorted()
        .forEach(name -> writes.add(StageWrite.remove(StageWrite.variable(name), label(name))));
    next.forEach(
        (name, value) -> {
          if (!value.equals(before.variables().get(name))) {
            writes.add(StageWrite.set(StageWrite.variable(name), label(name), value));
          }
        });
    return writes;
  }

  private static String label(String name) {
    return "Variable " + name;
  }
}
