package io.gatehouse.admin.pools;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.pools.Realms.RealmUser;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** People as Keycloak's administration knows them, who has names of its own for some attributes. */
final class UserJson {

  private static final Map<String, String> MEMBERS =
      Map.of("email", "email", "given_name", "firstName", "family_name", "lastName");

  private UserJson() {}

  /**
   * @param password temporary; empty for none yet
   */
  static JsonObject write(
      String userName, Map<String, String> attributes, Optional<String> password) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder().add("username", userName).add("enabled", true);
    JsonObjectBuilder others = JSON.createObjectBuilder();
    attributes.forEach(
        (name, value) -> {
          if (MEMBERS.containsKey(name)) {
            out.add(MEMBERS.get(name), value);
          } else if (name.equals("email_verified")) {
            out.add("emailVerified", Boolean.parseBoolean(value));
          } else {
            others.add(name, JSON.createArrayBuilder().add(value));
          }
        });
    out.add("attributes", others);
    password.ifPresentOrElse(
        text -> out.add("credentials", JSON.createArrayBuilder().add(password(text, true))),
        () -> out.add("requiredActions", JSON.createArrayBuilder().add("UPDATE_PASSWORD")));
    return out.build();
  }

  static JsonObject password(String text, boolean temporary) {
    return JSON.createObjectBuilder()
        .add("type", "password")
        .add("value", text)
        .add("temporary", temporary)
        .build();
  }

  static List<RealmUser> read(JsonArray users) {
    return users.getValuesAs(JsonObject.class).stream().map(UserJson::read).toList();
  }

  private static RealmUser read(JsonObject in) {
    Map<String, String> attributes = new TreeMap<>();
    attributes.put("sub", in.getString("id"));
    MEMBERS.forEach(
        (name, member) -> {
          if (in.containsKey(member)) {
            attributes.put(name, in.getString(member));
          }
        });
    if (in.containsKey("email")) {
      attributes.put("email_verified", Boolean.toString(in.getBoolean("emailVerified", false)));
    }
    if (in.get("attributes") instanceof JsonObject others) {
      others.forEach(
          (name, values) -> {
            if (values instanceof JsonArray all
                && !all.isEmpty()
                && all.getFirst() instanceof JsonString text) {
              attributes.put(name, text.getString());
            }
          });
    }
    boolean must =
        in.get("requiredActions") instanceof JsonArray actions
            && actions.contains(JSON.createValue("UPDATE_PASSWORD"));
    return new RealmUser(
        in.getString("id"),
        in.getString("username"),
        in.getBoolean("enabled", true),
        Instant.ofEpochMilli(in.getJsonNumber("createdTimestamp").longValue()),
        must,
        attributes);
  }
}
