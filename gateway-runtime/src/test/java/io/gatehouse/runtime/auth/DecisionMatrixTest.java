package io.gatehouse.runtime.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.aws.SigV4;
import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.policy.PolicyContext;
import io.gatehouse.model.policy.Principal;
import io.gatehouse.model.snapshot.Snapshot.PrincipalSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.exchange.Authorizer;
import io.gatehouse.runtime.exchange.CompiledMethod;
import io.gatehouse.runtime.exchange.CompiledResource;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.StageAccess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * What comes of each method authorization, caller and resource policy together, through a real
 * door: {@code golden/decisions.txt}, which {@code -Dgolden.write=true} writes anew. Of AWS_IAM the
 * callers sign; for functions and tokens there are stand-ins here, for it is the joining that is
 * looked at.
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
    try (Door door = new Door("", 100)) {
      for (var caller : callers().entrySet()) {
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

  private static Map<String, Caller> callers() {
    Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("NONE", (door, policy) -> door.serve(api(policy, "NONE")));
    callers.put("CUSTOM allows", standIn(stage -> function(stage, "Allow")));
    callers.put("CUSTOM denies", standIn(stage -> function(stage, "Deny")));
    callers.put("CUSTOM silent", standIn(stage -> function(stage, "none")));
    callers.put(
        "COGNITO_USER_POOLS valid", standIn(stage -> PolicyFirst.after(stage, new Token(true))));
    callers.put(
        "COGNITO_USER_POOLS invalid", standIn(stage -> PolicyFirst.after(stage, new Token(false))));
    callers.put("AWS_IAM unsigned", (door, policy) -> door.serve(api(policy, "AWS_IAM")));
    for (String account : List.of(SampleApi.ACCOUNT, OTHER_ACCOUNT)) {
      String whose = account.equals(OTHER_ACCOUNT) ? "other account " : "own account ";
      callers.put("AWS_IAM " + whose + "allows", new Signer(account, "Allow"));
      callers.put("AWS_IAM " + whose + "denies", new Signer(account, "Deny"));
      callers.put("AWS_IAM " + whose + "silent", new Signer(account, "none"));
    }
    return callers;
  }

  private static StageSnapshot api(String policy, String authorization) {
    SampleApi api =
        SampleApi.api("matrix1", "dev").with(a -> a.policy(policy)).mock("GET", "/pets", 200, "in");
    StageSnapshot open = api.snapshot(1);
    Method method = open.definition().resources().get("r0").resourceMethods().get("GET");
    return api.method("GET", "/pets", method.toBuilder().authorizationType(authorization).build())
        .snapshot(1);
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

  /** Somebody whom a Lambda authorizer's answer is about. */
  private static Authorizer function(StageAccess stage, String effect) {
    Grants answer =
        effect.equals("none")
            ? Grants.NONE
            : Grants.of(Policy.parse(identityPolicy(effect), Policy.Kind.AUTHORIZER));
    return PolicyFirst.before(
        stage,
        x -> {
          Decision decision =
              Invocation.of(x, stage).decide(Principal.ANONYMOUS, PolicyContext.NONE, answer, true);
          String why = decision.deniesExplicitly() ? " with an explicit deny" : "";
          if (decision.allows()) {
            return true;
          }
          throw GatewayException.of(
              ResponseType.ACCESS_DENIED,
              403,
              "User is not authorized to access this resource" + why,
              Reason.CALLER_DENIED);
        });
  }

  /** Somebody with a token whose keys have to be fetched first. */
  private record Token(boolean valid) implements Authorizer {

    @Override
    public boolean passes(Exchange x) {
      return false;
    }

    @Override
    public void fetch(Exchange x, Reply reply) {
      if (valid) {
        reply.pass();
      } else {
        reply.refuse(GatewayException.of(ResponseType.UNAUTHORIZED, Reason.CALLER_DENIED));
      }
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

  /** The stage as it is compiled, with an authorizer of the test's. */
  private static Caller standIn(Function<StageAccess, Authorizer> authorizer) {
    return (door, policy) -> {
      CompiledStage made = StageCompiler.compile(api(policy, "NONE"), door.backends);
      StageAccess access =
          new StageAccess(
              made.account(),
              made.region(),
              made.apiId(),
              made.stageName(),
              policy == null ? null : Policy.parse(policy, Policy.Kind.RESOURCE),
              false);
      CompiledMethod method = made.routes().find("/pets", found -> true).value().method("GET");
      door.live.put(with(made, with(method, authorizer.apply(access))));
    };
  }

  private static CompiledStage with(CompiledStage made, CompiledMethod method) {
    return new CompiledStage(
        made.account(),
        made.region(),
        made.apiId(),
        made.stageName(),
        made.apiStage(),
        made.deploymentId(),
        made.revision(),
        made.endpointDisabled(),
        made.vpcEndpointIds(),
        made.variables(),
        made.isCanaryRequest(),
        made.split(),
        made.compressFrom(),
        made.reasonHeader(),
        made.cors(),
        made.errorAnswers(),
        PathTrie.<CompiledResource>builder()
            .add("/pets", new CompiledResource(Map.of("GET", method)))
            .build());
  }

  private static CompiledMethod with(CompiledMethod method, Authorizer authorizer) {
    return new CompiledMethod(
        method.resourceId(),
        method.resourcePath(),
        method.httpMethod(),
        method.pathVariables(),
        authorizer,
        method.apiKeySource(),
        method.check(),
        method.requestMapping(),
        method.backend(),
        method.responseMapping(),
        method.cors(),
        method.detailedMetrics());
  }
}
