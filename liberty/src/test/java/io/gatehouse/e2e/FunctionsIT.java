package io.gatehouse.e2e;

import static io.gatehouse.model.wire.JsonFactory.JSON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;

/**
 * Functions of each kind behind an API, all made through the SDK at the one management URL and run
 * by the nodes: with a template's events and with proxy events, by version and alias, and left
 * alone without permission.
 */
@ExtendWith(Installation.Shared.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(1)
class FunctionsIT {

  private static final String STAGE = "prod";

  /** The kinds of functions, by the folders that they lie in. */
  private enum Kind {
    NODEJS("nodejs20.x", "index.handler", "node"),
    PYTHON("python3.12", "app.handler", "python3"),
    JAVA("java21", "example.Hello::handleRequest", "java"),
    BOOTSTRAP("provided.al2023", "unused", "curl");

    private final String runtime;
    private final String handler;
    private final String program;

    Kind(String runtime, String handler, String program) {
      this.runtime = runtime;
      this.handler = handler;
      this.program = program;
    }

    private String folder() {
      return name().toLowerCase(Locale.ROOT);
    }

    private String function() {
      return "it-" + folder();
    }

    private boolean runs() {
      // The nodes' own JDK runs Java functions.
      return this == JAVA || Peers.onPath(program);
    }

    private SdkBytes code() throws Exception {
      return this == JAVA ? FunctionCode.compiled(folder()) : FunctionCode.of(folder());
    }
  }

  private final Installation installation;
  private final LambdaClient lambda;
  private final ApiGatewayClient apis;
  private String apiId;

  FunctionsIT(Installation installation) {
    this.installation = installation;
    this.lambda = installation.lambda();
    this.apis = installation.apiGateway();
  }

  @BeforeAll
  void createTheFunctionsAndPublish() throws Exception {
    StringBuilder all = new StringBuilder();
    for (Kind kind : Kind.values()) {
      SdkBytes code = kind.code();
      String arn =
          lambda
              .createFunction(
                  r ->
                      r.functionName(kind.function())
                          .runtime(kind.runtime)
                          .handler(kind.handler)
                          .role(BackendAccess.role("functions"))
                          .timeout(20)
                          .memorySize(256)
                          .environment(e -> e.variables(Map.of("GREETING", "Gr\u00fc\u00df Gott")))
                          .code(c -> c.zipFile(code)))
              .functionArn();
      String document = document(kind.folder(), arn);
      // The head once, then the paths of each.
      all.append(all.isEmpty() ? document : document.substring(document.indexOf("  /proxy")));
    }
    apiId = importing(all.toString());
    for (Kind kind : Kind.values()) {
      allow(kind.function(), null, "all-of-it", apiId);
    }
    apis.createDeployment(r -> r.restApiId(apiId).stageName(STAGE));
  }

  @AfterAll
  void deleteTheFunctions() {
    lambda.listFunctions().functions().stream()
        .filter(function -> function.functionName().startsWith("it-"))
        .forEach(function -> lambda.deleteFunction(r -> r.functionName(function.functionName())));
  }

  @ParameterizedTest
  @EnumSource
  void aProxyIntegrationGivesTheFunctionTheRequestAndTheCallerItsAnswer(Kind kind)
      throws Exception {
    assumeTrue(kind.runs(), "no " + kind.program + " on this machine");
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = post(node, "/proxy/" + kind.folder(), "{\"who\": \"Jo\"}");
      assertEquals(201, answer.statusCode(), answer.body());
      assertEquals(kind.folder(), answer.headers().firstValue("x-kind").orElse(""));
      assertEquals(List.of("one", "two"), answer.headers().allValues("x-many"));
      JsonObject told = read(answer);
      assertEquals(kind.folder(), told.getString("kind"));
      assertEquals("POST", told.getString("method"));
      assertEquals("Gr\u00fc\u00df Gott", told.getString("greeting"));
      assertEquals("$LATEST", told.getString("version"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void anIntegrationWithTemplatesGetsWhatTheFunctionReturnsAndErrorsByTheirMessage(Kind kind)
      throws Exception {
    assumeTrue(kind.runs(), "no " + kind.program + " on this machine");
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = post(node, "/plain/" + kind.folder(), "{\"who\": \"Jo\"}");
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals("Jo", read(answer).getString("who"));
      assertEquals(kind.folder(), read(answer).getString("kind"));

      HttpResponse<String> missing = post(node, "/plain/" + kind.folder(), "{\"fail\": \"jam\"}");
      assertEquals(404, missing.statusCode(), missing.body());
      assertEquals("[404] there is no jam", read(missing).getString("message"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSdkInvokesItThroughTheManagementApi(Kind kind) {
    assumeTrue(kind.runs(), "no " + kind.program + " on this machine");
    var answer =
        lambda.invoke(
            r ->
                r.functionName(kind.function())
                    .payload(SdkBytes.fromUtf8String("{\"who\": \"Jo\"}")));
    assertEquals(200, answer.statusCode());
    assertEquals(null, answer.functionError());
    assertEquals("Jo", read(answer.payload().asUtf8String()).getString("who"));

    var failed =
        lambda.invoke(
            r ->
                r.functionName(kind.function())
                    .payload(SdkBytes.fromUtf8String("{\"fail\": \"jam\"}")));
    assertEquals(200, failed.statusCode());
    assertTrue(failed.functionError() != null, failed.payload().asUtf8String());
    assertEquals(
        "[404] there is no jam", read(failed.payload().asUtf8String()).getString("errorMessage"));
  }

  @Test
  void stageVariablesChooseAmongVersionsAndAliases() throws Exception {
    assumeTrue(Kind.NODEJS.runs(), "no node on this machine");
    String function = "it-versions";
    SdkBytes code = Kind.NODEJS.code();
    String arn =
        lambda
            .createFunction(
                r ->
                    r.functionName(function)
                        .runtime(Kind.NODEJS.runtime)
                        .handler(Kind.NODEJS.handler)
                        .role(BackendAccess.role("functions"))
                        .environment(e -> e.variables(Map.of("GREETING", "first")))
                        .code(c -> c.zipFile(code)))
            .functionArn();
    assertEquals("1", lambda.publishVersion(r -> r.functionName(function)).version());
    lambda.updateFunctionConfiguration(
        r -> r.functionName(function).environment(e -> e.variables(Map.of("GREETING", "second"))));
    lambda.waiter().waitUntilFunctionUpdatedV2(r -> r.functionName(function));
    assertEquals("2", lambda.publishVersion(r -> r.functionName(function)).version());
    lambda.createAlias(r -> r.functionName(function).name("live").functionVersion("1"));

    String api = importing(document("any", arn + ":${stageVariables.edition}"));
    for (String qualifier : List.of("1", "2", "live")) {
      allow(function, qualifier, "edition-" + qualifier, api);
      apis.createDeployment(
          r ->
              r.restApiId(api)
                  .stageName("edition" + qualifier)
                  .variables(Map.of("edition", qualifier)));
    }
    for (String node : installation.nodes()) {
      assertEquals("first 1", edition(node, api, "edition1"));
      assertEquals("second 2", edition(node, api, "edition2"));
      assertEquals("first 1", edition(node, api, "editionlive"));
    }
    lambda.updateAlias(r -> r.functionName(function).name("live").functionVersion("2"));
    for (String node : installation.nodes()) {
      assertEquals("second 2", edition(node, api, "editionlive"), "an alias needs no deployment");
    }
  }

  @Test
  void newCodeServesAtOnce() throws Exception {
    assumeTrue(Kind.PYTHON.runs(), "no python3 on this machine");
    String function = "it-new-code";
    SdkBytes code = Kind.NODEJS.code();
    String arn = createNodeFunction(function, code);
    String api = importing(document("any", arn));
    allow(function, null, "all-of-it", api);
    apis.createDeployment(r -> r.restApiId(api).stageName(STAGE));
    for (String node : installation.nodes()) {
      assertEquals("nodejs", read(plain(node, api, STAGE)).getString("kind"));
    }
    lambda.updateFunctionConfiguration(
        r -> r.functionName(function).runtime(Kind.PYTHON.runtime).handler(Kind.PYTHON.handler));
    lambda.waiter().waitUntilFunctionUpdatedV2(r -> r.functionName(function));
    SdkBytes other = Kind.PYTHON.code();
    lambda.updateFunctionCode(r -> r.functionName(function).zipFile(other));
    for (String node : installation.nodes()) {
      assertEquals("python", read(plain(node, api, STAGE)).getString("kind"));
    }
  }

  @Test
  void withoutPermissionAnApiCannotInvokeIt() throws Exception {
    assumeTrue(Kind.NODEJS.runs(), "no node on this machine");
    String function = "it-not-allowed";
    String arn = createNodeFunction(function, Kind.NODEJS.code());
    String api = importing(document("any", arn));
    apis.createDeployment(r -> r.restApiId(api).stageName(STAGE));
    for (String node : installation.nodes()) {
      HttpResponse<String> refused = plain(node, api, STAGE);
      assertEquals(500, refused.statusCode(), refused.body());
      assertTrue(refused.headers().firstValue("x-gatehouse-reason").isPresent());
    }
    allow(function, null, "now", api);
    for (String node : installation.nodes()) {
      assertEquals(200, plain(node, api, STAGE).statusCode(), "a permission needs no deployment");
    }
    lambda.removePermission(r -> r.functionName(function).statementId("now"));
    for (String node : installation.nodes()) {
      assertEquals(500, plain(node, api, STAGE).statusCode());
    }
  }

  @Test
  void anEventIsTakenAtOnceAndHandledLater() throws Exception {
    assumeTrue(Kind.NODEJS.runs(), "no node on this machine");
    Peers peers = installation.peers();
    String bucket = "handled-later";
    peers.s3().createBucket(r -> r.bucket(bucket));
    String event = "{\"put\": \"%s/%s/%s\", \"what\": [1, 2]}";

    String byApi = event.formatted(peers.url("s3"), bucket, "by-api");
    HttpResponse<String> taken =
        post(installation.nodes().getLast(), "/event/" + Kind.NODEJS.folder(), byApi);
    assertEquals(202, taken.statusCode(), taken.body());
    String bySdk = event.formatted(peers.url("s3"), bucket, "by-sdk");
    var answer =
        lambda.invoke(
            r ->
                r.functionName(Kind.NODEJS.function())
                    .invocationType(InvocationType.EVENT)
                    .payload(SdkBytes.fromUtf8String(bySdk)));
    assertEquals(202, answer.statusCode());
    for (String key : List.of("by-api", "by-sdk")) {
      peers.s3().waiter().waitUntilObjectExists(r -> r.bucket(bucket).key(key));
      assertEquals(
          "[1,2]", peers.s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String());
    }
  }

  @Test
  void aRoleWhosePolicyAllowsItNeedsNoPermissionOfTheFunction() throws Exception {
    assumeTrue(Kind.NODEJS.runs(), "no node on this machine");
    String arn = createNodeFunction("it-by-role", Kind.NODEJS.code());
    String role = BackendAccess.role("invoker");
    String api =
        importing(
            document("any", arn).replace("uri: \"", "credentials: \"" + role + "\", uri: \""));
    apis.createDeployment(r -> r.restApiId(api).stageName(STAGE));
    BackendAccess.putPolicy(installation, role, arn + "-not-this-one");
    for (String node : installation.nodes()) {
      assertEquals(500, plain(node, api, STAGE).statusCode());
    }
    BackendAccess.putPolicy(installation, role, arn);
    for (String node : installation.nodes()) {
      HttpResponse<String> answer = plain(node, api, STAGE);
      assertEquals(200, answer.statusCode(), answer.body());
    }
  }

  private String createNodeFunction(String name, SdkBytes code) {
    return lambda
        .createFunction(
            r ->
                r.functionName(name)
                    .runtime(Kind.NODEJS.runtime)
                    .handler(Kind.NODEJS.handler)
                    .role(BackendAccess.role("functions"))
                    .code(c -> c.zipFile(code)))
        .functionArn();
  }

  private void allow(String function, String qualifier, String statement, String api) {
    lambda.addPermission(
        r ->
            r.functionName(function)
                .qualifier(qualifier)
                .statementId(statement)
                .action("lambda:InvokeFunction")
                .principal("apigateway.amazonaws.com")
                .sourceArn(
                    "arn:aws:execute-api:"
                        + installation.get("AWS_REGION")
                        + ":"
                        + installation.get("GATEHOUSE_ACCOUNT")
                        + ":"
                        + api
                        + "/*"));
  }

  private String importing(String document) {
    return apis.importRestApi(r -> r.body(SdkBytes.fromUtf8String(document)).failOnWarnings(true))
        .id();
  }

  /** The paths at which a function is called. */
  private String document(String name, String functionArn) throws IOException {
    String uri =
        "arn:aws:apigateway:"
            + installation.get("AWS_REGION")
            + ":lambda:path/2015-03-31/functions/"
            + functionArn
            + "/invocations";
    try (InputStream in = FunctionsIT.class.getResourceAsStream("/integrations/function.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .replace("KIND", name)
          .replace("URI", uri);
    }
  }

  private HttpResponse<String> post(String node, String path, String body) throws Exception {
    return installation.send(
        "POST", node, apiId, STAGE, path, body, "Content-Type", "application/json");
  }

  private HttpResponse<String> plain(String node, String api, String stage) throws Exception {
    return installation.send(
        "POST", node, api, stage, "/plain/any", "{}", "Content-Type", "application/json");
  }

  private String edition(String node, String api, String stage) throws Exception {
    HttpResponse<String> answer = plain(node, api, stage);
    assertEquals(200, answer.statusCode(), answer.body());
    return read(answer).getString("greeting") + " " + read(answer).getString("version");
  }

  private static JsonObject read(HttpResponse<String> answer) {
    return read(answer.body());
  }

  private static JsonObject read(String json) {
    return JSON.createReader(new StringReader(json)).readObject();
  }
}
