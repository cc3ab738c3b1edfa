package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import io.gatehouse.model.snapshot.Snapshot.FunctionSnapshot;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Functions as they travel. */
final class FunctionJson {

  private FunctionJson() {}

  static JsonObject write(FunctionSnapshot f) {
    JsonObjectBuilder versions = JSON.createObjectBuilder();
    new TreeMap<>(f.versions()).forEach((name, version) -> versions.add(name, write(version)));
    JsonObjectBuilder aliases = JSON.createObjectBuilder();
    new TreeMap<>(f.aliases()).forEach((name, alias) -> aliases.add(name, write(alias)));
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("account", f.account())
            .add("region", f.region())
            .add("name", f.name())
            .add("versions", versions)
            .add("aliases", aliases)
            .add("policies", MapJson.write(f.policies()));
    f.reservedConcurrency().ifPresent(n -> out.add("reservedConcurrency", n));
    return out.build();
  }

  static FunctionSnapshot read(long revision, JsonObject in) {
    Map<String, FunctionVersion> versions = new HashMap<>();
    in.getJsonObject("versions")
        .forEach((name, v) -> versions.put(name, version(name, v.asJsonObject())));
    Map<String, FunctionAlias> aliases = new HashMap<>();
    in.getJsonObject("aliases").forEach((name, a) -> aliases.put(name, alias(a.asJsonObject())));
    return new FunctionSnapshot(
        revision,
        in.getString("account"),
        in.getString("region"),
        in.getString("name"),
        versions,
        aliases,
        MapJson.read(in.getJsonObject("policies")),
        in.containsKey("reservedConcurrency")
            ? OptionalInt.of(in.getInt("reservedConcurrency"))
            : OptionalInt.empty());
  }

  private static JsonObjectBuilder write(FunctionVersion v) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("codeSha256", v.codeSha256())
            .add("runtime", v.runtime())
            .add("handler", v.handler())
            .add("memory", v.memoryMegabytes())
            .add("timeout", v.timeoutSeconds())
            .add("layers", MapJson.write(v.layers()))
            .add("retries", v.eventInvoke().retries())
            .add("mostAge", v.eventInvoke().mostAgeSeconds());
    v.sealedEnvironment().ifPresent(text -> out.add("environment", text));
    return out;
  }

  private static FunctionVersion version(String name, JsonObject in) {
    return new FunctionVersion(
        name,
        in.getString("codeSha256"),
        in.getString("runtime"),
        in.getString("handler"),
        in.getInt("memory"),
        in.getInt("timeout"),
        Optional.ofNullable(in.getString("environment", null)),
        MapJson.read(in.getJsonArray("layers")),
        new EventInvoke(in.getInt("retries"), in.getInt("mostAge")));
  }

  private static JsonObjectBuilder write(FunctionAlias a) {
    JsonObjectBuilder weights = JSON.createObjectBuilder();
    new TreeMap<>(a.weights()).forEach(weights::add);
    JsonObjectBuilder out =
        JSON.createObjectBuilder().add("version", a.version()).add("weights", weights);
    a.eventInvoke()
        .ifPresent(e -> out.add("retries", e.retries()).add("mostAge", e.mostAgeSeconds()));
    return out;
  }

  private static FunctionAlias alias(JsonObject in) {
    Map<String, Double> weights = new HashMap<>();
    in.getJsonObject("weights")
        .forEach((version, share) -> weights.put(version, ((JsonNumber) share).doubleValue()));
    return new FunctionAlias(
        in.getString("version"),
        weights,
        in.containsKey("retries")
            ? Optional.of(new EventInvoke(in.getInt("retries"), in.getInt("mostAge")))
            : Optional.empty());
  }
}
