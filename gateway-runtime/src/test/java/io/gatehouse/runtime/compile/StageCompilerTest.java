package io.gatehouse.runtime.compile;

import static io.gatehouse.runtime.SampleApi.api;
import static io.gatehouse.runtime.SampleApi.proxyMethod;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

class StageCompilerTest {

  private static List<String> problems(SampleApi api) {
    return StageCompiler.unserved(api.snapshot(1)).stream()
        .map(u -> u.place() + ": " + u.reason() + (u.refused() ? "" : " (served without)"))
        .toList();
  }

  private static List<String> integration(Consumer<Integration.Builder> change) {
    Integration.Builder integration =
        Integration.builder().type("HTTP").httpMethod("GET").uri("http://backend.example.com/x");
    change.accept(integration);
    return problems(
        api("abc123", "dev")
            .method(
                "GET", "/p/{id}", Method.builder().methodIntegration(integration.build()).build()));
  }

  @Test
  void whatIsServedHasNoProblems() {
    assertEquals(
        List.of(),
        problems(api("abc123", "dev").proxy("ANY", "/{proxy+}", "https://example.com/{proxy}")));
    assertEquals(List.of(), integration(i -> i.timeoutInMillis(50)));
    assertEquals(List.of(), integration(i -> i.cacheKeyParameters("method.request.path.id")));
    assertEquals(
        List.of(),
        problems(
            api("abc123", "dev")
                .variable("host", "example.com:8443")
                .proxy("GET", "/a", "https://${stageVariables.host}/a")));
  }

  @Test
  void whatIsStoredAndNotEnforcedIsAProblemThatNamesItsPlace() {
    var api = api("abc123", "dev");
    api.with(a -> a.policy("{}"));
    api.with(
        a ->
            a.endpointConfiguration(
                EndpointConfiguration.builder().types(EndpointType.PRIVATE).build()));
    api.method(
        "GET", "/a", proxyMethod("/a", "http://example.com").authorizationType("CUSTOM").build());
    api.method("GET", "/b", Method.builder().build());
    api.method(
        "GET",
        "/c",
        proxyMethod("/c", "http://example.com")
            .authorizationType("CUSTOM")
            .authorizerId("a1")
            .build());
    String all = String.join("\n", problems(api));
    for (String expected :
        new String[] {
          "the API: the resource policy cannot be read, so nobody passes: Invalid policy"
              + " document.",
          "The policy has no Statement\n",
          "GET /c: the API has no Lambda authorizer a1",
          "GET /a: the API has no Lambda authorizer null",
          "GET /b: No integration defined for method"
        }) {
      assertTrue(all.contains(expected), expected + " in:\n" + all);
    }
  }

  @Test
  void integrationsThatCannotBeServedAreProblems() {
    assertProblem("the caller's own credentials", i -> lambda(i, "arn:aws:iam::*:user/*"));
    assertProblem("with a function's ARN", i -> i.type("AWS_PROXY").uri("arn:aws:apigateway:x"));
    assertProblem("verb is GET; a Lambda", i -> lambda(i, null).httpMethod("GET"));
    assertProblem(
        "integration.request.header.Authorization must not be mapped",
        i ->
            lambda(i, null)
                .requestParameters(
                    Map.of("integration.request.header.Authorization", "'Basic eA=='")));
    assertProblem(
        "selectionPattern of integration response 400",
        i ->
            lambda(i, null)
                .type("AWS")
                .integrationResponses(
                    Map.of("400", IntegrationResponse.builder().selectionPattern("(a").build())));
    assertProblem(
        "connectionType is VPC_LINK, and connectionId names none",
        i -> i.connectionType("VPC_LINK").connectionId("${stageVariables.nosuch}"));
    assertProblem(
        "the request template for application/json does not compile",
        i -> i.type("HTTP").requestTemplates(Map.of("application/json", "#if($x)")));
    assertProblem(
        "is mapped from method.request.nosuch.x",
        i ->
            i.requestParameters(Map.of("integration.request.header.x", "method.request.nosuch.x")));
    assertProblem(
        "integration.request.header.a:b is no name that a header can have",
        i -> i.requestParameters(Map.of("integration.request.header.a:b", "'v'")));
    assertProblem(
        "selectionPattern of integration response 500",
        i ->
            i.type("HTTP")
                .integrationResponses(
                    Map.of("500", IntegrationResponse.builder().selectionPattern("(a").build())));
  }

  @Test
  void aUriThatACallerOrAnEmptyVariableCouldBendIsAProblem() {
    assertProblem("a variable that nothing fills", i -> i.uri("http://{nosuch}.example.com/"));
    assertProblem("is not http(s)://host", i -> i.uri("http://${stageVariables.nosuch}/x"));
    assertProblem("is not http(s)://host", i -> i.uri("ftp://example.com/"));
    assertProblem("is not http(s)://host", i -> i.uri("http://user:pw@example.com/"));
    assertProblem("names port 70000", i -> i.uri("http://example.com:70000/"));
    assertProblem("a space or a character", i -> i.uri("http://example.com/a b"));
  }

  private static Integration.Builder lambda(Integration.Builder integration, String credentials) {
    return integration
        .type("AWS_PROXY")
        .httpMethod("POST")
        .uri(
            "arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/"
                + "arn:aws:lambda:us-east-1:123456789012:function:f/invocations")
        .credentials(credentials);
  }

  private static void assertProblem(String text, Consumer<Integration.Builder> change) {
    List<String> problems = integration(change);
    assertTrue(problems.toString().contains(text), text + " in " + problems);
    assertTrue(problems.getFirst().startsWith("GET /p/{id}: "), problems.toString());
  }
}
