package io.gatehouse.admin.operations;

import static io.gatehouse.admin.store.Kit.ALICE;
import static io.gatehouse.admin.store.Kit.MALLORY;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.store.Database;
import io.gatehouse.admin.store.Kit;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.TestInvoker;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.HeaderList;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeAuthorizerResponse;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodRequest;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodResponse;
import software.amazon.awssdk.services.cognitoidentityprovider.model.UserPoolType;

/** Trying drafts, on both databases. */
class TestInvocationsTest {

  private static final String API = "api0000001";

  private static final String LOOPBACK = "127.0.0.1/32";

  private static final String POLICY =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"execute-api:Invoke\","
          + "\"Effect\":\"Deny\",\"Resource\":\"*\"}]}";

  /** For an issuer whose keys nobody knows. */
  private static final String TOKEN =
      Stream.of("{\"alg\":\"RS256\",\"kid\":\"one\"}", "{\"iss\":\"https://127.0.0.1:1\"}", "sign")
          .map(part -> part.getBytes(StandardCharsets.UTF_8))
          .map(Base64.getUrlEncoder().withoutPadding()::encodeToString)
          .collect(Collectors.joining("."));

  private final List<FunctionCall> called = new ArrayList<>();
  private String returned = "{\"statusCode\":201,\"body\":\"made\"}";
  private final Functions functions =
      new Functions() {
        @Override
        public boolean hosts(String account) {
          return account.equals(ALICE.account());
        }

        @Override
        public void invoke(FunctionCall call, Backend.Reply reply) {
          called.add(call);
          call.log().accept("a line of the function");
          reply.answer(
              new BackendResponse(
                  200,
                  new HeaderList().add("Content-Type", "application/json"),
                  new Body.Bytes(returned.getBytes(StandardCharsets.UTF_8))));
        }
      };

  private House house;
  private TestInvocations tests;

  @FunctionalInterface
  private interface Step {
    void run() throws Exception;
  }

  private Stream<DynamicTest> onBoth(Step step) {
    return Stream.of(Database.Kind.values())
        .map(
            kind ->
                DynamicTest.dynamicTest(
                    kind.name(),
                    () -> {
                      try (House opened = new House(Database.open(kind));
                          TestInvoker invoker =
                              new TestInvoker(
                                  LOOPBACK,
                                  TestInvoker.BackendSettings.NONE,
                                  Optional.of(Kit.settings().nodeKey()),
                                  functions,
                                  Kit.settings().longestTimeout(),
                                  () -> new Random(3),
                                  opened.kit.clock,
                                  System::nanoTime)) {
                        house = opened;
                        tests =
                            new TestInvocations(
                                opened.kit.apis,
                                opened.kit.backendAccess,
                                opened.kit.links,
                                opened.kit.userPools,
                                opened.snapshots,
                                invoker);
                        step.run();
                      }
                    }));
  }

  @TestFactory
  Stream<DynamicTest> aDraftAnswersWithoutDeploymentKeyOrAuthorizer() {
    return onBoth(
        () -> {
          given(Kit.mock(API)); // whose method requires a key

          TestInvokeMethodResponse answer =
              invoke(
                  ALICE,
                  "GET",
                  in ->
                      in.headers(Map.of("a", "1"))
                          .multiValueHeaders(Map.of("a", List.of("2", "3"))));

          assertEquals(200, answer.status());
          assertEquals(Map.of("Content-Type", "application/json"), answer.headers());
          assertEquals(
              Map.of("Content-Type", List.of("application/json")), answer.multiValueHeaders());
          assertTrue(answer.log().contains("Method request headers: {a=2,3}"), answer.log());
        });
  }

  @TestFactory
  Stream<DynamicTest> aTrialTellsEachStepAndAnswersTheSame() {
    return onBoth(
        () -> {
          given(Kit.mock(API));
          TestInvokeMethodRequest request =
              TestInvokeMethodRequest.builder()
                  .restApiId(API)
                  .resourceId("root")
                  .httpMethod("GET")
                  .build();

          TestInvocations.Trial trial = house.in(() -> tests.tryMethod(ALICE, request));

          assertEquals(200, trial.answer().status(), trial.answer().log());
          assertEquals("ValidateParameters", trial.steps().getFirst().step());
          assertTrue(
              trial.steps().stream().anyMatch(step -> step.step().equals("MapRequest")),
              trial.steps()::toString);
          assertFalse(trial.refused());
        });
  }

