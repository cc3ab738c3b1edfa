package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.auth.Tenant.OURS;
import static io.gatehouse.runtime.auth.Tenant.THEIRS;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.auth.TwoTenants.Call;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.door.SampleUser;
import io.gatehouse.runtime.door.SignedCall;
import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.HeaderList;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * Nothing of another tenant decides about a tenant's API but what the API's own policy says in
 * words: {@code golden/tenants.txt}, which {@code -Dgolden.write=true} writes anew. Whether a row
 * may pass does not come from that file but is said here.
 */
class CrossTenantTest {

  private static final Path TABLE = Path.of("src/test/resources/golden/tenants.txt");
  private static final int FEWEST_ROWS = 60;
  private static final String OUR_ISSUER = "https://issuer.example/ours";
  private static final String THEIR_ISSUER = "https://issuer.example/theirs";

  /** Accounts that functions were asked as, of whose API nobody had asked. */
  private final List<String> misled = new ArrayList<>();

  @Test
  void nothingOfAnotherTenantDecidesAboutATenantsApi() throws Exception {
    try (TwoTenants node = new TwoTenants();
        RawBackend ourKeys = issuer(OURS);
        RawBackend theirKeys = issuer(THEIRS)) {
      signers(node);
      sharedKeyId(node);
      unasked(node);
      for (String type : List.of("TOKEN", "REQUEST")) {
        functions(node, type, 300);
        functions(node, type, 0);
      }
      pools(node, ourKeys.url(), theirKeys.url());
      apiKeys(node);
      apiKeysOfFunctions(node);
      endpoints(node);
      System.out.print(node.table());
      if (Boolean.getBoolean("golden.write")) {
        Files.writeString(TABLE, node.table());
      }
      assertEquals(List.of(), node.surprises());
      assertEquals(List.of(), misled);
      assertTrue(node.rows() >= FEWEST_ROWS, () -> node.rows() + " rows");
      assertEquals(Files.readString(TABLE), node.table());
    }
  }

  private static RawBackend issuer(Tenant whose) throws Exception {
    String keys = TestKeys.published(TestKeys.jwk("one", whose.signing().getPublic()));
    return new RawBackend(
        RawBackend.answering(
            "HTTP/1.1 200 OK\r\nContent-Length: " + keys.length() + "\r\n\r\n" + keys));
  }

  private static String statement(String effect, String principal) {
    return "{\"Effect\":\"%s\",\"Principal\":%s,\"Action\":\"execute-api:Invoke\",\"Resource\":\"*\"}"
        .formatted(effect, principal);
  }

