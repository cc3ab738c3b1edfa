package io.gatehouse.admin.recorded;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.awsface.ManagementApi;
import io.gatehouse.admin.whole.WireCall;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonPointer;
import jakarta.json.JsonStructure;
import jakarta.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the calls of a scenario and compares the answers with the recorded ones. */
final class Replay {

  private static final Map<String, WireCall> CALLS = WireCall.all();
  private static final Pattern EACH = Pattern.compile("<each ([^<>]+)>");
  private static final Pattern LOOP = Pattern.compile("<([^<>]+)>");

  /** What the recorder kept of each method of an imported API, as {@code method-pets-get}. */
  private static final Pattern OF_METHOD =
      Pattern.compile(
          "(method|method-response|integration|integration-response)-(?!response-)(.+)-(\\w+)");

  private static final Map<String, String> GETS =
      Map.of(
          "method", "GetMethod",
          "method-response", "GetMethodResponse",
          "integration", "GetIntegration",
          "integration-response", "GetIntegrationResponse");

  private final Scenario scenario;
  private final ManagementApi api;
  private final DeployedApis deployed;
  private final String account;
  private final Masked masked = new Masked();
  private final References references;
  private final Map<String, String> differences = new TreeMap<>();
  private final Set<String> compared = new TreeSet<>();

  private Replay(Scenario scenario, ManagementApi api, DeployedApis deployed, String account) {
    this.scenario = scenario;
    this.api = api;
    this.deployed = deployed;
    this.account = account;
    this.references = new References(scenario.values());
    references.let("backend", deployed.backend());
  }

  /**
   * What differs, by the key of the answer; a call that was not recorded and fails stands under its
   * operation's name.
   */
  static Map<String, String> differences(
      Scenario scenario, ManagementApi api, DeployedApis deployed, String account) {
    return new Replay(scenario, api, deployed, account).run();
  }

  private Map<String, String> run() {
    for (Scenario.Step step : scenario.steps()) {
      switch (step) {
        case Scenario.Call call -> {
          for (Map<String, String> round : rounds(call)) {
            round.forEach(references::let);
            make(call, round);
          }
        }
        case Invocation invocation -> invoke(invocation);
      }
    }
    for (String key : scenario.recorded().keySet()) {
      if (!isReplayed(key) && !scenario.left().containsKey(key)) {
        differences.put(key, "recorded, but no step replays it");
      }
    }
    return differences;
  }

  /** A recorded answer may have been put together of several ones, each a member of it. */
  private boolean isReplayed(String key) {
    return compared.contains(key)
        || switch (scenario.recorded().get(key)) {
          case JsonObject parts ->
              parts.keySet().stream().allMatch(part -> compared.contains(key + "/" + part));
          case JsonArray parts -> compared.stream().anyMatch(one -> one.startsWith(key + "/"));
          default -> false;
        };
  }

  private void invoke(Invocation unresolved) {
    Invocation invocation =
        new Invocation(references.resolved("", unresolved.request()).asJsonObject());
    String apiId = references.resolved("restApiId", "<api_id>");
    Answer answer = deployed.answer(invocation, account, apiId);
    String key = invocation.key();
    compared.add(key);
    JsonValue recorded = key.isEmpty() ? invocation.expected() : recorded(key.split("/", 2));
    String difference =
        masked.difference(
            invocation.name(),
            without(recorded, invocation),
            without(answer.shown(invocation.shows(), recorded), invocation));
    if (!difference.isEmpty()) {
      differences.put(invocation.name(), difference);
    }
  }

  private JsonValue recorded(String[] path) {
    JsonValue found =
        scenario.recorded().getOrDefault(path[0], JSON.createValue("nothing is recorded"));
    return path.length == 2 && found instanceof JsonStructure parts
        ? parts.getValue("/" + path[1])
        : found;
  }

  private static JsonValue without(JsonValue whole, Invocation invocation) {
    JsonValue out = whole;
    for (String member : invocation.without().keySet()) {
      JsonPointer pointer = JSON.createPointer("/" + member);
      if (out instanceof JsonObject object && pointer.containsValue(object)) {
        out = pointer.remove(object);
      }
    }
    return out;
  }

