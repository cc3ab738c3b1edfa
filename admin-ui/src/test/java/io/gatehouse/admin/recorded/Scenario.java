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
 * One entry of a recording, with what the recording leaves out filled in: by {@code
 * amendments.json} the calls that were made inside helpers, and the values of variables; by {@code
 * requests.json}, which has the same form and goes before, the requests to the deployed API.
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

  private static final JsonObject AMENDMENTS = resource("amendments.json");
  private static final JsonObject REQUESTS = resource("requests.json");
  private static final JsonObject ADAPTATIONS = resource("adaptations.json");

  /** What the recorder's helper gives an API that a scenario gives no name. */
  private static final JsonObject NAMED =
      JSON.createObjectBuilder().add("name", "test-api-<value>").build();

  /** What is done next. */
  sealed interface Step permits Call, Invocation {}

  /**
   * A call of the management API.
   *
   * @param keys under which the answer was recorded; none: it was not, and had to succeed
   * @param as what later steps call the answer, empty for nothing
   * @param each values that a loop around the step gave to its variable, empty for no loop
   */
  record Call(String call, JsonObject with, List<String> keys, String as, List<String> each)
      implements Step {

    static Call of(JsonObject step, List<String> each) {
      JsonObject with = object(step, "with");
      return new Call(
          step.getString("call"),
          with.isEmpty() && step.getString("call").equals("CreateRestApi") ? NAMED : with,
          list(step, "recorded_as"),
          step.getString("as", ""),
          each);
    }
  }

  /** An entry as if it had been recorded in that account. */
  static Scenario of(String file, String entry, JsonObject json, String account) {
    String name = name(file, entry);
    return of(name, json, over(amendment(REQUESTS, name), amendment(AMENDMENTS, name)), account);
  }

  /** Entries whose data plane is replayed over another type of integration, and by what steps. */
  static JsonObject adaptations() {
    return ADAPTATIONS;
  }

  /** The same with what {@code adaptations.json} makes of it. */
  static Scenario adapted(String name, JsonObject json, String account) {
    return of(name, json, ADAPTATIONS.getJsonObject(name), account);
  }

  static String name(String file, String entry) {
    return file.replace(".json", "") + "/" + entry;
  }

  private static Scenario of(String name, JsonObject json, JsonObject amended, String account) {
    JsonObject mine = as(account, json);
    JsonObject amendment = as(account, amended);
    Map<String, String> values = texts(as(account, amendment(AMENDMENTS, "*")), "values");
    values.putAll(texts(amendment, "values"));
    Map<String, String> left = texts(amendment, "left");
    mine.getJsonObject("recorded").keySet().stream()
        .filter(key -> isOfOthers(mine, key))
        .forEach(key -> left.putIfAbsent(key, "another service's answer"));
    return new Scenario(
        name,
        steps(mine.getJsonArray("steps"), amendment),
        mine.getJsonObject("recorded"),
        values,
        left);
  }

  /** Both amendments; of two members that are objects, both members' members. */
  private static JsonObject over(JsonObject upper, JsonObject lower) {
    JsonObjectBuilder out = JSON.createObjectBuilder(lower);
    upper.forEach(
        (name, value) ->
            out.add(
                name,
                value instanceof JsonObject object && lower.containsKey(name)
                    ? JSON.createObjectBuilder(lower.getJsonObject(name))
                        .addAll(JSON.createObjectBuilder(object))
                        .build()
                    : value));
    return out.build();
  }

  /** The requests to the deployed API. */
  List<Invocation> invocations() {
    return steps.stream().filter(Invocation.class::isInstance).map(Invocation.class::cast).toList();
  }

  private static JsonObject as(String account, JsonObject json) {
    try (var reader =
        JSON.createReader(new StringReader(json.toString().replace(ACCOUNT, account)))) {
      return reader.readObject();
    }
  }

  /** Whether that answer was another service's than the gateway's. */
  private static boolean isOfOthers(JsonObject entry, String key) {
    for (JsonValue value : entry.getJsonArray("steps")) {
      JsonObject step = value.asJsonObject();
      boolean named =
          list(step, "recorded_as").stream()
              .anyMatch(name -> key.matches(name.replaceAll("<[^<>]*>", ".+")));
      if (named && step.containsKey("call") && !isManagementCall(step)) {
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
        steps.add(Call.of(with(step, object(object(amendment, "with"), index)), each));
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
      from.getJsonArray(name).stream()
          .map(JsonValue::asJsonObject)
          .forEach(
              step -> {
                if (step.containsKey("http")) {
                  steps.addAll(Invocation.of(step));
                } else {
                  steps.add(Call.of(step, List.of()));
                }
              });
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
  private static JsonObject amendment(JsonObject amendments, String name) {
    for (Map.Entry<String, JsonValue> one : amendments.entrySet()) {
      String key = one.getKey();
      boolean prefix = key.length() > 1 && key.endsWith("*");
      if (key.equals(name) || prefix && name.startsWith(key.substring(0, key.length() - 1))) {
        return one.getValue().asJsonObject();
      }
    }
    return JsonValue.EMPTY_JSON_OBJECT;
  }

  static JsonObject object(JsonObject in, String name) {
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

  private static JsonObject resource(String name) {
    InputStream in = Scenario.class.getResourceAsStream(name);
    try (var reader = JSON.createReader(in)) {
      return reader.readObject();
    }
  }
}
