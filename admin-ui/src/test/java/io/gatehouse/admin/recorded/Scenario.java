package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.InputStream;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of a recording, with what the recording leaves out filled in by {@code
 * amendments.json}: the calls that were made inside helpers, and the values of variables.
 *
 * @param name as {@code stage/stage-access-log-settings}
 * @param recorded answers by their keys
 * @param values of variables that no answer tells
 * @param left keys that are not replayed, and why
 */
record Scenario(
    String name,
    List<Step> steps,
    JsonObject recorded,
    Map<String, String> values,
    Map<String, String> left) {

  /** The account in the recordings. */
  static final String ACCOUNT = "111111111111";

  private static final JsonObject AMENDMENTS = amendments();

  /** What the recorder's helper gives an API that a scenario gives no name. */
  private static final JsonObject NAMED =
      JSON.createObjectBuilder().add("name", "test-api-<value>").build();

  /**
   * A call of the management API.
   *
   * @param keys under which the answer was recorded; none: it was not, and had to succeed
   * @param as what later steps call the answer, empty for nothing
   * @param each values that a loop around the step gave to its variable, empty for no loop
   */
  record Step(String call, JsonObject with, List<String> keys, String as, List<String> each) {

    static Step of(JsonObject step, List<String> each) {
      JsonObject with = object(step, "with");
      return new Step(
          step.getString("call"),
          with.isEmpty() && step.getString("call").equals("CreateRestApi") ? NAMED : with,
          list(step, "recorded_as"),
          step.getString("as", ""),
          each);
    }
  }

  /** An entry as if it had been recorded in that account. */
  static Scenario of(String file, String entry, JsonObject json, String account) {
    String name = file.replace(".json", "") + "/" + entry;
    JsonObject mine = as(account, json);
    JsonObject amendment = as(account, amendment(name));
    Map<String, String> values = texts(as(account, amendment("*")), "values");
    values.putAll(texts(amendment, "values"));
    Map<String, String> left = texts(amendment, "left");
    mine.getJsonObject("recorded").keySet().stream()
        .filter(key -> isOfOthers(mine, key))
        .forEach(key -> left.put(key, "not an answer of the management API"));
    return new Scenario(
        name,
        steps(mine.getJsonArray("steps"), amendment),
        mine.getJsonObject("recorded"),
        values,
        left);
  }

  private static JsonObject as(String account, JsonObject json) {
    try (var reader =
        JSON.createReader(new StringReader(json.toString().replace(ACCOUNT, account)))) {
      return reader.readObject();
    }
  }

  /** Whether that answer was a gateway node's or another service's. */
  static boolean isOfOthers(JsonObject entry, String key) {
    for (JsonValue value : entry.getJsonArray("steps")) {
      JsonObject step = value.asJsonObject();
      boolean named =
          list(step, "recorded_as").stream()
              .anyMatch(name -> key.matches(name.replaceAll("<[^<>]*>", ".+")));
      if (named && !isManagementCall(step)) {
        return true;
      }
    }
    return false;
  }

  private static List<Step> steps(JsonArray recorded, JsonObject amendment) {
    List<Step> steps = new ArrayList<>();
    addAll(steps, amendment, "before");
    addAll(steps, amendment, "steps");
    JsonObject instead = object(amendment, "instead");
    List<String> each = List.of();
    for (int i = 0; i < recorded.size() && !amendment.containsKey("steps"); i++) {
      String index = String.valueOf(i);
      JsonObject step = recorded.getJsonObject(i);
      if (step.containsKey("for each of")) {
        each = step.getJsonArray("for each of").stream().map(Scenario::text).toList();
      } else if (instead.containsKey(index)) {
        addAll(steps, instead, index);
      } else if (isManagementCall(step)) {
        steps.add(Step.of(with(step, object(object(amendment, "with"), index)), each));
      }
    }
    return steps;
  }

  private static JsonObject with(JsonObject step, JsonObject members) {
    JsonObjectBuilder with = JSON.createObjectBuilder(object(step, "with"));
    members.forEach(with::add);
    return JSON.createObjectBuilder(step).add("with", with).build();
  }

  private static void addAll(List<Step> steps, JsonObject from, String name) {
    if (from.containsKey(name)) {
      from.getJsonArray(name).forEach(step -> steps.add(Step.of(step.asJsonObject(), List.of())));
    }
  }

  private static String text(JsonValue value) {
    return value instanceof JsonString text ? text.getString() : value.toString();
  }

  /** Other services have a colon in their names, the recorder's helpers a bracket or a plus. */
  private static boolean isManagementCall(JsonObject step) {
    String call = step.getString("call", ":");
    return !call.matches(".*[:(+].*");
  }

  /** What is said of one scenario, or of several that begin alike, as {@code mock/x[*}. */
  private static JsonObject amendment(String name) {
    for (Map.Entry<String, JsonValue> one : AMENDMENTS.entrySet()) {
      String key = one.getKey();
      boolean prefix = key.length() > 1 && key.endsWith("*");
      if (key.equals(name) || prefix && name.startsWith(key.substring(0, key.length() - 1))) {
        return one.getValue().asJsonObject();
      }
    }
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  private static JsonObject object(JsonObject in, String name) {
    return in.containsKey(name) ? in.getJsonObject(name) : JsonValue.EMPTY_JSON_OBJECT;
  }

  private static Map<String, String> texts(JsonObject in, String name) {
    Map<String, String> texts = new TreeMap<>();
    object(in, name).forEach((key, text) -> texts.put(key, ((JsonString) text).getString()));
    return texts;
  }

  private static List<String> list(JsonObject in, String name) {
    return in.containsKey(name)
        ? in.getJsonArray(name).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList()
        : List.of();
  }

  private static JsonObject amendments() {
    InputStream in = Scenario.class.getResourceAsStream("amendments.json");
    try (var reader = JSON.createReader(in)) {
      return reader.readObject();
    }
  }
}