  /** A step whose keys have variables was made once for each of the recorded keys they fit. */
  private List<Map<String, String>> rounds(Scenario.Call step) {
    String pattern = step.keys().isEmpty() ? "" : step.keys().getFirst();
    Matcher loop = LOOP.matcher(pattern);
    if (!loop.find()) {
      Matcher each = EACH.matcher(step.with().toString());
      return each.find()
          ? step.each().stream().map(value -> Map.of("each " + each.group(1), value)).toList()
          : List.of(Map.of());
    }
    String name = loop.group(1);
    List<String> told = step.each();
    if (!told.isEmpty()
        && told.stream().allMatch(v -> scenario.recorded().containsKey(replaced(pattern, v)))) {
      return told.stream().map(value -> round(name, value)).toList();
    }
    Pattern keys =
        Pattern.compile(
            Pattern.quote(pattern.substring(0, loop.start()))
                + "(.+)"
                + Pattern.quote(pattern.substring(loop.end())));
    return scenario.recorded().keySet().stream()
        .map(keys::matcher)
        .filter(Matcher::matches)
        .map(key -> round(name, key.group(1)))
        .toList();
  }

  private static String replaced(String pattern, String value) {
    return LOOP.matcher(pattern).replaceFirst(Matcher.quoteReplacement(value));
  }

  private static Map<String, String> round(String name, String value) {
    return Map.of(name, value, "each " + name, value);
  }

  private void make(Scenario.Call step, Map<String, String> round) {
    JsonObject with = references.resolved("", step.with()).asJsonObject();
    JsonObject answer = CALLS.get(step.call()).call(api, account, with);
    references.note(step.call(), answer);
    if (!step.as().isEmpty()) {
      references.name(step.as(), answer);
    }
    if (step.keys().isEmpty() && answer.containsKey("Error") && step.as().isEmpty()) {
      differences.put(step.call(), answer.getJsonObject("Error") + " to " + with);
    }
    for (String pattern : step.keys()) {
      String key = pattern;
      for (Map.Entry<String, String> value : round.entrySet()) {
        key = key.replace("<" + value.getKey() + ">", value.getValue());
      }
      references.name(key, answer);
      compare(key, answer);
      if (step.call().equals("GetResources")) {
        askForMethodsAfter(key);
      }
    }
  }

  /** The recorder read every method of an imported API after its list of resources. */
  private void askForMethodsAfter(String list) {
    boolean after = false;
    for (String key : scenario.recorded().keySet()) {
      Matcher ofMethod = OF_METHOD.matcher(key);
      if (after && !ofMethod.matches()) {
        return;
      }
      if (after && !compared.contains(key)) {
        askForMethod(key, ofMethod);
      }
      after = after || key.equals(list);
    }
  }

  private void compare(String key, JsonObject answer) {
    compared.add(key);
    JsonValue recorded = scenario.recorded().get(key);
    if (recorded == null) {
      differences.put(key, "is not among the recorded answers");
    } else if (recorded instanceof JsonObject object && object.containsKey("ResponseMetadata")) {
      String difference = masked.difference(key, comparable(object), comparable(answer));
      if (!difference.isEmpty()) {
        differences.put(key, difference);
      }
    } else if (answer.containsKey("Error")) {
      differences.put(key, answer.toString());
    }
  }

  /** With the status as a member among the others; the clients repeat the message of errors. */
  private static JsonObject comparable(JsonObject answer) {
    int status = answer.getJsonObject("ResponseMetadata").getInt("HTTPStatusCode");
    var out = JSON.createObjectBuilder();
    new LinkedHashMap<>(answer)
        .forEach(
            (name, value) -> {
              boolean repeated = name.equals("message") && answer.containsKey("Error");
              if (!repeated && !name.equals("ResponseMetadata")) {
                out.add(name, value);
              }
            });
    return out.add("HTTPStatusCode", status).build();
  }

  private void askForMethod(String key, Matcher ofMethod) {
    String path = ofMethod.group(2).equals("root") ? "/" : "/" + ofMethod.group(2);
    String resource = resourceId(path);
    var with =
        JSON.createObjectBuilder()
            .add("restApiId", references.resolved("restApiId", JSON.createValue("<api_id>")))
            .add("resourceId", resource)
            .add("httpMethod", ofMethod.group(3).toUpperCase());
    if (ofMethod.group(1).endsWith("response")) {
      with.add("statusCode", "200");
    }
    JsonObject request = with.build();
    compare(key, CALLS.get(GETS.get(ofMethod.group(1))).call(api, account, request));
  }

  private String resourceId(String path) {
    JsonObject request =
        JSON.createObjectBuilder()
            .add("restApiId", references.resolved("restApiId", JSON.createValue("<api_id>")))
            .add("limit", 500)
            .build();
    return CALLS.get("GetResources").call(api, account, request).getJsonArray("items").stream()
        .map(JsonValue::asJsonObject)
        .filter(resource -> resource.getString("path").equals(path))
        .map(resource -> resource.getString("id"))
        .findFirst()
        .orElse("none");
  }
}
