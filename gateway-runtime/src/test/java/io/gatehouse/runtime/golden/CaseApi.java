package io.gatehouse.runtime.golden;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.RoleAccess;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.BasePath;
import io.gatehouse.model.snapshot.Snapshot.DomainSnapshot;
import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.model.wire.Wire;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.auth.TestClaims;
import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * The {@code api} section of a case: JSON, leniently read, where a text in three quotes may have
 * lines. Its members:
 *
 * <ul>
 *   <li>those of a RestApi, as {@code binaryMediaTypes};
 *   <li>{@code methods}: by verb and path, as {@code "GET /pets"}, each an Integration in the
 *       vendor's shape with {@code method} for what belongs to the Method, and {@code validate} for
 *       what a request validator checks ({@code body}, {@code parameters} or {@code all}); {@code
 *       lambda} stands for the URI of the account's function of that name and qualifier;
 *   <li>{@code authorizers}: by id, each an Authorizer in the vendor's shape, with {@code lambda}
 *       as above; it is a TOKEN authorizer that takes {@code Authorization} unless it says
 *       otherwise. A method's {@code authorizer} is the id of the one that it asks;
 *   <li>{@code models}: schemas by name; {@code gatewayResponses}: by type; {@code cors}: by path,
 *       {@code *} for the API;
 *   <li>{@code stage}: as the vendor's Stage; {@code canary}: the API of the canary's deployment;
 *   <li>{@code draw}: what the canary's draw gives, from 0 to 1;
 *   <li>{@code keys}: API keys by value, with {@code enabled} and {@code opens} (this stage);
 *   <li>{@code domains}: base paths by domain name, each with the stage's name;
 *   <li>{@code access}: what the account's integrations may use: {@code endpoints} by service, and
 *       {@code roles} by ARN with their {@code accessKeyId}, {@code secret}, {@code sessionToken},
 *       {@code assume} and {@code externalId}; {@code sealedFor} another account for keys that do
 *       not open;
 *   <li>{@code principals}: users and roles by ARN, see {@link CasePrincipals};
 *   <li>{@code userPools}: by id, with their {@code issuer}, {@code keysUrl}, {@code clients} and
 *       {@code algorithms}; {@code tokens}: see {@link CaseTokens};
 *   <li>{@code hosted}: whether the account may have functions here, as it usually may.
 * </ul>
 */
final class CaseApi {

  private static final Pattern TEXT_BLOCK = Pattern.compile("\"\"\"\n?(.*?)\"\"\"", Pattern.DOTALL);
  private static final Set<String> OURS =
      Set.of(
          "methods",
          "authorizers",
          "models",
          "gatewayResponses",
          "cors",
          "stage",
          "canary",
          "draw",
          "keys",
          "domains",
          "access",
          "principals",
          "userPools",
          "tokens",
          "hosted");

  private static final Seal NODE_KEY = new Seal(new byte[Seal.KEY_BYTES]);

  private final String apiId;
  private final Map<String, Object> root;
  private final CasePrincipals principals;

  private CaseApi(String apiId, Map<String, Object> root) {
    this.apiId = apiId;
    this.root = root;
    Map<String, Map<String, Object>> members = new LinkedHashMap<>();
    map(root.get("principals")).forEach((arn, member) -> members.put(arn, map(member)));
    this.principals = new CasePrincipals(members);
  }

  CasePrincipals principals() {
    return principals;
  }

  static CaseApi parse(String apiId, String section) {
    String text =
        TEXT_BLOCK
            .matcher(section)
            .replaceAll(m -> Matcher.quoteReplacement(JSON.createValue(m.group(1)).toString()));
    return new CaseApi(apiId, map(Json.parseLenient(HttpText.repeated(text), unlimited())));
  }

  private static Budget unlimited() {
    return Budget.of(Long.MAX_VALUE);
  }

  /** The stage and whatever else the case asks for, served at this door. */
  void serveAt(Door door) {
    door.draw = root.get("draw") instanceof Number draw ? draw.doubleValue() : 0.5;
    StageSnapshot snapshot = snapshot();
    door.serve(snapshot);
    door.functions.allowed(!Boolean.FALSE.equals(root.get("hosted")));
    principals.serveAt(door);
    String stage = apiId + ":" + snapshot.stage().stageName();
    map(root.get("keys"))
        .forEach(
            (value, settings) -> {
              Map<String, Object> key = map(settings);
              String plan = "plan-" + apiId;
              String account = SampleApi.ACCOUNT;
              boolean opens = !Boolean.FALSE.equals(key.get("opens"));
              door.live.put(new PlanSnapshot(1, account, plan, Set.of(opens ? stage : "other:x")));
              door.live.put(
                  new KeySnapshot(
                      1,
                      account,
                      "key-" + apiId,
                      SnapshotCodec.sha256(value.getBytes(UTF_8)),
                      !Boolean.FALSE.equals(key.get("enabled")),
                      Set.of(plan)));
            });
    map(root.get("domains")).forEach((name, paths) -> door.live.put(domain(name, map(paths))));
    if (root.containsKey("access")) {
      door.live.put(access(map(root.get("access"))));
    }
    map(root.get("userPools")).forEach((id, pool) -> door.live.put(userPool(id, map(pool))));
  }