  private static String policy(String... statements) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", statements) + "]}";
  }

  private static String aws(String principal) {
    return "{\"AWS\":\"" + principal + "\"}";
  }

  /** What our API's policy may say. */
  private static Map<String, String> policies() {
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put("says nothing", null);
    policies.put("names our account", policy(statement("Allow", aws(OURS.account()))));
    policies.put("names our ann", policy(statement("Allow", aws(OURS.arn("user/ann")))));
    policies.put("names their account", policy(statement("Allow", aws(THEIRS.account()))));
    policies.put("names their ann", policy(statement("Allow", aws(THEIRS.arn("user/ann")))));
    policies.put("names their role", policy(statement("Allow", aws(THEIRS.arn("role/deploy")))));
    policies.put("names anybody", policy(statement("Allow", "\"*\"")));
    policies.put(
        "names anybody but their ann",
        policy(statement("Allow", "\"*\""), statement("Deny", aws(THEIRS.arn("user/ann")))));
    policies.put(
        "names anybody of our account",
        policy(
            statement("Allow", "\"*\"")
                .replace(
                    "}",
                    ",\"Condition\":{\"StringEquals\":{\"aws:PrincipalAccount\":\"%s\"}}}"
                        .formatted(OURS.account()))));
    return policies;
  }

  private static final Set<String> ADMIT_THEIR_ANN =
      Set.of("names their account", "names their ann", "names anybody");
  private static final Set<String> ADMIT_THEIR_ROLE =
      Set.of(
          "names their account",
          "names their role",
          "names anybody",
          "names anybody but their ann");

  private static SignedCall signed(Tenant by) {
    return SignedCall.of("/dev/pets", by.keyId(), by.secret()).to(OURS.apiId());
  }

  private static void signers(TwoTenants node) throws Exception {
    var live = node.door.live;
    for (Tenant one : List.of(OURS, THEIRS)) {
      live.put(one.ann());
      live.put(one.role());
    }
    live.put(SampleUser.user(THEIRS.account(), "bob", "AKIABOB", "bob's"));
    String half = THEIRS.session();
    for (var policy : policies().entrySet()) {
      String name = policy.getKey();
      boolean ann = ADMIT_THEIR_ANN.contains(name);
      boolean role = ADMIT_THEIR_ROLE.contains(name);
      node.serve(OURS.api(node.method("AWS_IAM", false), policy.getValue()));
      String kind = "AWS_IAM, policy " + name;
      node.row(kind, "our ann", true, node.call(signed(OURS)));
      node.row(kind, "our role", true, node.call(signed(OURS).token(OURS.session())));
      node.row(kind, "their ann", ann, node.call(signed(THEIRS)));
      node.row(kind, "their ann, presigned", ann, node.call(signed(THEIRS).presigned()));
      node.row(kind, "their role", role, node.call(signed(THEIRS).token(THEIRS.session())));
      node.row(
          kind, "their role, presigned", role, node.call(signed(THEIRS).token(half).presigned()));
      node.row(
          kind,
          "their user whom their policies allow nothing",
          false,
          node.call(SignedCall.of("/dev/pets", "AKIABOB", "bob's").to(OURS.apiId())));
      node.row(
          kind,
          "our key, their secret",
          false,
          node.call(SignedCall.of("/dev/pets", OURS.keyId(), THEIRS.secret()).to(OURS.apiId())));
      node.row(
          kind, "their key, our session", false, node.call(signed(THEIRS).token(OURS.session())));
      node.row(kind, "our key, their session", false, node.call(signed(OURS).token(half)));
    }
  }

  /** Keys are drawn, so that this cannot be; and if it were, their key would be theirs. */
  private static void sharedKeyId(TwoTenants node) throws Exception {
    String kind = "AWS_IAM, the same key in both accounts";
    node.serve(OURS.api(node.method("AWS_IAM", false), null));
    node.door.live.put(SampleUser.user(OURS.account(), "one", "AKIAONE", "1", SampleUser.ALL));
    node.door.live.put(SampleUser.user(THEIRS.account(), "one", "AKIAONE", "2", SampleUser.ALL));
    SignedCall ours = SignedCall.of("/dev/pets", "AKIAONE", "1").to(OURS.apiId());
    SignedCall theirs = SignedCall.of("/dev/pets", "AKIAONE", "2").to(OURS.apiId());
    node.row(kind, "our secret", false, node.call(ours));
    node.row(kind, "their secret", false, node.call(theirs));
  }

  private static void unasked(TwoTenants node) throws Exception {
    for (String name : List.of("names our account", "names their account", "names anybody")) {
      boolean anybody = name.equals("names anybody");
      node.serve(OURS.api(node.method("NONE", false), policies().get(name)));
      String kind = "NONE, policy " + name;
      node.row(kind, "nobody", anybody, node.call(OURS));
      node.row(kind, "their ann, whose signature nobody reads", anybody, node.call(signed(THEIRS)));
    }
  }

  private static void answer(Reply reply, int status, String json) {
    reply.answer(
        new BackendResponse(status, new HeaderList(), new Body.Bytes(json.getBytes(UTF_8))));
  }

  /** Ours lets in whom it knows, theirs lets in everybody; each names our API key. */
  private void script(FunctionCall call, Reply reply) {
    boolean ours = call.account().equals(OURS.account());
    String payload = new String(call.payload(), UTF_8);
    if (!payload.contains(":" + call.account() + ":")) {
      misled.add(call.account() + " was asked about " + payload);
    }
    if (!call.function().contains(":" + call.account() + ":")) {
      answer(reply, 404, "{\"Type\":\"User\",\"Message\":\"Function not found\"}");
      return;
    }
    boolean allows = !ours || payload.contains("our token");
    String key = payload.contains("their key") ? "their value" : "our value";
    answer(
        reply,
        200,
        """
        {"principalId": "x", "usageIdentifierKey": "%s", "policyDocument":
          {"Version": "2012-10-17", "Statement":
            [{"Action": "*", "Effect": "%s", "Resource": "*"}]}}
        """
            .formatted(key, allows ? "Allow" : "Deny"));
  }

  private void functions(TwoTenants node, String type, int ttl) throws Exception {
    node.door.functions.script(this::script);
    Method method = node.method("CUSTOM", false);
    Authorizer ours = Tenant.asking(OURS.function(), type, ttl);
    Authorizer theirs = Tenant.asking(THEIRS.function(), type, ttl);
    String kind = "CUSTOM " + type + (ttl == 0 ? "" : " that keeps answers");
    String our = "Authorization: our token";
    String their = "Authorization: their token";
    node.serve(OURS.api(method, null, ours));
    node.serve(THEIRS.api(method, null, theirs));
    node.row(kind, "our token", true, node.call(OURS, our));
    node.row(kind, "their token", false, node.call(OURS, their));
    node.serve(OURS.api(method, null, ours));
    node.row(kind + " (their API)", "their token", true, node.call(THEIRS, their));
    node.row(kind, "their token, kept by their API", false, node.call(OURS, their));
    node.row(kind, "their signature", false, node.call(signed(THEIRS)));
    node.serve(OURS.api(method, policies().get("names their account"), ours));
    node.row(kind + ", policy names their account", "their token", false, node.call(OURS, their));
    node.row(
        kind + ", policy names their account", "their signature", false, node.call(signed(THEIRS)));
    node.serve(OURS.api(method, null, theirs));
    node.row(kind + " of their function", "our token", false, node.call(OURS, our));
    node.row(kind + " of their function", "their token", false, node.call(OURS, their));
  }

  private static Call bearing(TwoTenants node, Tenant api, TestClaims claims, Tenant signedBy) {
    return node.call(api, "Authorization: Bearer " + claims.signed("one", signedBy.signing()));
  }

  private static void pools(TwoTenants node, String ourKeys, String theirKeys) throws Exception {
    var live = node.door.live;
    Method method = node.method("COGNITO_USER_POOLS", false);
    node.serve(OURS.api(method, null, ofPools(OURS.pool())));
    node.serve(THEIRS.api(method, null, ofPools(THEIRS.pool())));

    String kind = "COGNITO_USER_POOLS, issuers differ";
    live.put(OURS.pool(OUR_ISSUER, ourKeys));
    live.put(THEIRS.pool(THEIR_ISSUER, theirKeys));
    TestClaims our = OURS.token(OUR_ISSUER);
    TestClaims their = THEIRS.token(THEIR_ISSUER);
    node.row(kind, "our token", true, bearing(node, OURS, our, OURS));
    node.row(kind + " (their API)", "their token", true, bearing(node, THEIRS, their, THEIRS));
    node.row(kind, "their token, known to their API", false, bearing(node, OURS, their, THEIRS));
    node.row(kind + " (their API)", "our token", false, bearing(node, THEIRS, our, OURS));
    node.row(kind, "our issuer's name, their signature", false, bearing(node, OURS, our, THEIRS));

    kind = "COGNITO_USER_POOLS, one issuer and two clients";
    live.put(THEIRS.pool(OUR_ISSUER, ourKeys));
    their = THEIRS.token(OUR_ISSUER);
    node.row(kind + " (their API)", "their client's", true, bearing(node, THEIRS, their, OURS));
    node.row(kind, "their client's, known to their API", false, bearing(node, OURS, their, OURS));
    node.row(kind, "our client's", true, bearing(node, OURS, our, OURS));
    node.row(kind + " (their API)", "our client's", false, bearing(node, THEIRS, our, OURS));

    kind = "COGNITO_USER_POOLS, our issuer with keys of theirs";
    live.put(
        new UserPoolSnapshot(
            2,
            THEIRS.account(),
            Tenant.POOL,
            OUR_ISSUER,
            THEIRS.pool("", theirKeys).keysUrl(),
            Set.of(OURS.client()),
            Set.of("RS256")));
    TestClaims forged = OURS.token(OUR_ISSUER).with("sub", "forged");
    node.row(kind + " (their API)", "forged", true, bearing(node, THEIRS, forged, THEIRS));
    node.row(kind, "forged, known to their API", false, bearing(node, OURS, forged, THEIRS));

    kind = "COGNITO_USER_POOLS of their pool";
    live.put(THEIRS.pool(THEIR_ISSUER, theirKeys));
    their = THEIRS.token(THEIR_ISSUER);
    node.serve(OURS.api(method, null, ofPools(THEIRS.pool())));
    node.row(kind, "their token", false, bearing(node, OURS, their, THEIRS));
    node.row(kind, "our token", false, bearing(node, OURS, our, OURS));
    node.serve(OURS.api(method, null, ofPools(OURS.pool(), THEIRS.pool())));
    node.row(kind + " and of ours", "their token", false, bearing(node, OURS, their, THEIRS));

    kind = "COGNITO_USER_POOLS, our pool is gone";
    node.serve(OURS.api(method, null, ofPools(OURS.pool())));
    node.row("COGNITO_USER_POOLS", "our token", true, bearing(node, OURS, our, OURS));
    live.removeUserPool(UserPoolSnapshot.key(OURS.account(), Tenant.POOL));
    live.put(THEIRS.pool(OUR_ISSUER, ourKeys));
    node.row(kind, "our token", false, bearing(node, OURS, our, OURS));
    their = THEIRS.token(OUR_ISSUER);
    node.row(kind, "a token of their pool of that id", false, bearing(node, OURS, their, OURS));
  }

  private static Authorizer ofPools(String... arns) {
    return Tenant.authorizer(a -> a.type("COGNITO_USER_POOLS").providerARNs(arns));
  }

  private static void apiKeys(TwoTenants node) throws Exception {
    var live = node.door.live;
    String kind = "API key in the header";
    node.serve(OURS.api(node.method("NONE", true), null));
    live.put(OURS.plan(OURS));
    live.put(THEIRS.plan(OURS));
    live.put(OURS.apiKey("our value", true, "plan01"));
    live.put(THEIRS.apiKey("their value", true, "plan01"));
    node.row(kind, "ours", true, node.call(OURS, "x-api-key: our value"));
    String theirs = "x-api-key: their value";
    node.row(kind, "theirs, whose plan names our stage", false, node.call(OURS, theirs));
    live.put(THEIRS.apiKey("value of both", true, "plan01"));
    String both = "x-api-key: value of both";
    node.row(kind, "of their account alone", false, node.call(OURS, both));
    live.put(OURS.apiKey("value of both", false, "plan01"));
    node.row(kind, "of both, disabled by us", false, node.call(OURS, both));
    live.put(OURS.apiKey("value of both", true));
    node.row(kind, "of both, in no plan of ours", false, node.call(OURS, both));
    live.put(OURS.apiKey("value of both", true, "plan01"));
    node.row(kind, "of both, in plans of both", true, node.call(OURS, both));
    live.removePlan(OURS.account(), "plan01");
    node.row(kind, "ours, and the plan is left to them alone", false, node.call(OURS, both));
    live.put(OURS.plan(THEIRS));
    node.row(kind, "ours, whose plan names their stage", false, node.call(OURS, both));
    live.put(OURS.plan(OURS));
  }

  private void apiKeysOfFunctions(TwoTenants node) throws Exception {
    node.door.functions.script(this::script);
    String kind = "API key that the authorizer names";
    node.serve(
        OURS.apiWithKeysOfAuthorizers(
            node.method("CUSTOM", true), Tenant.asking(OURS.function(), "TOKEN", 0)));
    String ours = "Authorization: our token";
    String theirs = "Authorization: our token for their key";
    node.row(kind, "ours", true, node.call(OURS, ours));
    node.row(kind, "theirs", false, node.call(OURS, theirs));
    node.row(
        kind, "theirs, ours in the header", false, node.call(OURS, theirs, "x-api-key: our value"));
    node.row(
        kind, "ours, theirs in the header", true, node.call(OURS, ours, "x-api-key: their value"));
  }

  /** Ours is {@code vpce-1}, theirs {@code vpce-2}. */
  private static void endpoints(TwoTenants node) throws Exception {
    for (String key : List.of("aws:SourceVpce", "aws:SourceVpc")) {
      String ours = key.equals("aws:SourceVpce") ? "vpce-1" : "vpc-1";
      node.serve(OURS.privateApi(node.method("NONE", false), onlyFrom(key, ours)));
      String kind = "NONE, PRIVATE, policy names our endpoint by " + key;
      node.row(kind, "through ours", true, from(node, "10.1.0.1", "ours000001"));
      node.row(kind, "through theirs", false, from(node, "10.2.0.1", "ours000001"));
      node.row(
          kind, "through theirs, named ours", false, from(node, "10.2.0.1", "ours000001-vpce-1"));
      node.row(
          kind,
          "through theirs, told of ours",
          false,
          from(node, "10.1.0.1, 10.2.0.1", "ours000001"));
      node.row(kind, "through none", false, from(node, "203.0.113.7", "ours000001"));
    }
    node.serve(
        OURS.privateApi(node.method("AWS_IAM", false), onlyFrom("aws:SourceVpce", "vpce-1")));
    String kind = "AWS_IAM, PRIVATE, policy names our endpoint";
    node.row(kind, "our ann, through none", false, node.call(signed(OURS)));
    node.row(kind, "their ann, through none", false, node.call(signed(THEIRS)));
  }

  private static String onlyFrom(String key, String value) {
    return policy(
        statement("Allow", "\"*\"")
            .replace(
                "}", ",\"Condition\":{\"StringEquals\":{\"%s\":\"%s\"}}}".formatted(key, value)));
  }

  private static Call from(TwoTenants node, String address, String host) {
    return () ->
        node.door.raw(
            "GET /dev/pets HTTP/1.1\r\nHost: "
                + host
                + ".execute-api.us-east-1.amazonaws.com\r\nConnection: close\r\nX-Forwarded-For: "
                + address
                + "\r\nx-amzn-vpce-id: vpce-1\r\n\r\n");
  }
}