  @TestFactory
  Stream<DynamicTest> aDraftReachesFunctionsOfTheInstallationInItsMethodsName() {
    return onBoth(
        () -> {
          called.clear();
          String function = "arn:aws:lambda:us-east-1:" + ALICE.account() + ":function:make";
          given(
              withIntegration(
                  Integration.builder()
                      .type("AWS_PROXY")
                      .httpMethod("POST")
                      .uri(
                          "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                              + function
                              + "/invocations")));

          TestInvokeMethodResponse answer = invoke(ALICE, "GET", in -> {});

          assertEquals(201, answer.status(), answer.log());
          assertEquals("made", answer.body());
          FunctionCall call = called.getFirst();
          assertEquals(ALICE.account(), call.account());
          assertEquals(function, call.function());
          assertEquals(
              new FunctionCall.Invoker.Service(
                  "arn:aws:execute-api:us-east-1:"
                      + ALICE.account()
                      + ":"
                      + API
                      + "/test-invoke-stage/GET/"),
              call.invoker());
        });
  }

  @TestFactory
  Stream<DynamicTest> aDraftCallsAServiceWhereTheAccountSaysAndWithItsKeys() {
    return onBoth(
        () -> {
          List<String> authorizations = new ArrayList<>();
          HttpServer queue =
              HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
          queue.createContext(
              "/",
              in -> {
                authorizations.add(in.getRequestHeaders().getFirst("Authorization"));
                byte[] sent = "{\"sent\":1}".getBytes(StandardCharsets.UTF_8);
                in.getResponseHeaders().set("Content-Type", "application/json");
                in.sendResponseHeaders(200, sent.length);
                in.getResponseBody().write(sent);
                in.close();
              });
          queue.start();
          try {
            String url = "http://127.0.0.1:" + queue.getAddress().getPort();
            String role = "arn:aws:iam::" + ALICE.account() + ":role/sender";
            house.run(
                () -> {
                  house.backendAccess.putBackendEndpoint(ALICE, "sqs", url);
                  house.backendAccess.putBackendRole(ALICE, role, keys());
                });
            given(
                withIntegration(
                    Integration.builder()
                        .type("AWS")
                        .httpMethod("POST")
                        .credentials(role)
                        .uri("arn:aws:apigateway:us-east-1:sqs:path/1/pets")
                        .integrationResponses(
                            Map.of(
                                "200", IntegrationResponse.builder().statusCode("200").build()))));

            TestInvokeMethodResponse answer = invoke(ALICE, "GET", in -> {});

            assertEquals(200, answer.status(), answer.log());
            assertEquals("{\"sent\":1}", answer.body());
            assertTrue(
                authorizations.getFirst().startsWith("AWS4-HMAC-SHA256 Credential=AKIASENDER/"),
                authorizations.toString());
          } finally {
            queue.stop(0);
          }
        });
  }

  private static BackendAccess.RoleKeys keys() {
    return new BackendAccess.RoleKeys(
        "AKIASENDER",
        Optional.of("secret"),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty());
  }

  private static ApiDefinition withIntegration(Integration.Builder integration) {
    return Kit.definition(
        API,
        Map.of(
            "GET",
            Method.builder()
                .httpMethod("GET")
                .authorizationType("NONE")
                .methodResponses(Map.of("200", MethodResponse.builder().statusCode("200").build()))
                .methodIntegration(integration.build())
                .build()));
  }

