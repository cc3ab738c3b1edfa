package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.snapshot.Snapshot.AccountSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Plans, keys and accounts as they travel. Members that an older control plane did not know may be
 * missing.
 */
final class MeteringJson {

  private MeteringJson() {}

  static JsonObject write(PlanSnapshot p) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("account", p.account())
            .add("planId", p.planId())
            .add("apiStages", MapJson.write(p.apiStages().stream().sorted().toList()));
    p.throttle().ifPresent(limit -> out.add("throttle", write(limit)));
    p.quota().ifPresent(quota -> out.add("quota", write(quota)));
    if (!p.methodThrottles().isEmpty()) {
      out.add(
          "methodThrottles",
          write(p.methodThrottles(), methods -> write(methods, MeteringJson::write)));
    }
    return out.add("whenUnreachable", p.whenUnreachable().word()).build();
  }

  static PlanSnapshot plan(long revision, JsonObject in) {
    return new PlanSnapshot(
        revision,
        in.getString("account"),
        in.getString("planId"),
        set(in, "apiStages"),
        Optional.ofNullable(in.getJsonObject("throttle")).map(MeteringJson::rateLimit),
        Optional.ofNullable(in.getJsonObject("quota")).map(MeteringJson::quota),
        map(in, "methodThrottles", methods -> map(methods, MeteringJson::rateLimit)),
        in.getString("whenUnreachable", "").equals(WhenUnreachable.SERVE.word())
            ? WhenUnreachable.SERVE
            : WhenUnreachable.REFUSE);
  }

  static JsonObject write(KeySnapshot k) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("account", k.account())
            .add("keyId", k.keyId())
            .add("sha256", k.sha256())
            .add("enabled", k.enabled())
            .add("planIds", MapJson.write(k.planIds().stream().sorted().toList()));
    JsonObjectBuilder joined = JSON.createObjectBuilder();
    new TreeMap<>(k.joined()).forEach(joined::add);
    return out.add("joined", joined)
        .add("quotaTotals", write(k.quotaTotals(), MeteringJson::write))
        .build();
  }

  static KeySnapshot key(long revision, JsonObject in) {
    Map<String, Long> joined = new HashMap<>();
    in.getOrDefault("joined", JsonObject.EMPTY_JSON_OBJECT)
        .asJsonObject()
        .forEach((plan, day) -> joined.put(plan, ((JsonNumber) day).longValueExact()));
    return new KeySnapshot(
        revision,
        in.getString("account"),
        in.getString("keyId"),
        in.getString("sha256"),
        in.getBoolean("enabled"),
        set(in, "planIds"),
        joined,
        map(in, "quotaTotals", MeteringJson::total));
  }

  static JsonObject write(AccountSnapshot a) {
    return JSON.createObjectBuilder()
        .add("account", a.account())
        .add("throttle", write(a.throttle()))
        .add("suspended", a.suspended())
        .build();
  }

  static AccountSnapshot account(long revision, JsonObject in) {
    return new AccountSnapshot(
        revision,
        in.getString("account"),
        rateLimit(in.getJsonObject("throttle")),
        in.getBoolean("suspended", false));
  }

  private static JsonObjectBuilder write(RateLimit limit) {
    return JSON.createObjectBuilder().add("rate", limit.rate()).add("burst", limit.burst());
  }

  private static RateLimit rateLimit(JsonObject in) {
    return new RateLimit(in.getJsonNumber("rate").doubleValue(), in.getInt("burst"));
  }

  private static JsonObjectBuilder write(Quota quota) {
    return JSON.createObjectBuilder()
        .add("limit", quota.limit())
        .add("offset", quota.offset())
        .add("period", quota.period().name());
  }

  private static Quota quota(JsonObject in) {
    return new Quota(
        in.getInt("limit"), in.getInt("offset"), Quota.Period.valueOf(in.getString("period")));
  }

  private static JsonObjectBuilder write(Quota.Total total) {
    return JSON.createObjectBuilder()
        .add("period", total.period().name())
        .add("start", total.start())
        .add("allowed", total.allowed());
  }

  private static Quota.Total total(JsonObject in) {
    return new Quota.Total(
        Quota.Period.valueOf(in.getString("period")),
        in.getJsonNumber("start").longValueExact(),
        in.getJsonNumber("allowed").longValueExact());
  }

  private static <T> JsonObjectBuilder write(
      Map<String, T> values, Function<T, JsonObjectBuilder> writer) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    new TreeMap<>(values).forEach((name, value) -> out.add(name, writer.apply(value)));
    return out;
  }

  private static <T> Map<String, T> map(
      JsonObject in, String member, Function<JsonObject, T> reader) {
    return in.containsKey(member) ? map(in.getJsonObject(member), reader) : Map.of();
  }

  private static <T> Map<String, T> map(JsonObject in, Function<JsonObject, T> reader) {
    Map<String, T> out = new HashMap<>();
    in.forEach((name, value) -> out.put(name, reader.apply(value.asJsonObject())));
    return out;
  }

  private static Set<String> set(JsonObject in, String member) {
    return new LinkedHashSet<>(MapJson.read(in.getJsonArray(member)));
  }
}
