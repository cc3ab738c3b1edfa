package io.gatehouse.runtime.auth;

import static io.gatehouse.runtime.SampleApi.api;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.path.PathTrie;
import io.gatehouse.model.policy.Decision;
import io.gatehouse.model.policy.Grants;
import io.gatehouse.model.policy.Policy;
import io.gatehouse.model.policy.PolicyContext;
import io.gatehouse.model.policy.Principal;
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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/**
 * What comes of each method authorization, caller and resource policy together, through a real
 * door: {@code golden/decisions.txt}, which {@code -Dgolden.write=true} writes anew. Who calls is
 * told by stand-ins here, for it is the joining that is looked at.
 */
class DecisionMatrixTest {

  private static final Path TABLE = Path.of("src/test/resources/golden/decisions.txt");
  private static final String OTHER_ACCOUNT = "210987654321";
  private static final Map<String, String> POLICIES = new LinkedHashMap<>();
  private static final Function<StageAccess, Authorizer> AS_COMPILED = stage -> null;

  static {
    POLICIES.put("none", null);
    POLICIES.put("allows", policy("Allow", "execute-api:Invoke"));
    POLICIES.put("denies", policy("Deny", "execute-api:Invoke"));
    POLICIES.put("silent", policy("Allow", "execute-api:Other"));
  }

  @Test
  void everyCallerGetsWhatTheTableTells() throws Exception {
    StringBuilder table = new StringBuilder();
    try (Door door = new Door("", 100)) {
      for (var caller : callers().entrySet()) {
        for (var policy : POLICIES.entrySet()) {
          door.live.put(stage(door, policy.getValue(), caller.getValue()));
          String answer = door.get("/_aws/execute-api/matrix1/dev/pets");
          String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
          table.append(
              "%-26s | policy %-6s | %s %s%n"
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

  private static Map<String, Function<StageAccess, Authorizer>> callers() {
    Map<String, Function<StageAccess, Authorizer>> callers = new LinkedHashMap<>();
    callers.put("NONE", AS_COMPILED);
    callers.put("CUSTOM allows", s -> function(s, "Allow"));
    callers.put("CUSTOM denies", s -> function(s, "Deny"));
    callers.put("CUSTOM silent", s -> function(s, "none"));
    callers.put("COGNITO_USER_POOLS valid", s -> PolicyFirst.after(s, new Token(true)));
    callers.put("COGNITO_USER_POOLS invalid", s -> PolicyFirst.after(s, new Token(false)));
    for (String account : new String[] {SampleApi.ACCOUNT, OTHER_ACCOUNT}) {
      String whose = account.equals(OTHER_ACCOUNT) ? "other account " : "own account ";
      callers.put("AWS_IAM " + whose + "allows", s -> signer(s, account, "Allow"));
      callers.put("AWS_IAM " + whose + "denies", s -> signer(s, account, "Deny"));
      callers.put("AWS_IAM " + whose + "silent", s -> signer(s, account, "none"));
    }
    return callers;
  }

  private static Authorizer function(StageAccess stage, String effect) {
    return PolicyFirst.before(
        stage,
        x -> {
          Decision decision =
              Invocation.of(x, stage)
                  .decide(Principal.ANONYMOUS, PolicyContext.NONE, grants(effect), true);
          String why = decision.deniesExplicitly() ? " with an explicit deny" : "";
          return passes(decision, "User is not authorized to access this resource" + why);
        });
  }

  private static Authorizer signer(StageAccess stage, String account, String effect) {
    String arn = "arn:aws:iam::" + account + ":user/ann";
    return x -> {
      Invocation invocation = Invocation.of(x, stage);
      Decision decision =
          invocation.decide(
              new Principal(account, arn),
              PolicyContext.NONE,
              grants(effect),
              account.equals(stage.account()));
      return passes(
          decision,
          "User: "
              + arn
              + " is not authorized to perform: "
              + Invocation.ACTION
              + " on resource: "
              + invocation.maskedArn()
              + decision.why(Invocation.ACTION));
    };
  }

  private static boolean passes(Decision decision, String otherwise) {
    if (!decision.allows()) {
      throw GatewayException.of(
          ResponseType.ACCESS_DENIED, 403, otherwise, Reason.RESOURCE_POLICY_DENIES);
    }
    return true;
  }

  private static Grants grants(String effect) {
    return effect.equals("none")
        ? Grants.NONE
        : Grants.of(
            Policy.parse(
                "{\"Statement\":{\"Effect\":\"%s\",\"Action\":\"*\",\"Resource\":\"*\"}}"
                    .formatted(effect),
                Policy.Kind.IDENTITY));
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
        reply.refuse(GatewayException.of(ResponseType.UNAUTHORIZED, Reason.RESOURCE_POLICY_DENIES));
      }
    }
  }

  private static String policy(String effect, String action) {
    return "{\"Statement\":{\"Effect\":\"%s\",\"Principal\":\"*\",\"Action\":\"%s\",\"Resource\":\"*\"}}"
        .formatted(effect, action);
  }

  /** The stage as it is compiled, with an authorizer of the test's. */
  private static CompiledStage stage(
      Door door, String policy, Function<StageAccess, Authorizer> authorizer) {
    var snapshot =
        api("matrix1", "dev").with(a -> a.policy(policy)).mock("GET", "/pets", 200, "in");
    CompiledStage made =
        StageCompiler.compile(snapshot.snapshot(1), door.backends, new NodeAuthorizers());
    CompiledMethod method = made.routes().find("/pets", resource -> true).value().method("GET");
    StageAccess access =
        new StageAccess(
            made.account(),
            made.region(),
            made.apiId(),
            made.stageName(),
            policy == null ? null : Policy.parse(policy, Policy.Kind.RESOURCE),
            false);
    CompiledMethod with =
        authorizer == AS_COMPILED ? method : with(method, authorizer.apply(access));
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
            .add("/pets", new CompiledResource(Map.of("GET", with)))
            .build());
  }

  private static CompiledMethod with(CompiledMethod method, Authorizer authorizer) {
    return new CompiledMethod(
        method.resourceId(),
        method.resourcePath(),
        method.httpMethod(),
        method.pathVariables(),
        authorizer,
        method.apiKeyRequired(),
        method.check(),
        method.requestMapping(),
        method.backend(),
        method.responseMapping(),
        method.cors(),
        method.detailedMetrics());
  }
}