  @Test
  void aDraftKeepsWhatTheMethodNeedsOfItsApi() {
    ApiDefinition mock = Kit.mock(API);
    ApiDefinition api =
        mock.withRestApi(
                mock.restApi().toBuilder()
                    .binaryMediaTypes("image/png")
                    .minimumCompressionSize(10)
                    .apiKeySource("AUTHORIZER")
                    .policy("{}")
                    .build())
            .withModels(Map.of("Pet", Model.builder().id("m1").name("Pet").schema("{}").build()))
            .withRequestValidators(
                Map.of("v1", RequestValidator.builder().id("v1").name("all").build()))
            .withGatewayResponses(
                Map.of(
                    "DEFAULT_4XX", GatewayResponse.builder().responseType("DEFAULT_4XX").build()))
            .withCors(
                Map.of(
                    CorsRules.WHOLE_API,
                    new Cors(
                        List.of("*"), List.of(), List.of(), List.of(), Optional.empty(), false)));

    ApiDefinition draft = TestInvocations.alone(api, "root", "GET");

    assertEquals(
        RestApi.builder()
            .id(API)
            .binaryMediaTypes("image/png")
            .minimumCompressionSize(10)
            .apiKeySource("AUTHORIZER")
            .build(),
        draft.restApi());
    assertEquals(api.models(), draft.models());
    assertEquals(api.requestValidators(), draft.requestValidators());
    assertEquals(Map.of(), draft.gatewayResponses());
    assertEquals(Map.of(), draft.cors());
    Method method = draft.resources().get("root").resourceMethods().get("GET");
    assertEquals("NONE", method.authorizationType());
    assertEquals(false, method.apiKeyRequired());
  }

  @TestFactory
  Stream<DynamicTest> whatDoesNotExistAndWhatIsAnothersAnswersAlike() {
    return onBoth(
        () -> {
          given(withAuthorizer(Authorizer.builder().type("TOKEN")));

          assertEquals(
              "Invalid Resource identifier specified",
              refusal(() -> invoke(MALLORY, "GET", in -> {})));
          assertEquals(
              "Invalid Resource identifier specified",
              refusal(() -> invoke(ALICE, "GET", in -> in.restApiId("nosuch0000"))));
          assertEquals(
              "Invalid Resource identifier specified",
              refusal(() -> invoke(ALICE, "GET", in -> in.resourceId("nosuch"))));
          assertEquals(
              "Invalid Method identifier specified",
              refusal(() -> invoke(ALICE, "POST", in -> {})));
          assertEquals(
              "Invalid API identifier specified 222222222222:" + API,
              refusal(() -> authorize(MALLORY, in -> {})));
          assertEquals(
              "Invalid Authorizer identifier specified",
              refusal(() -> authorize(ALICE, in -> in.authorizerId("nosuch"))));
        });
  }

  @TestFactory
  Stream<DynamicTest> whatCannotBeSentIsRefused() {
    return onBoth(
        () -> {
          given(Kit.mock(API));

          assertEquals(
              "Invalid header specified: a",
              refusal(() -> invoke(ALICE, "GET", in -> in.headers(Map.of("a", "b\r\nc: d")))));
          assertEquals(
              "Invalid header specified: a b",
              refusal(() -> invoke(ALICE, "GET", in -> in.headers(Map.of("a b", "c")))));
          assertTrue(
              refusal(() -> invoke(ALICE, "GET", in -> in.pathWithQueryString("/../a")))
                  .startsWith("Invalid pathWithQueryString specified"));
          assertEquals(
              "Invalid Client Certificate identifier specified",
              assertThrows(
                      ApiError.class,
                      () -> invoke(ALICE, "GET", in -> in.clientCertificateId("abcdef")))
                  .getMessage());
        });
  }

  @TestFactory
  Stream<DynamicTest> anIdentityThatIsMissingOrMalformedIsUnauthorized() {
    return onBoth(
        () -> {
          given(withAuthorizer(token()));

          TestInvokeAuthorizerResponse missing = authorize(ALICE, in -> {});
          TestInvokeAuthorizerResponse malformed =
              authorize(ALICE, in -> in.headers(Map.of("authorization", "Bearer 1 x")));

          assertEquals(401, missing.clientStatus());
          assertTrue(missing.log().contains(" : Unauthorized request: "), missing.log());
          assertEquals(401, malformed.clientStatus());
          assertEquals(List.of(), called);
        });
  }

