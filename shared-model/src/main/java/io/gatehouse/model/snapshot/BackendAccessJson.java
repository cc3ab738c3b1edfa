package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What integrations use, as it travels. */
final class BackendAccessJson {

  private BackendAccessJson() {}

  static JsonObject write(BackendAccessSnapshot b) {
    JsonObjectBuilder roles = JSON.createObjectBuilder();
    new TreeMap<>(b.roles()).forEach((arn, role) -> roles.add(arn, write(role)));
    return JSON.createObjectBuilder()
        .add("account", b.account())
        .add("authorities", MapJson.write(b.authorities()))
        .add("endpoints", MapJson.write(b.endpoints()))
        .add("roles", roles)
        .build();
  }

  static BackendAccessSnapshot read(long revision, JsonObject in) {
    Map<String, RoleAccess> roles = new HashMap<>();
    in.getJsonObject("roles").forEach((arn, role) -> roles.put(arn, role(role.asJsonObject())));
    return new BackendAccessSnapshot(
        revision,
        in.getString("account"),
        MapJson.read(in.getJsonArray("authorities")),
        MapJson.read(in.getJsonObject("endpoints")),
        roles);
  }

  private static JsonObjectBuilder write(RoleAccess role) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("accessKeyId", role.accessKeyId())
            .add("assume", role.assume());
    role.sealedSecret().ifPresent(text -> out.add("secret", text));
    role.sealedSessionToken().ifPresent(text -> out.add("sessionToken", text));
    role.externalId().ifPresent(id -> out.add("externalId", id));
    role.policy().ifPresent(policy -> out.add("policy", policy));
    return out;
  }

  private static RoleAccess role(JsonObject in) {
    return new RoleAccess(
        in.getString("accessKeyId"),
        text(in, "secret"),
        text(in, "sessionToken"),
        in.getBoolean("assume"),
        text(in, "externalId"),
        text(in, "policy"));
  }

  static JsonObject write(VpcLinkSnapshot link) {
    HealthCheck check = link.healthCheck();
    return JSON.createObjectBuilder()
        .add("account", link.account())
        .add("id", link.id())
        .add("targets", MapJson.write(link.targets()))
        .add(
            "healthCheck",
            JSON.createObjectBuilder()
                .add("path", check.path())
                .add("tls", check.tls())
                .add("interval", check.intervalSeconds())
                .add("timeout", check.timeoutMillis())
                .add("healthy", check.healthy())
                .add("unhealthy", check.unhealthy()))
        .build();
  }

  static VpcLinkSnapshot vpcLink(long revision, JsonObject in) {
    JsonObject check = in.getJsonObject("healthCheck");
    return new VpcLinkSnapshot(
        revision,
        in.getString("account"),
        in.getString("id"),
        MapJson.read(in.getJsonArray("targets")),
        new HealthCheck(
            check.getString("path"),
            check.getBoolean("tls"),
            check.getInt("interval"),
            check.getInt("timeout"),
            check.getInt("healthy"),
            check.getInt("unhealthy")));
  }

  private static Optional<String> text(JsonObject in, String name) {
    return Optional.ofNullable(in.getString(name, null));
  }
}
