package io.gatehouse.model.snapshot;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.LinkedHashSet;
import java.util.Optional;

/** Those who call as they travel: users, roles and user pools. */
final class IdentityJson {

  private IdentityJson() {}

  static JsonObject write(PrincipalSnapshot p) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("account", p.account())
            .add("kind", p.kind().name())
            .add("name", p.name())
            .add("arn", p.arn())
            .add("id", p.id())
            .add("secrets", MapJson.write(p.sealedSecrets()))
            .add("policies", MapJson.write(p.policies()))
            .add("tags", MapJson.write(p.tags()));
    p.boundary().ifPresent(text -> out.add("boundary", text));
    p.trust().ifPresent(text -> out.add("trust", text));
    return out.build();
  }

  static PrincipalSnapshot principal(long revision, JsonObject in) {
    return new PrincipalSnapshot(
        revision,
        in.getString("account"),
        PrincipalSnapshot.Kind.valueOf(in.getString("kind")),
        in.getString("name"),
        in.getString("arn"),
        in.getString("id"),
        MapJson.read(in.getJsonObject("secrets")),
        MapJson.read(in.getJsonArray("policies")),
        Optional.ofNullable(in.getString("boundary", null)),
        MapJson.read(in.getJsonObject("tags")),
        Optional.ofNullable(in.getString("trust", null)));
  }

  static JsonObject write(UserPoolSnapshot p) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("account", p.account())
            .add("poolId", p.poolId())
            .add("issuer", p.issuer())
            .add("clients", MapJson.write(p.clients().stream().sorted().toList()))
            .add("algorithms", MapJson.write(p.algorithms().stream().sorted().toList()));
    p.keysUrl().ifPresent(url -> out.add("keysUrl", url));
    return out.build();
  }

  static UserPoolSnapshot userPool(long revision, JsonObject in) {
    return new UserPoolSnapshot(
        revision,
        in.getString("account"),
        in.getString("poolId"),
        in.getString("issuer"),
        Optional.ofNullable(in.getString("keysUrl", null)),
        new LinkedHashSet<>(MapJson.read(in.getJsonArray("clients"))),
        new LinkedHashSet<>(MapJson.read(in.getJsonArray("algorithms"))));
  }
}