  @TestFactory
  Stream<DynamicTest> anAuthorizersFunctionIsAskedAndItsAnswerTold() {
    return onBoth(
        () -> {
          called.clear();
          returned = "{\"principalId\":\"user-of-a-pool\",\"policyDocument\":" + POLICY + "}";
          given(withAuthorizer(token()));

          TestInvokeAuthorizerResponse answer =
              authorize(ALICE, in -> in.headers(Map.of("authorization", "Bearer abcdefghij")));

          assertEquals(200, answer.clientStatus(), answer.log());
          assertEquals("user-of-a-pool", answer.principalId());
          assertEquals(POLICY, answer.policy());
          assertEquals(false, answer.hasClaims());
          assertEquals(
              new FunctionCall.Invoker.Service(
                  "arn:aws:execute-api:us-east-1:"
                      + ALICE.account()
                      + ":"
                      + API
                      + "/authorizers/auth01"),
              called.getFirst().invoker());
          List<String> lines =
              answer.log().lines().map(l -> l.replaceFirst("^.* UTC \\d{4} : ", "")).toList();
          assertTrue(lines.get(1).startsWith("Starting authorizer: auth01 for request: "));
          assertEquals("Incoming identity: ***********efghij", lines.get(2));
          assertTrue(
              lines.contains(
                  "Endpoint request body after transformations: {\"type\":\"TOKEN\",\"methodArn\":"
                      + "\"arn:aws:execute-api:us-east-1:"
                      + ALICE.account()
                      + ":"
                      + API
                      + "/ESTestInvoke-stage/GET/\",\"authorizationToken\":\"Bearer abcdefghij\"}"),
              answer.log());
          assertTrue(lines.contains("Function log: a line of the function"), answer.log());
          assertEquals(
              List.of(
                  "Authorizer result body before parsing: " + returned,
                  "Using valid authorizer policy for principal: ********a-pool",
                  "Successfully completed authorizer execution"),
              lines.subList(lines.size() - 3, lines.size()));

          authorize(ALICE, in -> in.headers(Map.of("authorization", "Bearer abcdefghij")));
          assertEquals(2, called.size(), "nothing is kept");
        });
  }

  @TestFactory
  Stream<DynamicTest> anAnswerThatIsNoneIsAFailedExecution() {
    return onBoth(
        () -> {
          returned = "{\"principalId\":\"a\",\"policyDocument\":\"allow\"}";
          given(withAuthorizer(token()));

          TestInvokeAuthorizerResponse answer =
              authorize(ALICE, in -> in.headers(Map.of("authorization", "Bearer abcdefghij")));

          assertEquals(500, answer.clientStatus());
          assertEquals(null, answer.policy());
          assertEquals(null, answer.principalId());
          assertTrue(
              answer.log().contains("/policyDocument: is not an object, but STRING"), answer.log());
          assertTrue(answer.log().endsWith(" : AuthorizerConfigurationException\n"), answer.log());
        });
  }

  @TestFactory
  Stream<DynamicTest> anExpressionThatIsNoneIsAFailedExecution() {
    return onBoth(
        () -> {
          given(withAuthorizer(token().identityValidationExpression("Bearer [")));

          TestInvokeAuthorizerResponse answer =
              authorize(ALICE, in -> in.headers(Map.of("Authorization", "Bearer [")));

          assertEquals(500, answer.clientStatus(), answer.log());
          assertTrue(answer.log().contains("cannot be used: "), answer.log());
        });
  }

  private static Authorizer.Builder token() {
    return asking()
        .type("TOKEN")
        .identitySource("method.request.header.Authorization")
        .identityValidationExpression("Bearer [a-z]+");
  }

  private static Authorizer.Builder asking() {
    return Authorizer.builder()
        .name("who")
        .authorizerUri(
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/arn:aws:lambda:us-east-1:"
                + ALICE.account()
                + ":function:who/invocations");
  }

