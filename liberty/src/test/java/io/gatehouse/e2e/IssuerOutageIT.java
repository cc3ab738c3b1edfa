package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.snapshot.Snapshot;
import io.gatehouse.model.snapshot.Snapshot.Catalog;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.cluster.SnapshotDisk;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * A realm of a real Keycloak as user pool of a real node, which holds the pool on its disk as the
 * control plane would have given it. One story, with a Keycloak of its own that is stopped in it.
 */
class IssuerOutageIT {

  private static final String ACCOUNT = "123456789012";
  private static final String REGION = "us-east-1";
  private static final String POOL = REGION + "_Realm";

  private static Scripts scripts;
  private static Realm realm;
  private static String node;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws Exception {
    Path home =
        Files.createTempDirectory(
            Files.createDirectories(Path.of("target").toAbsolutePath()), "user-pools");
    int base = Ports.freeBase();
    String keycloak = "http://127.0.0.1:" + (base + 30);
    // Without TLS keys are taken only from where the operator says so.
    scripts =
        new Scripts(home, base, Map.of("GATEHOUSE_EGRESS_ALLOW", "127.0.0.1/32:" + (base + 30)));
    SnapshotDisk disk =
        new SnapshotDisk(Files.createDirectories(home.resolve("data/node-1/snapshots")));
    String issuer = Realm.issuer(keycloak);
    for (Snapshot snapshot : new Snapshot[] {stage(), pool(issuer), new Catalog(1, 2, 0)}) {
      disk.write(snapshot.key(), SnapshotCodec.encode(snapshot));
    }
    scripts.succeed("start", "--only", "keycloak", "--only", "node-1");
    node = "http://127.0.0.1:" + (base + 1);
    realm =
        new Realm(
            keycloak, Files.readString(home.resolve("secrets/keycloak-admin-password")).strip());
    realm.create();
  }

  @AfterAll
  static void stop() throws Exception {
    if (scripts != null) {
      scripts.succeed("stop");
    }
  }

  private static UserPoolSnapshot pool(String issuer) {
    return new UserPoolSnapshot(
        1, ACCOUNT, POOL, issuer, Optional.empty(), Set.of(Realm.CLIENT), Set.of("RS256"));
  }

  private static StageSnapshot stage() {
    Authorizer authorizer =
        Authorizer.builder()
            .id("auth01")
            .name("realm")
            .type("COGNITO_USER_POOLS")
            .identitySource("method.request.header.Authorization")
            .providerARNs("arn:aws:cognito-idp:" + REGION + ":" + ACCOUNT + ":userpool/" + POOL)
            .build();
    ApiDefinition definition =
        new ApiDefinition(
            RestApi.builder().id("pools12345").name("pools").build(),
            Map.of("r1", resource("r1", "/person"), "r2", resource("r2", "/read", Realm.SCOPE)),
            Map.of(),
            Map.of("auth01", authorizer),
            Map.of(),
            Map.of());
    Stage stage = Stage.builder().stageName("dev").deploymentId("dep1").build();
    return new StageSnapshot(1, ACCOUNT, REGION, "pools12345", stage, definition);
  }

  private static Resource resource(String id, String path, String... scopes) {
    Method method =
        Method.builder()
            .authorizationType("COGNITO_USER_POOLS")
            .authorizerId("auth01")
            .authorizationScopes(scopes)
            .methodIntegration(
                Integration.builder()
                    .type("MOCK")
                    .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}"))
                    .integrationResponses(
                        Map.of("200", IntegrationResponse.builder().statusCode("200").build()))
                    .build())
            .build();
    return Resource.builder().id(id).path(path).resourceMethods(Map.of("GET", method)).build();
  }

  private int call(String path, String token) throws IOException, InterruptedException {
    return answer(path, token).statusCode();
  }

  private HttpResponse<String> answer(String path, String token)
      throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create(node + "/_aws/execute-api/pools12345/dev" + path))
            .timeout(Duration.ofSeconds(20))
            .header("Authorization", "Bearer " + token)
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String keyId(String token) {
    String header =
        new String(Base64.getUrlDecoder().decode(token.split("\\.")[0]), StandardCharsets.UTF_8);
    return header.replaceAll(".*\"kid\"\\s*:\\s*\"([^\"]+)\".*", "$1");
  }

  /** Said to be signed with a key that nobody has. */
  private static String withUnknownKey(String token) {
    String[] parts = token.split("\\.");
    String header = "{\"alg\":\"RS256\",\"kid\":\"nobodys\"}";
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(header.getBytes(StandardCharsets.UTF_8))
        + "."
        + parts[1]
        + "."
        + parts[2];
  }

  @Test
  void aRealmsTokensLetInWhileItsKeyIsGood() throws Exception {
    JsonObject first = realm.tokens("openid " + Realm.SCOPE);
    String id = first.getString("id_token");
    String access = first.getString("access_token");
    decides(id, access);

    // Signed with a new key: it is asked for at once, and what the old one signed is still good.
    realm.rotate("second");
    String next = realm.tokens("openid").getString("id_token");
    assertNotEquals(keyId(id), keyId(next));
    assertEquals(200, call("/person", next));
    assertEquals(200, call("/person", id));

    // A key that is not known has the node look which there are, but not twice in half a minute;
    // one that begins anew knows the first key from its disk and has not looked yet.
    realm.removeFirstKey();
    restartTheNode();
    assertEquals(200, call("/person", id));
    assertEquals(401, call("/person", withUnknownKey(id)));
    HttpResponse<String> refused = answer("/person", id);
    assertEquals(401, refused.statusCode());
    assertTrue(refused.headers().firstValue("x-gatehouse-reason").isPresent());
    assertEquals(401, call("/read", access));
    assertEquals(200, call("/person", next));

    // Not used before: checked by keys that are known.
    JsonObject kept = realm.tokens("openid " + Realm.SCOPE);
    scripts.succeed("stop", "--only", "keycloak");
    serves(kept);
    assertEquals(401, call("/person", withUnknownKey(next)));

    // Nothing but the disk tells the node whose tokens are good.
    restartTheNode();
    serves(kept);
    assertEquals(401, call("/person", id));

    scripts.succeed("start", "--only", "keycloak");
    assertEquals(200, call("/person", realm.tokens("openid").getString("id_token")));
  }

  private static void restartTheNode() throws Exception {
    scripts.succeed("stop", "--only", "node-1");
    scripts.succeed("start", "--only", "node-1");
  }

  private void decides(String id, String access) throws Exception {
    HttpResponse<String> answer = answer("/person", id);
    assertEquals(200, answer.statusCode(), () -> answer.headers() + " " + answer.body());
    assertEquals(401, call("/person", access));
    assertEquals(200, call("/read", access));
    assertEquals(401, call("/read", id));
    String unscoped = realm.tokens("openid").getString("access_token");
    assertEquals(403, call("/read", unscoped));
    String forged = access.substring(0, access.length() - 4) + "AAAA";
    assertEquals(401, call("/read", forged));
    assertEquals(401, call("/person", realm.tokens("openid").getString("refresh_token")));
  }

  private void serves(JsonObject tokens) throws Exception {
    assertEquals(200, call("/person", tokens.getString("id_token")));
    assertEquals(200, call("/read", tokens.getString("access_token")));
  }
}
