package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.LONGEST_TIMEOUT;
import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.wire.ApiError.Kind.ACCESS_DENIED;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.wire.Wire;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.ConnectionType;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

class IntegrationRulesTest {

  private static final String LAMBDA =
      "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
          + "arn:aws:lambda:us-east-1:111111111111:function:MyLambda/invocations";
  private static final String NO_LAMBDA =
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream"
          + " invocations.";

  private final ApiDefinition api = Examples.withMethod("GET");

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "HTTP_PROXY"})
  void httpIntegrationsSendTheDefaultsAndTheirConnection(IntegrationType type) {
    assertWritten(
        "{\"type\":\""
            + type
            + "\",\"httpMethod\":\"POST\",\"uri\":\"http://example.com\","
            + "\"connectionType\":\"INTERNET\",\"passthroughBehavior\":\"WHEN_NO_MATCH\","
            + "\"timeoutInMillis\":29000,\"cacheNamespace\":\"root000000\","
            + "\"cacheKeyParameters\":[]}",
        put(of(type).httpMethod("POST").uri("http://example.com")));
  }

  @Test
  void aMockDropsVerbUriAndConnection() {
    assertWritten(
        "{\"type\":\"MOCK\",\"requestTemplates\":{\"application/json\":\"{}\"},"
            + "\"passthroughBehavior\":\"WHEN_NO_MATCH\",\"timeoutInMillis\":29000,"
            + "\"cacheNamespace\":\"root000000\",\"cacheKeyParameters\":[]}",
        put(
            of(IntegrationType.MOCK)
                .httpMethod("GET")
                .uri("http://example.com")
                .connectionType(ConnectionType.INTERNET)
                .requestTemplates(Map.of("application/json", "{}"))));
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "HTTP_PROXY", "AWS", "AWS_PROXY"})
  void allButMocksNeedAVerb(IntegrationType type) {
    assertRefused(
        BAD_REQUEST,
        "Enumeration value for HttpMethod must be non-empty",
        () -> put(of(type).uri("http://example.com")));
  }

  @Test
  void theVerbIsAskedForBeforeTheUri() {
    assertRefused(
        BAD_REQUEST,
        "Enumeration value for HttpMethod must be non-empty",
        () -> put(of(IntegrationType.HTTP).uri("non-valid-http")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"non-valid-http", "ftp://x", "http://", "http:///x", "http://a b", "http://a\nb"})
  void httpEndpointsBeginWithASchemeAndAHost(String uri) {
    assertRefused(
        BAD_REQUEST,
        "Invalid HTTP endpoint specified for URI",
        () -> put(of(IntegrationType.HTTP).httpMethod("POST").uri(uri)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://${stageVariables.host}/${stageVariables.path}?${stageVariables.query}",
        "http://example.com/{proxy}",
        "http://127.0.0.1:8080",
        "HTTPS://example.com?x=1"
      })
  void variablesMayStandAnywhereAfterTheScheme(String uri) {
    assertEquals(uri, put(of(IntegrationType.HTTP_PROXY).httpMethod("ANY").uri(uri)).uri());
  }

  @Test
  void lambdaArnsAreTakenByBothAwsTypesWithoutCredentials() {
    put(of(IntegrationType.AWS).httpMethod("POST").uri(LAMBDA));
    Integration proxy = put(of(IntegrationType.AWS_PROXY).httpMethod("POST").uri(LAMBDA));
    assertEquals(null, proxy.connectionType());
  }

  @Test
  void otherServicesNeedARole() {
    Integration.Builder s3 =
        of(IntegrationType.AWS).httpMethod("POST").uri("arn:aws:apigateway:us-east-1:s3:path/b/k");

    assertRefused(BAD_REQUEST, "Role ARN must be specified for AWS integrations", () -> put(s3));
    put(s3.credentials("arn:aws:iam::111111111111:role/service-role/x"));
  }

  @Test
  void awsUrisAreArnsWithPathOrAction() {
    assertAwsRefused("Invalid ARN specified in the request", "non-valid-arn");
    assertAwsRefused(
        "AWS ARN for integration must contain path or action",
        "arn:aws:iam::0000000000:role/service-role/asdf");
    assertProxyRefused(
        "AWS ARN for integration must contain path or action",
        "arn:aws:lambda:us-east-1:111111111111:function:f");
    assertProxyRefused(
        "Invalid ARN specified in the request", "bad-arn:lambda:path/2015-03-31/functions/f");
    assertProxyRefused(
        "AWS ARN for integration must contain path or action",
        LAMBDA.replace("lambda:path/2015", "lambda:test/2015"));
  }

  @Test
  void proxiesCallLambdaFunctionsOnly() {
    assertProxyRefused(NO_LAMBDA, LAMBDA.replace(":lambda:path", ":firehose:path"));
    assertProxyRefused(NO_LAMBDA, LAMBDA.replace("2015-03-31/functions", "random/value"));
    assertProxyRefused(NO_LAMBDA, "arn:aws:apigateway:us-east-1:s3:path/b/k");
  }

  @Test
  void theUriIsJudgedBeforeResourceAndMethodAreLookedUp() {
    Integration bad = of(IntegrationType.HTTP).httpMethod("GET").uri("x").build();
    Integration good = of(IntegrationType.MOCK).build();

    assertRefused(
        BAD_REQUEST,
        "Invalid HTTP endpoint specified for URI",
        () -> IntegrationRules.put(api, "badresource", "GET", bad, LONGEST_TIMEOUT));
    assertRefused(
        NOT_FOUND,
        "Invalid Resource identifier specified",
        () -> IntegrationRules.put(api, "badresource", "GET", good, LONGEST_TIMEOUT));
    assertRefused(
        NOT_FOUND,
        "Invalid Method identifier specified",
        () -> IntegrationRules.put(api, ROOT, "POST", good, LONGEST_TIMEOUT));
  }

  @ParameterizedTest
  @ValueSource(ints = {49, 29_001, 0, -1, Integer.MAX_VALUE})
  void timeoutsOutsideTheRangeAreRefused(int millis) {
    assertRefused(
        BAD_REQUEST,
        "Timeout should be between 50 ms and 29000 ms",
        () -> put(of(IntegrationType.MOCK).timeoutInMillis(millis)));
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 5000, 29_000})
  void timeoutsInsideTheRangeAreKept(int millis) {
    assertEquals(millis, put(of(IntegrationType.MOCK).timeoutInMillis(millis)).timeoutInMillis());
  }

  @Test
  void howLongATimeoutMayBeIsTheOperatorsToSay() {
    Integration patient = of(IntegrationType.MOCK).timeoutInMillis(120_000).build();
    Integration usual = of(IntegrationType.MOCK).build();

    assertEquals(120_000, timeout(patient, Duration.ofMinutes(2)));
    assertEquals(29_000, timeout(usual, Duration.ofMinutes(2)));
    assertEquals(500, timeout(usual, Duration.ofMillis(500)));
    assertRefused(
        BAD_REQUEST,
        "Timeout should be between 50 ms and 119999 ms",
        () -> timeout(patient, Duration.ofMillis(119_999)));
  }

  private static int timeout(Integration wanted, Duration longest) {
    return IntegrationRules.checked(ROOT, wanted, longest).timeoutInMillis();
  }

  @Test
  void aVpcLinkKeepsItsConnection() {
    Integration link =
        put(
            of(IntegrationType.HTTP_PROXY)
                .httpMethod("GET")
                .uri("http://nlb.example.com")
                .connectionType(ConnectionType.VPC_LINK)
                .connectionId("${stageVariables.vpcLinkId}"));

    assertEquals(ConnectionType.VPC_LINK, link.connectionType());
    assertEquals("${stageVariables.vpcLinkId}", link.connectionId());
  }

  @Test
  void passthroughIsStoredInUpperCaseAndChecked() {
    assertEquals(
        "WHEN_NO_TEMPLATES",
        put(of(IntegrationType.MOCK).passthroughBehavior("when_no_templates"))
            .passthroughBehavior());
    assertRefused(
        BAD_REQUEST,
        "Invalid passthrough behavior specified: sometimes. Must be one of: [WHEN_NO_MATCH,"
            + " WHEN_NO_TEMPLATES, NEVER]",
        () -> put(of(IntegrationType.MOCK).passthroughBehavior("sometimes")));
  }

  @Test
  void parameterMappingsAreWellFormed() {
    put(
        of(IntegrationType.MOCK)
            .requestParameters(
                Map.of(
                    "integration.request.header.A", "'static, text'",
                    "integration.request.querystring.b", "method.request.body.$.x",
                    "integration.request.path.c", "context.requestId",
                    "integration.request.header.D", "stageVariables.d")));
    for (Map<String, String> bad :
        List.of(
            Map.of("integration.request.cookie.a", "'x'"),
            Map.of("integration.request.header.a", "x"),
            Map.of("method.request.header.a", "'x'"))) {
      assertRefused(
          BAD_REQUEST,
          "Invalid mapping expression specified: Validation Result: warnings : [], errors :"
              + " [Invalid mapping expression specified: "
              + (bad.containsValue("x") ? "x" : bad.keySet().iterator().next())
              + "]",
          () -> put(of(IntegrationType.MOCK).requestParameters(bad)));
    }
  }

  @Test
  void whatAMappingTakesFromTheRequestIsDeclaredByTheMethod() {
    ApiDefinition declaring =
        MethodRules.put(
            Examples.api(),
            ROOT,
            Examples.method("GET")
                .requestParameters(Map.of("method.request.querystring.q", false))
                .build());
    Integration.Builder single = taking("method.request.querystring.q");
    Integration.Builder all = taking("method.request.multivaluequerystring.q");
    ApiDefinition mapped =
        IntegrationRules.put(declaring, ROOT, "GET", single.build(), LONGEST_TIMEOUT);
    IntegrationRules.put(declaring, ROOT, "GET", all.build(), LONGEST_TIMEOUT);

    String undeclared =
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression parameter specified: method.request.header.q]";
    Integration other = taking("method.request.header.q").build();
    assertRefused(
        BAD_REQUEST,
        undeclared,
        () -> IntegrationRules.put(declaring, ROOT, "GET", other, LONGEST_TIMEOUT));
    assertRefused(
        BAD_REQUEST,
        undeclared,
        () -> IntegrationRules.update(mapped, ROOT, "GET", i -> other, LONGEST_TIMEOUT));
  }

  @Test
  void theHeadersThatAnIntegrationResponseSetsAreDeclaredByTheMethodsResponse() {
    ApiDefinition mocked = withMock(api);
    ApiDefinition declaring =
        MethodResponseRules.put(
            mocked,
            ROOT,
            "GET",
            MethodResponse.builder()
                .statusCode("200")
                .responseParameters(Map.of("method.response.header.A", false))
                .build());
    IntegrationResponse a = setting("method.response.header.A");
    IntegrationResponse b = setting("method.response.header.B");
    ApiDefinition mapped = IntegrationResponseRules.put(declaring, ROOT, "GET", a);

    String undeclared =
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression parameter specified: %s]";
    assertRefused(
        BAD_REQUEST,
        undeclared.formatted("method.response.header.A"),
        () -> IntegrationResponseRules.put(mocked, ROOT, "GET", a));
    assertRefused(
        BAD_REQUEST,
        undeclared.formatted("method.response.header.B"),
        () -> IntegrationResponseRules.update(mapped, ROOT, "GET", "200", r -> b));
  }

  @Test
  void aStatusThatTheMethodDoesNotDeclareMayBeAnswered() {
    IntegrationResponse plain = IntegrationResponse.builder().statusCode("504").build();

    ApiDefinition answered = IntegrationResponseRules.put(withMock(api), ROOT, "GET", plain);

    assertEquals(plain, IntegrationResponseRules.get(answered, ROOT, "GET", "504"));
  }

  @Test
  void templatesHaveASize() {
    String longest = "x".repeat(300 * 1024);
    put(of(IntegrationType.MOCK).requestTemplates(Map.of("text/plain", longest)));
    assertRefused(
        BAD_REQUEST,
        "The mapping template for text/plain is longer than 307200 characters",
        () -> put(of(IntegrationType.MOCK).requestTemplates(Map.of("text/plain", longest + "x"))));
  }

  @Test
  void aRoleIsOfTheAccountItself() {
    Roles.requireOwn("111111111111", null);
    Roles.requireOwn("111111111111", "arn:aws:iam::111111111111:role/path/name");
    Roles.requireOwn("111111111111", "arn:aws:iam::*:user/*");
    Roles.requireOwn("111111111111", "arn:aws:iam::${stageVariables.account}:role/name");
    assertRefused(
        ACCESS_DENIED,
        "Cross-account pass role is not allowed.",
        () -> Roles.requireOwn("111111111111", "arn:aws:iam::222222222222:role/name"));
    assertRefused(
        BAD_REQUEST,
        "Invalid ARN specified in the request",
        () -> Roles.requireOwn("111111111111", "role/name"));
  }

  private static Integration.Builder taking(String source) {
    return of(IntegrationType.MOCK)
        .requestParameters(Map.of("integration.request.header.X", source));
  }

  private static IntegrationResponse setting(String header) {
    return response().responseParameters(Map.of(header, "'x'")).build();
  }

  @Test
  void aNewIntegrationReplacesTheOldOneAndItsResponses() {
    ApiDefinition once = withMock(api);
    ApiDefinition answered = IntegrationResponseRules.put(once, ROOT, "GET", response().build());

    assertEquals(once, withMock(answered));
  }

  @Test
  void updatesKeepTheResponses() {
    ApiDefinition answered =
        IntegrationResponseRules.put(withMock(api), ROOT, "GET", response().build());

    ApiDefinition updated =
        IntegrationRules.update(
            answered,
            ROOT,
            "GET",
            i -> i.toBuilder().timeoutInMillis(5000).build(),
            LONGEST_TIMEOUT);

    Integration after = IntegrationRules.get(updated, ROOT, "GET");
    assertEquals(5000, after.timeoutInMillis());
    assertEquals(Map.of("200", response().build()), after.integrationResponses());
  }

  @Test
  void aMethodWithoutIntegrationHasNothingToReadChangeOrAnswer() {
    String unknown = "Invalid Integration identifier specified";
    assertRefused(NOT_FOUND, unknown, () -> IntegrationRules.get(api, ROOT, "GET"));
    assertRefused(NOT_FOUND, unknown, () -> IntegrationRules.delete(api, ROOT, "GET"));
    assertRefused(NOT_FOUND, unknown, () -> IntegrationResponseRules.get(api, ROOT, "GET", "200"));
    assertRefused(
        NOT_FOUND,
        unknown,
        () -> IntegrationResponseRules.put(api, ROOT, "GET", response().build()));
  }

  @Test
  void integrationResponsesAreOverwrittenByPut() {
    ApiDefinition first =
        IntegrationResponseRules.put(
            withMock(api), ROOT, "GET", response().selectionPattern("").build());
    ApiDefinition second =
        IntegrationResponseRules.put(
            first, ROOT, "GET", response().responseTemplates(Map.of()).build());

    assertWritten(
        "{\"statusCode\":\"200\",\"selectionPattern\":\"\"}",
        IntegrationResponseRules.get(first, ROOT, "GET", "200"));
    assertWritten(
        "{\"statusCode\":\"200\",\"responseTemplates\":{}}",
        IntegrationResponseRules.get(second, ROOT, "GET", "200"));
  }

  @Test
  void unknownStatusCodesOfIntegrationResponsesAreNotFound() {
    ApiDefinition mocked = withMock(api);
    String unknown = "Invalid Response status code specified";

    assertRefused(
        NOT_FOUND, unknown, () -> IntegrationResponseRules.get(mocked, ROOT, "GET", "200"));
    assertRefused(
        NOT_FOUND, unknown, () -> IntegrationResponseRules.delete(mocked, ROOT, "GET", "200"));
    assertRefused(
        NOT_FOUND,
        unknown,
        () -> IntegrationResponseRules.update(mocked, ROOT, "GET", "200", r -> r));
  }

  @Test
  void aDeletedIntegrationResponseLeavesNoTrace() {
    ApiDefinition mocked = withMock(api);
    ApiDefinition answered = IntegrationResponseRules.put(mocked, ROOT, "GET", response().build());

    assertEquals(mocked, IntegrationResponseRules.delete(answered, ROOT, "GET", "200"));
    assertEquals(api, IntegrationRules.delete(answered, ROOT, "GET"));
  }

  private static ApiDefinition withMock(ApiDefinition api) {
    return IntegrationRules.put(
        api, ROOT, "GET", of(IntegrationType.MOCK).build(), LONGEST_TIMEOUT);
  }

  private static IntegrationResponse.Builder response() {
    return IntegrationResponse.builder().statusCode("200");
  }

  private static Integration.Builder of(IntegrationType type) {
    return Integration.builder().type(type);
  }

  private Integration put(Integration.Builder wanted) {
    ApiDefinition after = IntegrationRules.put(api, ROOT, "GET", wanted.build(), LONGEST_TIMEOUT);
    return IntegrationRules.get(after, ROOT, "GET");
  }

  private void assertAwsRefused(String message, String uri) {
    assertRefused(
        BAD_REQUEST, message, () -> put(of(IntegrationType.AWS).httpMethod("POST").uri(uri)));
  }

  private void assertProxyRefused(String message, String uri) {
    assertRefused(
        BAD_REQUEST, message, () -> put(of(IntegrationType.AWS_PROXY).httpMethod("POST").uri(uri)));
  }

  private static void assertWritten(String json, software.amazon.awssdk.core.SdkPojo shape) {
    assertEquals(json, Wire.write(shape).toString());
  }
}