  @TestFactory
  Stream<DynamicTest> aRequestAuthorizerNeedsAllItsSourcesUnlessItCachesNothing() {
    return onBoth(
        () -> {
          returned = "{\"principalId\":\"a\",\"policyDocument\":" + POLICY + "}";
          String sources =
              "method.request.header.a, method.request.querystring.b, stageVariables.c, context.d";
          given(withAuthorizer(asking().type("REQUEST").identitySource(sources)));
          Consumer<TestInvokeAuthorizerRequest.Builder> all =
              in ->
                  in.multiValueHeaders(Map.of("A", List.of("1")))
                      .pathWithQueryString("/x?b=2")
                      .stageVariables(Map.of("c", "3"))
                      .additionalContext(Map.of("d", "4"));

          TestInvokeAuthorizerResponse fine = authorize(ALICE, all);
          assertEquals(200, fine.clientStatus(), fine.log());
          assertTrue(
              fine.log()
                  .contains(
                      "Incoming identity: {method.request.header.a=*, method.request.querystring.b=*,"
                          + " stageVariables.c=*, context.d=*}"),
              fine.log());
          assertEquals(
              401, authorize(ALICE, all.andThen(in -> in.stageVariables(Map.of()))).clientStatus());
          assertEquals(
              401,
              authorize(ALICE, all.andThen(in -> in.pathWithQueryString("/x"))).clientStatus());

          house.run(
              () ->
                  house.kit.apis.edit(
                      ALICE,
                      API,
                      api ->
                          api.withAuthorizers(
                              withAuthorizer(
                                      asking()
                                          .type("REQUEST")
                                          .identitySource(sources)
                                          .authorizerResultTtlInSeconds(0))
                                  .authorizers())));
          assertEquals(200, authorize(ALICE, in -> {}).clientStatus());
        });
  }

  @TestFactory
  Stream<DynamicTest> onlyTheAccountsOwnPoolsDecideAboutItsTokens() {
    return onBoth(
        () -> {
          String pool = "us-east-1_Pool" + System.nanoTime();
          given(
              withAuthorizer(
                  Authorizer.builder()
                      .type("COGNITO_USER_POOLS")
                      .name("people")
                      .identitySource("method.request.header.Authorization")
                      .providerARNs(
                          "arn:aws:cognito-idp:us-east-1:"
                              + ALICE.account()
                              + ":userpool/"
                              + pool)));
          house.run(() -> house.kit.userPools.create(MALLORY, registered(pool)));
          TestInvokeAuthorizerResponse anothers =
              authorize(ALICE, in -> in.headers(Map.of("Authorization", TOKEN)));
          assertEquals(401, anothers.clientStatus(), anothers.log());

          house.run(() -> house.kit.userPools.create(ALICE, registered(pool)));
          TestInvokeAuthorizerResponse own =
              authorize(ALICE, in -> in.headers(Map.of("Authorization", TOKEN)));
          assertEquals(500, own.clientStatus(), own.log());
          assertTrue(own.log().contains("no keys of https://127.0.0.1:1 are known"), own.log());
          assertEquals(false, own.hasClaims());
        });
  }

  private static UserPoolType registered(String pool) {
    return UserPoolType.builder()
        .id(pool)
        .name("people")
        .userPoolTags(Map.of("gatehouse:issuer", "https://127.0.0.1:1"))
        .build();
  }

  private void given(ApiDefinition definition) {
    house.run(() -> house.kit.apis.create(ALICE, definition));
  }

  private static ApiDefinition withAuthorizer(Authorizer.Builder authorizer) {
    return Kit.mock(API).withAuthorizers(Map.of("auth01", authorizer.id("auth01").build()));
  }

  private TestInvokeMethodResponse invoke(
      Caller caller, String verb, Consumer<TestInvokeMethodRequest.Builder> more) {
    TestInvokeMethodRequest.Builder in =
        TestInvokeMethodRequest.builder().restApiId(API).resourceId("root").httpMethod(verb);
    more.accept(in);
    return house.in(() -> tests.testInvokeMethod(caller, in.build()));
  }

  private TestInvokeAuthorizerResponse authorize(
      Caller caller, Consumer<TestInvokeAuthorizerRequest.Builder> more) {
    TestInvokeAuthorizerRequest.Builder in =
        TestInvokeAuthorizerRequest.builder().restApiId(API).authorizerId("auth01");
    more.accept(in);
    return house.in(() -> tests.testInvokeAuthorizer(caller, in.build()));
  }

  private static String refusal(org.junit.jupiter.api.function.Executable call) {
    return assertThrows(ApiError.class, call).getMessage();
  }
}