  /** The text with the tokens that it speaks of. */
  String withTokens(String text) {
    return CaseTokens.filled(text, map(root.get("tokens")), System.currentTimeMillis());
  }

  private static UserPoolSnapshot userPool(String id, Map<String, Object> pool) {
    return new UserPoolSnapshot(
        1,
        SampleApi.ACCOUNT,
        id,
        (String) pool.getOrDefault("issuer", TestClaims.ISSUER),
        Optional.ofNullable((String) pool.get("keysUrl")),
        texts(pool.getOrDefault("clients", List.of(TestClaims.CLIENT))),
        texts(pool.getOrDefault("algorithms", List.of("RS256"))));
  }

  private static Set<String> texts(Object list) {
    return ((List<?>) list).stream().map(String.class::cast).collect(Collectors.toSet());
  }

  /** What signatures are made with, by the ids of the keys. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new LinkedHashMap<>();
    map(map(root.get("access")).get("roles"))
        .values()
        .forEach(
            role ->
                secrets.put(
                    (String) map(role).get("accessKeyId"), (String) map(role).get("secret")));
    return secrets;
  }

  private BackendAccessSnapshot access(Map<String, Object> access) {
    Map<String, String> endpoints = new LinkedHashMap<>();
    map(access.get("endpoints")).forEach((service, url) -> endpoints.put(service, (String) url));
    Map<String, RoleAccess> roles = new LinkedHashMap<>();
    map(access.get("roles")).forEach((arn, role) -> roles.put(arn, role(arn, map(role))));
    // Each case's own, so that nothing that was made for another one is taken for current.
    long revision = Long.parseLong(apiId.substring(3));
    return new BackendAccessSnapshot(revision, SampleApi.ACCOUNT, List.of(), endpoints, roles);
  }

  private static RoleAccess role(String arn, Map<String, Object> role) {
    String owner =
        RoleAccess.owner((String) role.getOrDefault("sealedFor", SampleApi.ACCOUNT), arn);
    return new RoleAccess(
        (String) role.getOrDefault("accessKeyId", ""),
        sealed(owner, role.get("secret")),
        sealed(owner, role.get("sessionToken")),
        Boolean.TRUE.equals(role.get("assume")),
        Optional.ofNullable((String) role.get("externalId")),
        Optional.empty());
  }

  private static Optional<String> sealed(String owner, Object secret) {
    return Optional.ofNullable((String) secret)
        .map(text -> NODE_KEY.close(owner, text, new SecureRandom()));
  }

  /** Takes away what other cases would notice. */
  void removeFrom(Door door) {
    door.functions.allowed(true);
    principals.removeFrom(door);
    map(root.get("domains")).keySet().forEach(door.live::removeDomain);
    map(root.get("keys"))
        .keySet()
        .forEach(
            value ->
                door.live.removeKey(
                    SampleApi.ACCOUNT, SnapshotCodec.sha256(value.getBytes(UTF_8))));
    door.live.removeAccess(SampleApi.ACCOUNT);
    map(root.get("userPools"))
        .keySet()
        .forEach(id -> door.live.removeUserPool(UserPoolSnapshot.key(SampleApi.ACCOUNT, id)));
    door.live.removeStage(apiId, "dev");
  }

  private DomainSnapshot domain(String name, Map<String, Object> paths) {
    Map<String, BasePath> mappings = new LinkedHashMap<>();
    paths.forEach(
        (path, stage) ->
            mappings.put(path, new BasePath(apiId, Optional.ofNullable((String) stage))));
    return new DomainSnapshot(1, SampleApi.ACCOUNT, name, mappings);
  }

  private StageSnapshot snapshot() {
    Map<String, Object> stage = new LinkedHashMap<>(map(root.get("stage")));
    stage.putIfAbsent("stageName", "dev");
    stage.putIfAbsent("deploymentId", "dep1");
    return new StageSnapshot(
        1,
        SampleApi.ACCOUNT,
        "us-east-1",
        apiId,
        Wire.read(json(stage), Stage.builder()),
        definition(root),
        Optional.empty(),
        Optional.ofNullable(root.get("canary")).map(canary -> definition(map(canary))));
  }

