package io.gatehouse.model.definition;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.policy.InvalidPolicy;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.Set;

/**
 * An API's resource policy in the form in which it is stored: resources spelt out as full ARNs,
 * lists of one as the one. Imitates the page "API Gateway resource policies".
 */
public final class ResourcePolicy {

  private static final Set<String> RESOURCES = Set.of("Resource", "NotResource");
  private static final String SHORT = "execute-api:/";

  private ResourcePolicy() {}

  /**
   * @param apiArn as {@code arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5}
   * @throws ApiError bad request, when the text is not a policy
   */
  public static String stored(String policy, String apiArn) {
    check(policy);
    JsonObject document = object(policy);
    JsonObjectBuilder out = JSON.createObjectBuilder();
    document.forEach(
        (name, value) ->
            out.add(name, name.equals("Statement") ? statements(value, apiArn) : value));
    String stored = out.build().toString();
    check(stored); // it may have grown too long
    return stored;
  }

  /**
   * @throws ApiError bad request, when the text is not a policy
   */
  public static void check(String policy) {
    try {
      Policy.parse(policy, Policy.Kind.RESOURCE);
    } catch (InvalidPolicy e) {
      throw invalid(e.getMessage());
    }
  }

  /**
   * The vendor answers a policy with its quotes escaped once more, and tools undo that.
   *
   * @param policy null for none
   */
  public static String shown(String policy) {
    return policy == null ? null : policy.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static JsonObject object(String policy) {
    try (var reader = JSON.createReader(new StringReader(policy))) {
      return reader.readObject();
    }
  }

  private static JsonValue statements(JsonValue value, String apiArn) {
    JsonArray all =
        value instanceof JsonArray array ? array : JSON.createArrayBuilder().add(value).build();
    JsonArrayBuilder out = JSON.createArrayBuilder();
    for (JsonValue statement : all) {
      out.add(members(statement.asJsonObject(), apiArn));
    }
    return out.build();
  }

  private static JsonObject members(JsonObject object, String apiArn) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    object.forEach(
        (name, value) -> {
          if (value instanceof JsonObject inner) {
            out.add(name, members(inner, apiArn));
          } else {
            out.add(name, single(RESOURCES.contains(name) ? spelled(value, apiArn) : value));
          }
        });
    return out.build();
  }

  private static JsonValue single(JsonValue value) {
    return value instanceof JsonArray array && array.size() == 1 ? array.getFirst() : value;
  }

  private static JsonValue spelled(JsonValue value, String apiArn) {
    if (value instanceof JsonArray array) {
      JsonArrayBuilder out = JSON.createArrayBuilder();
      array.forEach(item -> out.add(spelled(item, apiArn)));
      return out.build();
    }
    if (value instanceof JsonString text && text.getString().startsWith(SHORT)) {
      return JSON.createValue(apiArn + "/" + text.getString().substring(SHORT.length()));
    }
    return value;
  }

  private static ApiError invalid(String why) {
    return ApiError.badRequest(
        "Invalid policy document. Please check the policy syntax and ensure that Principals are"
            + " valid: "
            + why);
  }
}
