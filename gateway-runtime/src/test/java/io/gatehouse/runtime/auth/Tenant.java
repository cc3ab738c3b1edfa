package io.gatehouse.runtime.auth;

import io.gatehouse.model.snapshot.Snapshot.KeySnapshot;
import io.gatehouse.model.snapshot.Snapshot.PlanSnapshot;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.model.snapshot.SnapshotCodec;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.SampleUser;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * A tenant of a node. What the installation does not draw is named alike by all tenants: users,
 * roles, functions, authorizers, pools, plans and API keys.
 *
 * @param signing what its issuer signs tokens with
 * @param client to whom its issuer gives tokens
 */
record Tenant(
    String account, String apiId, String keyId, String secret, KeyPair signing, String client) {

  static final Tenant OURS =
      new Tenant(
          SampleApi.ACCOUNT, "ours000001", "AKIAOURS", "our secret", TestKeys.RSA, "client-1");
  static final Tenant THEIRS =
      new Tenant(
          "210987654321",
          "theirs0001",
          "AKIATHEIRS",
          "their secret",
          TestKeys.OTHER_RSA,
          "client-2");

  static final String AUTHORIZER = "auth01";
  static final String POOL = "us-east-1_Pool";

  String arn(String resource) {
    return "arn:aws:iam::" + account + ":" + resource;
  }

  PrincipalSnapshot ann() {
    return SampleUser.user(account, "ann", keyId, secret, SampleUser.ALL);
  }

  PrincipalSnapshot role() {
    return SampleUser.role(account, "deploy", SampleUser.ALL);
  }

  /** The token of a session of the role, whose key is the tenant's. */
  String session() {
    return SampleUser.sealed(
        SampleUser.session(role(), keyId, secret, Instant.now().plusSeconds(600), null));
  }

  String function() {
    return "arn:aws:lambda:us-east-1:" + account + ":function:auth";
  }

  String pool() {
    return "arn:aws:cognito-idp:us-east-1:" + account + ":userpool/" + POOL;
  }

  UserPoolSnapshot pool(String issuer, String keysUrl) {
    return new UserPoolSnapshot(
        1, account, POOL, issuer, Optional.of(keysUrl), Set.of(client), Set.of("RS256"));
  }

  TestClaims token(String issuer) {
    return TestClaims.id(System.currentTimeMillis()).with("iss", issuer).with("aud", client);
  }

  KeySnapshot apiKey(String value, boolean enabled, String... plans) {
    String hash = SnapshotCodec.sha256(value.getBytes(StandardCharsets.UTF_8));
    return new KeySnapshot(1, account, "key01", hash, enabled, Set.of(plans));
  }

  PlanSnapshot plan(Tenant whose) {
    return new PlanSnapshot(1, account, "plan01", Set.of(whose.apiId() + ":dev"));
  }

  static Authorizer authorizer(Consumer<Authorizer.Builder> change) {
    Authorizer.Builder authorizer =
        Authorizer.builder()
            .id(AUTHORIZER)
            .name("who")
            .identitySource("method.request.header.Authorization");
    change.accept(authorizer);
    return authorizer.build();
  }

  /** A Lambda authorizer that asks this function. */
  static Authorizer asking(String function, String type, int ttlSeconds) {
    return authorizer(
        a ->
            a.type(type)
                .authorizerResultTtlInSeconds(ttlSeconds)
                .authorizerUri(
                    "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                        + function
                        + "/invocations"));
  }

  /** Its API, of one method. */
  StageSnapshot api(Method method, String policy, Authorizer... authorizers) {
    return of(sample(method).with(api -> api.policy(policy)).snapshot(1), authorizers);
  }

  StageSnapshot apiWithKeysOfAuthorizers(Method method, Authorizer authorizer) {
    return of(sample(method).with(api -> api.apiKeySource("AUTHORIZER")).snapshot(1), authorizer);
  }

  StageSnapshot privateApi(Method method, String policy) {
    EndpointConfiguration closed =
        EndpointConfiguration.builder().types(EndpointType.PRIVATE).build();
    return of(
        sample(method).with(api -> api.policy(policy).endpointConfiguration(closed)).snapshot(1));
  }

  private SampleApi sample(Method method) {
    return SampleApi.api(apiId, "dev").method("GET", "/pets", method);
  }

  private StageSnapshot of(StageSnapshot plain, Authorizer... authorizers) {
    Map<String, Authorizer> byId = new LinkedHashMap<>();
    for (Authorizer one : authorizers) {
      byId.put(one.id(), one);
    }
    return new StageSnapshot(
        1, account, plain.region(), apiId, plain.stage(), plain.definition().withAuthorizers(byId));
  }
}
