package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a managed policy has besides its name and its versions. */
public record ManagedPolicyDocument(
    Instant created, Instant updated, Optional<String> description, Map<String, String> tags) {

  public ManagedPolicyDocument {
    tags = Map.copyOf(tags);
  }

  public ManagedPolicyDocument withTags(Map<String, String> next) {
    return new ManagedPolicyDocument(created, updated, description, next);
  }

  ManagedPolicyDocument updated(Instant now) {
    return new ManagedPolicyDocument(created, now, description, tags);
  }

  JsonObject write() {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("created", created.toEpochMilli())
            .add("updated", updated.toEpochMilli());
    description.ifPresent(text -> out.add("description", text));
    return out.add("tags", IdentityDocument.texts(tags)).build();
  }

  static ManagedPolicyDocument read(JsonObject in) {
    return new ManagedPolicyDocument(
        Instant.ofEpochMilli(in.getJsonNumber("created").longValue()),
        Instant.ofEpochMilli(in.getJsonNumber("updated").longValue()),
        Optional.ofNullable(in.getString("description", null)),
        IdentityDocument.texts(in.getJsonObject("tags")));
  }
}
