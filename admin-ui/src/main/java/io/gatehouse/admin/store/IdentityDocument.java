package io.gatehouse.admin.store;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an IAM user, group or role has besides its name.
 *
 * @param trust of a role: JSON text of the policy that says who may assume it
 * @param maxSessionSeconds of a role: how long its sessions can last
 * @param policies JSON texts of inline policies, by name
 */
public record IdentityDocument(
    Instant created,
    Optional<String> description,
    Optional<String> trust,
    int maxSessionSeconds,
    Map<String, String> policies,
    Map<String, String> tags) {

  public IdentityDocument {
    policies = Map.copyOf(policies);
    tags = Map.copyOf(tags);
  }

  /** Of a user or group. */
  public static IdentityDocument created(Instant now, Map<String, String> tags) {
    return new IdentityDocument(now, Optional.empty(), Optional.empty(), 0, Map.of(), tags);
  }

  public IdentityDocument withDescription(Optional<String> next) {
    return new IdentityDocument(created, next, trust, maxSessionSeconds, policies, tags);
  }

  public IdentityDocument withTrust(String next) {
    return new IdentityDocument(
        created, description, Optional.of(next), maxSessionSeconds, policies, tags);
  }

  public IdentityDocument withMaxSessionSeconds(int next) {
    return new IdentityDocument(created, description, trust, next, policies, tags);
  }

  public IdentityDocument withPolicies(Map<String, String> next) {
    return new IdentityDocument(created, description, trust, maxSessionSeconds, next, tags);
  }

  public IdentityDocument withTags(Map<String, String> next) {
    return new IdentityDocument(created, description, trust, maxSessionSeconds, policies, next);
  }

  JsonObject write() {
    JsonObjectBuilder out = JSON.createObjectBuilder().add("created", created.toEpochMilli());
    description.ifPresent(text -> out.add("description", text));
    trust.ifPresent(text -> out.add("trust", text));
    return out.add("maxSessionSeconds", maxSessionSeconds)
        .add("policies", texts(policies))
        .add("tags", texts(tags))
        .build();
  }

  static JsonObjectBuilder texts(Map<String, String> texts) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    new TreeMap<>(texts).forEach(out::add);
    return out;
  }

  static IdentityDocument read(JsonObject in) {
    return new IdentityDocument(
        Instant.ofEpochMilli(in.getJsonNumber("created").longValue()),
        Optional.ofNullable(in.getString("description", null)),
        Optional.ofNullable(in.getString("trust", null)),
        in.getInt("maxSessionSeconds"),
        texts(in.getJsonObject("policies")),
        texts(in.getJsonObject("tags")));
  }

  static Map<String, String> texts(JsonObject in) {
    Map<String, String> texts = new TreeMap<>();
    in.forEach((name, value) -> texts.put(name, ((JsonString) value).getString()));
    return texts;
  }
}
