package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.Wire;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Function;
import software.amazon.awssdk.services.lambda.model.AliasConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionEventInvokeConfig;

/**
 * What belongs to a function as a whole, whichever of its versions runs.
 *
 * @param policies by qualifier; the empty one is the function's own
 * @param eventInvokes what becomes of asynchronous invocations, by qualifier
 * @param reservedConcurrency none when it shares with the others
 */
public record FunctionDocument(
    Map<String, AliasConfiguration> aliases,
    Map<String, Policy> policies,
    Map<String, FunctionEventInvokeConfig> eventInvokes,
    Map<String, String> tags,
    OptionalInt reservedConcurrency) {

  /** Who may invoke. */
  public record Policy(String revisionId, JsonArray statements) {

    /** The document, as the vendor's. */
    public String text() {
      return JSON.createObjectBuilder()
          .add("Version", "2012-10-17")
          .add("Id", "default")
          .add("Statement", statements)
          .build()
          .toString();
    }
  }

  public FunctionDocument {
    aliases = Map.copyOf(aliases);
    policies = Map.copyOf(policies);
    eventInvokes = Map.copyOf(eventInvokes);
    tags = Map.copyOf(tags);
  }

  public static FunctionDocument tagged(Map<String, String> tags) {
    return new FunctionDocument(Map.of(), Map.of(), Map.of(), tags, OptionalInt.empty());
  }

  public FunctionDocument withAliases(Map<String, AliasConfiguration> next) {
    return new FunctionDocument(next, policies, eventInvokes, tags, reservedConcurrency);
  }

  public FunctionDocument withPolicies(Map<String, Policy> next) {
    return new FunctionDocument(aliases, next, eventInvokes, tags, reservedConcurrency);
  }

  public FunctionDocument withEventInvokes(Map<String, FunctionEventInvokeConfig> next) {
    return new FunctionDocument(aliases, policies, next, tags, reservedConcurrency);
  }

  public FunctionDocument withTags(Map<String, String> next) {
    return new FunctionDocument(aliases, policies, eventInvokes, next, reservedConcurrency);
  }

  public FunctionDocument withReservedConcurrency(OptionalInt next) {
    return new FunctionDocument(aliases, policies, eventInvokes, tags, next);
  }

  /** Without what hangs on a qualifier that is going. */
  public FunctionDocument without(String qualifier) {
    return new FunctionDocument(
        less(aliases, qualifier),
        less(policies, qualifier),
        less(eventInvokes, qualifier),
        tags,
        reservedConcurrency);
  }

  private static <T> Map<String, T> less(Map<String, T> all, String key) {
    Map<String, T> less = new TreeMap<>(all);
    less.remove(key);
    return less;
  }

  JsonObject write() {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("aliases", object(aliases, (to, name, a) -> to.add(name, Wire.write(a))))
            .add("policies", object(policies, FunctionDocument::write))
            .add("eventInvokes", object(eventInvokes, (to, q, e) -> to.add(q, Wire.write(e))))
            .add("tags", object(tags, JsonObjectBuilder::add));
    reservedConcurrency.ifPresent(n -> out.add("reservedConcurrency", n));
    return out.build();
  }

  static FunctionDocument read(JsonObject in) {
    return new FunctionDocument(
        map(in, "aliases", a -> Wire.read((JsonObject) a, AliasConfiguration.builder())),
        map(
            in,
            "policies",
            p ->
                new Policy(
                    ((JsonObject) p).getString("revisionId"),
                    ((JsonObject) p).getJsonArray("statements"))),
        map(
            in,
            "eventInvokes",
            e -> Wire.read((JsonObject) e, FunctionEventInvokeConfig.builder())),
        map(in, "tags", t -> ((JsonString) t).getString()),
        in.containsKey("reservedConcurrency")
            ? OptionalInt.of(in.getInt("reservedConcurrency"))
            : OptionalInt.empty());
  }

  private static void write(JsonObjectBuilder to, String qualifier, Policy policy) {
    to.add(
        qualifier,
        JSON.createObjectBuilder()
            .add("revisionId", policy.revisionId())
            .add("statements", policy.statements()));
  }

  private interface Adding<T> {
    void add(JsonObjectBuilder to, String name, T value);
  }

  private static <T> JsonObjectBuilder object(Map<String, T> values, Adding<T> adding) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    new TreeMap<>(values).forEach((name, value) -> adding.add(object, name, value));
    return object;
  }

  private static <T> Map<String, T> map(
      JsonObject in, String member, Function<JsonValue, T> reading) {
    Map<String, T> map = new TreeMap<>();
    in.getJsonObject(member).forEach((name, value) -> map.put(name, reading.apply(value)));
    return map;
  }
}
