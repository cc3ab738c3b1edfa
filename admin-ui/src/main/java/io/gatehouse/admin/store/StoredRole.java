package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * What stands for a role of the vendor's, as the database holds it. Members whose names begin with
 * {@code sealed} are sealed under the master key and left out of audit.
 *
 * @param accessKeyId empty where the role has no keys
 * @param assume whether the keys assume the role by STS
 */
public record StoredRole(
    String accessKeyId,
    Optional<String> sealedSecret,
    Optional<String> sealedSessionToken,
    boolean assume,
    Optional<String> externalId,
    Optional<String> policy) {

  JsonObject toJson() {
    JsonObjectBuilder out =
        JSON.createObjectBuilder().add("accessKeyId", accessKeyId).add("assume", assume);
    sealedSecret.ifPresent(text -> out.add("sealedSecret", text));
    sealedSessionToken.ifPresent(text -> out.add("sealedSessionToken", text));
    externalId.ifPresent(text -> out.add("externalId", text));
    policy.ifPresent(text -> out.add("policy", text));
    return out.build();
  }

  static StoredRole of(JsonObject in) {
    return new StoredRole(
        in.getString("accessKeyId"),
        text(in, "sealedSecret"),
        text(in, "sealedSessionToken"),
        in.getBoolean("assume"),
        text(in, "externalId"),
        text(in, "policy"));
  }

  private static Optional<String> text(JsonObject in, String name) {
    return Optional.ofNullable(in.getString(name, null));
  }
}
