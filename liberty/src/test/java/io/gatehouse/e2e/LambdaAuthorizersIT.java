package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.ApiKeySourceType;
import software.amazon.awssdk.services.apigateway.model.AuthorizerType;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerResponse;
import software.amazon.awssdk.services.lambda.LambdaClient;

/**
 * Real functions decide who may call, on every node: what they answer is kept, decides anew about
 * each method, is forgotten when it is flushed, and lets nobody in where it is no answer.
 */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class LambdaAuthorizersIT {

  private static final String STAGE = "prod";

  /** Of functions, and of the types of authorizers with them. */
  private enum Kind {
    NODEJS("nodejs20.x", "index.handler", "node", AuthorizerType.TOKEN),
    PYTHON("python3.12", "app.handler", "python3", AuthorizerType.REQUEST);

    private final String runtime;
    private final String handler;
    private final String program;
    private final AuthorizerType type;

    Kind(String runtime, String handler, String program, AuthorizerType type) {
      this.runtime = runtime;
      this.handler = handler;
      this.program = program;
      this.type = type;
    }

    private String folder() {
      return "authorizer-" + name().toLowerCase(Locale.ROOT);
    }

    private String function() {
      return "it-" + folder();
    }

    private String planKey() {
      return "plan-key-of-" + folder() + "-0123456789";
    }
  }

  private final Installation installation;
  private final LambdaClient lambda;
  private final ApiGatewayClient apis;

  LambdaAuthorizersIT(Installation installation) {
    this.installation = installation;
    this.lambda = installation.lambda();
    this.apis = installation.apiGateway();
  }

  @BeforeAll
  void createTheFunctions() throws Exception {
    for (Kind kind : Kind.values()) {
      SdkBytes code = FunctionCode.of(kind.folder());
      lambda.createFunction(
          r ->
              r.functionName(kind.function())
                  .runtime(kind.runtime)
                  .handler(kind.handler)
                  .role(BackendAccess.role("functions"))
                  .timeout(20)
                  .environment(e -> e.variables(Map.of("PLAN_KEY", kind.planKey())))
                  .code(c -> c.zipFile(code)));
    }
  }

  @AfterAll
  void deleteTheFunctions() {
    for (Kind kind : Kind.values()) {
      lambda.deleteFunction(r -> r.functionName(kind.function()));
    }
  }

  /** An API whose methods ask the function about {@code x-token}. */
  private record Guarded(String api, String authorizer) {}

  private Guarded guarded(Kind kind) {
    String api =
        apis.createRestApi(r -> r.name(kind.function()).apiKeySource(ApiKeySourceType.AUTHORIZER))
            .id();
    String authorizer =
        apis.createAuthorizer(
                r ->
                    r.restApiId(api)
                        .name("who")
                        .type(kind.type)
                        .identitySource("method.request.header.x-token")
                        .authorizerUri(
                            "arn:aws:apigateway:"
                                + installation.get("AWS_REGION")
                                + ":lambda:path/2015-03-31/functions/"
                                + arn(kind)
                                + "/invocations"))
            .id();
    String root = apis.getResources(r -> r.restApiId(api)).items().getFirst().id();
    for (String path : List.of("one", "two", "key")) {
      String resource =
          apis.createResource(r -> r.restApiId(api).parentId(root).pathPart(path)).id();
      apis.putMethod(
          r ->
              r.restApiId(api)
                  .resourceId(resource)
                  .httpMethod("GET")
                  .authorizationType("CUSTOM")
                  .authorizerId(authorizer)
                  .apiKeyRequired(path.equals("key")));
      apis.putMethodResponse(
          r -> r.restApiId(api).resourceId(resource).httpMethod("GET").statusCode("200"));
      apis.putIntegration(
          r ->
              r.restApiId(api)
                  .resourceId(resource)
                  .httpMethod("GET")
                  .type(IntegrationType.MOCK)
                  .requestTemplates(Map.of("application/json", "{\"statusCode\": 200}")));
      apis.putIntegrationResponse(
          r ->
              r.restApiId(api)
                  .resourceId(resource)
                  .httpMethod("GET")
                  .statusCode("200")
                  .responseTemplates(
                      Map.of(
                          "application/json",
                          "$context.authorizer.principalId $context.authorizer.kind"
                              + " $context.authorizer.number $context.authorizer.yes"
                              + " $context.authorizer.asked")));
    }
    lambda.addPermission(
        r ->
            r.functionName(kind.function())
                .statementId("api-" + api)
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .sourceArn(
                    "arn:aws:execute-api:"
                        + installation.get("AWS_REGION")
                        + ":"
                        + installation.get("GATEHOUSE_ACCOUNT")
                        + ":"
                        + api
                        + "/authorizers/"
                        + authorizer));
    apis.createDeployment(r -> r.restApiId(api).stageName(STAGE));
    return new Guarded(api, authorizer);
  }

  private String arn(Kind kind) {
    return lambda.getFunction(r -> r.functionName(kind.function())).configuration().functionArn();
  }

  private HttpResponse<String> get(String node, Guarded guarded, String path, String token)
      throws Exception {
    return token.isEmpty()
        ? installation.call(node, guarded.api(), STAGE, path)
        : installation.call(node, guarded.api(), STAGE, path, "x-token", token);
  }

  private void refused(
      int status, String body, String node, Guarded guarded, String path, String token)
      throws Exception {
    HttpResponse<String> answer = get(node, guarded, path, token);
    assertEquals(status, answer.statusCode(), answer.body());
    assertEquals(body, answer.body());
  }

  @ParameterizedTest
  @EnumSource
  void theFunctionSaysWhoMayCall(Kind kind) throws Exception {
    assumeTrue(Peers.onPath(kind.program), "no " + kind.program + " on this machine");
    Guarded guarded = guarded(kind);
    String silent = "{\"Message\":\"User is not authorized to access this resource\"}";
    String denied =
        "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}";
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = get(node, guarded, "/one", "allow");
      assertEquals(200, answer.statusCode(), answer.body());
      String expected = "ann " + kind.name().toLowerCase(Locale.ROOT) + " 7 true ";
      assertTrue(answer.body().startsWith(expected), answer.body());
      refused(403, denied, node, guarded, "/one", "deny");
      assertEquals(200, get(node, guarded, "/two", "only two").statusCode());
      refused(403, silent, node, guarded, "/one", "only two");
      refused(401, "{\"message\":\"Unauthorized\"}", node, guarded, "/one", "");
      refused(401, "{\"message\":\"Unauthorized\"}", node, guarded, "/one", "stranger");
      refused(500, "{\"message\": null}", node, guarded, "/one", "broken");
      refused(500, "{\"message\": null}", node, guarded, "/one", "malformed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsAnswerIsKeptUntilTheStageIsFlushed(Kind kind) throws Exception {
    assumeTrue(Peers.onPath(kind.program), "no " + kind.program + " on this machine");
    Guarded guarded = guarded(kind);
    for (String node : installation.nodes()) {
      String first = get(node, guarded, "/one", "allow").body();
      assertTrue(first.startsWith("ann "), first);
      assertEquals(first, get(node, guarded, "/one", "allow").body());
      assertEquals(first, get(node, guarded, "/two", "allow").body(), "another method");
      assertNotEquals(first, get(node, guarded, "/one", "allow too").body(), "another identity");
      apis.flushStageAuthorizersCache(r -> r.restApiId(guarded.api()).stageName(STAGE));
      assertNotEquals(first, get(node, guarded, "/one", "allow").body());
    }
  }

  @ParameterizedTest
  @EnumSource
  void itNamesTheKeyOfAPlan(Kind kind) throws Exception {
    assumeTrue(Peers.onPath(kind.program), "no " + kind.program + " on this machine");
    Guarded guarded = guarded(kind);
    for (String node : installation.nodes()) {
      refused(403, "{\"message\":\"Forbidden\"}", node, guarded, "/key", "allow");
    }
    String key =
        apis.createApiKey(r -> r.name(kind.function()).value(kind.planKey()).enabled(true)).id();
    String plan =
        apis.createUsagePlan(
                r -> r.name(kind.function()).apiStages(s -> s.apiId(guarded.api()).stage(STAGE)))
            .id();
    apis.createUsagePlanKey(r -> r.usagePlanId(plan).keyId(key).keyType("API_KEY"));
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = get(node, guarded, "/key", "allow");
      assertEquals(200, answer.statusCode(), answer.body());
    }
    apis.deleteUsagePlanKey(r -> r.usagePlanId(plan).keyId(key));
    for (String node : installation.nodes()) {
      refused(403, "{\"message\":\"Forbidden\"}", node, guarded, "/key", "allow");
    }
    apis.deleteApiKey(r -> r.apiKey(key));
  }

  @ParameterizedTest
  @EnumSource
  void itIsTriedWithoutADeployment(Kind kind) {
    assumeTrue(Peers.onPath(kind.program), "no " + kind.program + " on this machine");
    Guarded guarded = guarded(kind);
    TestInvokeAuthorizerResponse answer = tried(guarded, "allow");
    assertEquals(200, answer.clientStatus(), answer.log());
    assertEquals("ann", answer.principalId());
    assertTrue(answer.policy().contains("\"Effect\":\"Allow\""), answer.policy());
    assertTrue(answer.log().contains("Successfully completed authorizer execution"), answer.log());
    assertEquals(401, tried(guarded, "stranger").clientStatus());
    TestInvokeAuthorizerResponse malformed = tried(guarded, "malformed");
    assertEquals(500, malformed.clientStatus());
    assertTrue(malformed.log().contains("/policyDocument: is not an object"), malformed.log());
  }

  private TestInvokeAuthorizerResponse tried(Guarded guarded, String token) {
    return apis.testInvokeAuthorizer(
        r ->
            r.restApiId(guarded.api())
                .authorizerId(guarded.authorizer())
                .headers(Map.of("x-token", token)));
  }
}