  private ApiDefinition definition(Map<String, Object> api) {
    Map<String, Object> restApi = new LinkedHashMap<>(api);
    restApi.keySet().removeAll(OURS);
    restApi.put("id", apiId);
    restApi.put("name", apiId);
    Map<String, String> ids = new LinkedHashMap<>();
    List<Object> resources = resources(map(api.get("methods")), ids);
    Map<String, Object> cors = new LinkedHashMap<>();
    map(api.get("cors"))
        .forEach(
            (path, one) -> cors.put(path.equals("*") ? CorsRules.WHOLE_API : ids.get(path), one));
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("restApi", restApi);
    whole.put("resources", resources);
    whole.put("authorizers", authorizers(map(api.get("authorizers"))));
    whole.put("models", models(map(api.get("models"))));
    whole.put("gatewayResponses", gatewayResponses(map(api.get("gatewayResponses"))));
    whole.put("cors", cors);
    whole.put(
        "requestValidators",
        List.of(
            validator("body", true, false),
            validator("parameters", false, true),
            validator("all", true, true)));
    return ApiDefinition.fromJson(json(whole));
  }

  private static Map<String, Object> validator(String id, boolean body, boolean parameters) {
    return Map.of(
        "id", id, "name", id, "validateRequestBody", body, "validateRequestParameters", parameters);
  }

  private static List<Object> authorizers(Map<String, Object> authorizers) {
    List<Object> all = new ArrayList<>();
    authorizers.forEach(
        (id, settings) -> {
          Map<String, Object> one = new LinkedHashMap<>(map(settings));
          one.put("id", id);
          one.put("name", id);
          one.putIfAbsent("type", "TOKEN");
          if (one.get("type").equals("TOKEN")) {
            one.putIfAbsent("identitySource", "method.request.header.Authorization");
          }
          if (one.remove("lambda") instanceof String function) {
            one.put("authorizerUri", invocations(function));
          }
          all.add(one);
        });
    return all;
  }

  private static String invocations(String function) {
    return "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:"
        + SampleApi.ACCOUNT
        + ":function:"
        + function
        + "/invocations";
  }

  private static List<Object> models(Map<String, Object> models) {
    List<Object> all = new ArrayList<>();
    models.forEach(
        (name, schema) ->
            all.add(
                Map.of(
                    "id",
                    "m" + all.size(),
                    "name",
                    name,
                    "contentType",
                    "application/json",
                    "schema",
                    schema instanceof String text ? text : Json.text(schema, unlimited()))));
    return all;
  }

  private static List<Object> gatewayResponses(Map<String, Object> responses) {
    List<Object> all = new ArrayList<>();
    responses.forEach(
        (type, response) -> {
          Map<String, Object> one = new LinkedHashMap<>(map(response));
          one.put("responseType", type);
          all.add(one);
        });
    return all;
  }

  private static List<Object> resources(Map<String, Object> methods, Map<String, String> ids) {
    Map<String, Map<String, Object>> byPath = new LinkedHashMap<>();
    methods.forEach(
        (place, integration) -> {
          String verb = place.substring(0, place.indexOf(' '));
          byPath
              .computeIfAbsent(place.substring(verb.length() + 1), p -> new TreeMap<>())
              .put(verb, method(map(integration)));
        });
    List<Object> all = new ArrayList<>();
    byPath.forEach(
        (path, own) -> {
          ids.put(path, "r" + all.size());
          all.add(Map.of("id", "r" + all.size(), "path", path, "resourceMethods", own));
        });
    return all;
  }

  private static Map<String, Object> method(Map<String, Object> given) {
    Map<String, Object> integration = new LinkedHashMap<>(given);
    Map<String, Object> method = new LinkedHashMap<>(map(integration.remove("method")));
    if (integration.remove("authorizer") instanceof String authorizer) {
      method.put("authorizationType", "CUSTOM");
      method.put("authorizerId", authorizer);
    }
    method.putIfAbsent("authorizationType", "NONE");
    Object validate = integration.remove("validate");
    if (validate != null) {
      method.put("requestValidatorId", validate);
    }
    if (integration.remove("lambda") instanceof String function) {
      integration.put("uri", invocations(function));
      integration.putIfAbsent("httpMethod", "POST");
    }
    if (!integration.get("type").equals("MOCK")) {
      integration.putIfAbsent("httpMethod", "ANY");
      integration.putIfAbsent("timeoutInMillis", 5000);
    } else {
      integration.putIfAbsent(
          "requestTemplates", Map.of("application/json", "{\"statusCode\": 200}"));
    }
    Map<String, Object> responses = new LinkedHashMap<>();
    Object all = integration.get("integrationResponses");
    (all == null ? Map.<String, Object>of("200", Map.of()) : map(all))
        .forEach(
            (status, response) -> {
              Map<String, Object> one = new LinkedHashMap<>(map(response));
              one.put("statusCode", status);
              responses.put(status, one);
            });
    integration.put("integrationResponses", responses);
    method.put("methodIntegration", integration);
    return method;
  }

  private static JsonObject json(Object value) {
    try (var reader = JSON.createReader(new StringReader(Json.text(value, unlimited())))) {
      return reader.readObject();
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(Object value) {
    return value == null ? Map.of() : (Map<String, Object>) value;
  }
}
