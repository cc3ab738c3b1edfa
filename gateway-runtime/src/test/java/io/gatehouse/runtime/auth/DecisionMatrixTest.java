package io.gatehouse.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.model.snapshot.Snapshot.UserPoolSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.door.RawBackend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.HeaderList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * What comes of each method authorization, caller and resource policy together, through a real
 * door: {@code golden/decisions.txt}, which {@code -Dgolden.write=true} writes anew.
 */
class DecisionMatrixTest {

  private static final Path TABLE = Path.of("src/test/resources/golden/decisions.txt");
  private static final String PATH = "/_aws/execute-api/matrix1/dev/pets";
  private static final String OTHER_ACCOUNT = "210987654321";
  private static final String KEY = "AKIAANN";
  private static final String SECRET = "hush";
  private static final Map<String, String> POLICIES = policies();

  /** How a row is served and asked. */
  private interface Caller {

    void serve(Door door, String policy);

    default List<String> headers() {
      return List.of();
    }
  }

  @Test
  void everyCallerGetsWhatTheTableTells() throws Exception {
    StringBuilder table = new StringBuilder();
    String keys = TestKeys.published(TestKeys.jwk("one", TestKeys.RSA.getPublic()));
    try (RawBackend issuer =
            new RawBackend(
                RawBackend.answering(
                    "HTTP/1.1 200 OK\r\nContent-Length: " + keys.length() + "\r\n\r\n" + keys));
        Door door = new Door("127.0.0.0/8", 100)) {
      for (var caller : callers(issuer).entrySet()) {
        for (var policy : POLICIES.entrySet()) {
          caller.getValue().serve(door, policy.getValue());
          String answer = door.get(PATH, caller.getValue().headers().toArray(new String[0]));
          String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
          table.append(
              "%-28s | policy %-14s | %s %s%n"
                  .formatted(caller.getKey(), policy.getKey(), answer.substring(9, 12), body));
        }
      }
    }
    System.out.print(table);
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(TABLE, table);
    }
    assertEquals(Files.readString(TABLE), table.toString());
  }

  private static Map<String, String> policies() {
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put("none", null);
    policies.put("allows", policy("Allow", "\"*\"", "execute-api:Invoke"));
    policies.put("denies", policy("Deny", "\"*\"", "execute-api:Invoke"));
    policies.put("silent", policy("Allow", "\"*\"", "execute-api:Other"));
    String accounts = "{\"AWS\": [\"%s\", \"%s\"]}".formatted(SampleApi.ACCOUNT, OTHER_ACCOUNT);
    policies.put("names accounts", policy("Allow", accounts, "execute-api:Invoke"));
    return policies;
  }

  private static Map<String, Caller> callers(RawBackend issuer) {
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("NONE", (door, policy) -> door.serve(api(policy, "NONE")));
    callers.put("CUSTOM allows", new Told("Allow"));
    callers.put("CUSTOM denies", new Told("Deny"));
    callers.put("CUSTOM silent", new Told("none"));
    callers.put("COGNITO_USER_POOLS valid", new Bearer(issuer, TestKeys.RSA));
    callers.put("COGNITO_USER_POOLS invalid", new Bearer(issuer, TestKeys.OTHER_RSA));
    callers.put("AWS_IAM unsigned", (door, policy) -> door.serve(api(policy, "AWS_IAM")));
    for (String account : List.of(SampleApi.ACCOUNT, OTHER_ACCOUNT)) {
      String whose = account.equals(OTHER_ACCOUNT) ? "other account " : "own account ";
      callers.put("AWS_IAM " + whose + "allows", new Signer(account, "Allow"));
      callers.put("AWS_IAM " + whose + "denies", new Signer(account, "Deny"));
      callers.put("AWS_IAM " + whose + "silent", new Signer(account, "none"));
    }
    return callers;
  }

  private static StageSnapshot api(String policy, String authorization, Authorizer... authorizers) {
    SampleApi api =
        SampleApi.api("matrix1", "dev").with(a -> a.policy(policy)).mock("GET", "/pets", 200, "in");
    StageSnapshot open = api.snapshot(1);
    Method method = open.definition().resources().get("r0").resourceMethods().get("GET");
    StageSnapshot made =
        api.method(
                "GET",
                "/pets",
                method.toBuilder()
                    .authorizationType(authorization)
                    .authorizerId(Tenant.AUTHORIZER)
                    .build())
            .snapshot(1);
    return new StageSnapshot(
        made.revision(),
        made.account(),
        made.region(),
        made.apiId(),
        made.stage(),
        made.definition()
            .withAuthorizers(
                authorizers.length == 0 ? Map.of() : Map.of(Tenant.AUTHORIZER, authorizers[0])));
  }

  /** A user with one policy, who signs. */
  private record Signer(String account, String effect) implements Caller {

    @Override
    public void serve(Door door, String policy) {
      door.serve(api(policy, "AWS_IAM"));
      String owner = PrincipalSnapshot.owner(account, KEY);
      door.live.put(
          new PrincipalSnapshot(
              1,
              account,
              PrincipalSnapshot.Kind.USER,
              "ann",
              "arn:aws:iam::" + account + ":user/ann",
              "AIDAANN",
              Map.of(KEY, Door.NODE_KEY.close(owner, SECRET, new SecureRandom())),
              effect.equals("none") ? List.of() : List.of(identityPolicy(effect)),
              Optional.empty(),
              Map.of()));
    }

    @Override
    public List<String> headers() {
      SigV4.Request request =
          new SigV4.Request("GET", PATH, "", Map.of("Host", List.of("x")), new byte[0]);
      return SigV4.sign(request, KEY, SECRET, "us-east-1", "execute-api", Instant.now())
          .entrySet()
          .stream()
          .map(header -> header.getKey() + ": " + header.getValue())
          .toList();
    }
  }

  /** Somebody whom a Lambda authorizer's function answers about. */
  private record Told(String effect) implements Caller {

    @Override
    public void serve(Door door, String policy) {
      String answer =
          "{\"principalId\": \"ann\", \"policyDocument\": %s}"
              .formatted(
                  effect.equals("none")
                      ? identityPolicy("Allow").replace("\"Action\":\"*\"", "\"Action\":\"s3:*\"")
                      : identityPolicy(effect));
      door.functions.script(
          (call, reply) ->
              reply.answer(
                  new BackendResponse(
                      200,
                      new HeaderList(),
                      new Body.Bytes(answer.getBytes(StandardCharsets.UTF_8)))));
      door.serve(api(policy, "CUSTOM", Tenant.asking(Tenant.OURS.function(), "TOKEN", 300)));
    }

    @Override
    public List<String> headers() {
      return List.of("Authorization: token");
    }
  }

  /** Somebody with a token of a user pool, whose issuer's keys have to be fetched first. */
  private record Bearer(RawBackend issuer, KeyPair key) implements Caller {

    @Override
    public void serve(Door door, String policy) {
      door.live.removeUserPool(UserPoolSnapshot.key(SampleApi.ACCOUNT, Tenant.POOL));
      door.live.put(Tenant.OURS.pool(TestClaims.ISSUER, issuer.url()));
      door.serve(
          api(
              policy,
              "COGNITO_USER_POOLS",
              Tenant.authorizer(
                  a -> a.type("COGNITO_USER_POOLS").providerARNs(Tenant.OURS.pool()))));
    }

    @Override
    public List<String> headers() {
      return List.of(
          "Authorization: " + TestClaims.id(System.currentTimeMillis()).signed("one", key));
    }
  }

  private static String policy(String effect, String principal, String action) {
    return "{\"Statement\":{\"Effect\":\"%s\",\"Principal\":%s,\"Action\":\"%s\",\"Resource\":\"*\"}}"
        .formatted(effect, principal, action);
  }

  private static String identityPolicy(String effect) {
    return "{\"Statement\":{\"Effect\":\"%s\",\"Action\":\"*\",\"Resource\":\"*\"}}"
        .formatted(effect);
  }
}
