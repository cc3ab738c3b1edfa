package io.gatehouse.admin.awsface;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.operations.BackendAccess;
import io.gatehouse.admin.operations.BackendAccess.Authority;
import io.gatehouse.admin.operations.BackendAccess.BackendRole;
import io.gatehouse.admin.operations.BackendAccess.Endpoint;
import io.gatehouse.admin.operations.BackendAccess.RoleKeys;
import io.gatehouse.admin.operations.BackendAccess.Settled;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.JsonText;
import io.gatehouse.model.wire.PercentCoding;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tenant sets for all of its integrations, for programs: JSON at {@code /backend-access}, in
 * requests signed for the service {@code gatehouse}. The vendor's protocol has nothing for it.
 *
 * <p>Tools differ in how they sign a path with other signs than letters, digits and {@code -._}, so
 * nothing needs one: a role is addressed by account and name, and all services by a word.
 */
record BackendAccessApi(BackendAccess access) implements OwnService {

  static final String SERVICE = "gatehouse";

  private static final String ALL_SERVICES = "all";

  /** An account, then a name that may have a path before it. */
  private static final Pattern ROLE = Pattern.compile("(\\d{12})/(.+)");

  private static final Set<String> OF_A_ROLE =
      Set.of("accessKeyId", "secretAccessKey", "sessionToken", "assume", "externalId", "policy");

  @Override
  public Answer answer(Caller caller, Incoming in, byte[] body) {
    // An empty part, the root, a kind, and the rest, which may have slashes: roles do.
    String[] path = in.rawPath().split("/", 4);
    String kind = path.length > 2 ? path[2] : "";
    String name = path.length > 3 ? PercentCoding.decodeSegment(path[3]) : "";
    if (path.length < 2 || !path[1].equals("backend-access")) {
      throw unknown(in);
    }
    return switch (in.method() + " " + kind + (name.isEmpty() ? "" : "/name")) {
      case "GET " -> json(settled(access.getBackendAccess(caller)));
      case "PUT roles/name" -> json(role(access.putBackendRole(caller, roleOf(name), keys(body))));
      case "DELETE roles/name" -> done(() -> access.deleteBackendRole(caller, roleOf(name)));
      case "PUT endpoints/name" ->
          json(endpoint(access.putBackendEndpoint(caller, serviceOf(name), url(body))));
      case "DELETE endpoints/name" ->
          done(() -> access.deleteBackendEndpoint(caller, serviceOf(name)));
      case "POST authorities" ->
          json(
              JSON.createObjectBuilder()
                  .add(
                      "authorities", authorities(access.addBackendAuthorities(caller, pem(body)))));
      case "DELETE authorities/name" -> done(() -> access.deleteBackendAuthority(caller, name));
      default -> throw unknown(in);
    };
  }

  private static String roleOf(String name) {
    Matcher parts = ROLE.matcher(name);
    return parts.matches() ? "arn:aws:iam::" + parts.group(1) + ":role/" + parts.group(2) : name;
  }

  private static String serviceOf(String name) {
    return name.equals(ALL_SERVICES) ? "*" : name;
  }

  private static ApiError unknown(Incoming in) {
    return ApiError.of(
        ApiError.Kind.UNKNOWN_OPERATION,
        "%s of this address is not known; there are GET /backend-access, PUT and DELETE"
                .formatted(in.method())
            + " /backend-access/roles/{role} and /backend-access/endpoints/{service}, POST"
            + " /backend-access/authorities and DELETE /backend-access/authorities/{sha256}");
  }

  private static RoleKeys keys(byte[] body) {
    JsonObject in = object(body, OF_A_ROLE);
    return new RoleKeys(
        text(in, "accessKeyId").orElse(""),
        text(in, "secretAccessKey"),
        text(in, "sessionToken"),
        truth(in, "assume"),
        text(in, "externalId"),
        in.get("policy") instanceof JsonObject policy
            ? Optional.of(policy.toString())
            : text(in, "policy"));
  }

  private static String url(byte[] body) {
    return text(object(body, Set.of("url")), "url")
        .orElseThrow(() -> ApiError.badRequest("The member 'url' is needed"));
  }

  private static String pem(byte[] body) {
    return new String(body, StandardCharsets.ISO_8859_1);
  }

  private static JsonObject object(byte[] body, Set<String> known) {
    JsonObject in = JsonText.object(body);
    for (String member : in.keySet()) {
      if (!known.contains(member)) {
        throw ApiError.serialization(
            "A member of the request body is not known; known are "
                + String.join(", ", known.stream().sorted().toList()));
      }
    }
    return in;
  }

  /** A member of another type is named, not repeated. */
  private static Optional<String> text(JsonObject in, String member) {
    return switch (in.getOrDefault(member, JsonValue.NULL)) {
      case JsonString text -> Optional.of(text.getString());
      case JsonValue value when value == JsonValue.NULL -> Optional.empty();
      default -> throw ApiError.serialization("The member '" + member + "' must be a string");
    };
  }

  private static boolean truth(JsonObject in, String member) {
    JsonValue value = in.getOrDefault(member, JsonValue.FALSE);
    if (value != JsonValue.TRUE && value != JsonValue.FALSE) {
      throw ApiError.serialization("The member '" + member + "' must be true or false");
    }
    return value == JsonValue.TRUE;
  }

  private static JsonObjectBuilder settled(Settled all) {
    JsonArrayBuilder roles = JSON.createArrayBuilder();
    all.roles().forEach(each -> roles.add(role(each)));
    JsonArrayBuilder endpoints = JSON.createArrayBuilder();
    all.endpoints().forEach(each -> endpoints.add(endpoint(each)));
    return JSON.createObjectBuilder()
        .add("roles", roles)
        .add("endpoints", endpoints)
        .add("authorities", authorities(all.authorities()));
  }

  private static JsonObjectBuilder role(BackendRole role) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder()
            .add("role", role.name())
            .add("accessKeyId", role.accessKeyId())
            .add("hasSecretAccessKey", !role.accessKeyId().isEmpty())
            .add("hasSessionToken", role.hasSessionToken())
            .add("assume", role.assume());
    role.externalId().ifPresent(id -> out.add("externalId", id));
    role.policy().ifPresent(policy -> out.add("policy", policy));
    return out;
  }

  private static JsonObjectBuilder endpoint(Endpoint endpoint) {
    JsonObjectBuilder out =
        JSON.createObjectBuilder().add("service", endpoint.service()).add("url", endpoint.url());
    endpoint.warning().ifPresent(warning -> out.add("warning", warning));
    return out;
  }

  private static JsonArrayBuilder authorities(List<Authority> all) {
    JsonArrayBuilder out = JSON.createArrayBuilder();
    all.forEach(
        each ->
            out.add(
                JSON.createObjectBuilder()
                    .add("sha256", each.sha256())
                    .add("subject", each.subject())
                    .add("expires", each.expires().toString())));
    return out;
  }

  private static Answer json(JsonObjectBuilder object) {
    return new Answer(
        200,
        Map.of("Content-Type", "application/json"),
        object.build().toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Answer done(Runnable command) {
    command.run();
    return new Answer(204, Map.of(), new byte[0]);
  }
}
