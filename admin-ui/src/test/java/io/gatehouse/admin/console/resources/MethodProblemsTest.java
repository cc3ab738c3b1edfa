package io.gatehouse.admin.console.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.resources.MethodProblems.Box;
import io.gatehouse.admin.console.resources.MethodProblems.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

class MethodProblemsTest {

  private static final IntegrationResponse BY_DEFAULT =
      IntegrationResponse.builder().statusCode("200").build();
  private static final MethodResponse OK = MethodResponse.builder().statusCode("200").build();

  private static Integration.Builder http() {
    return Integration.builder()
        .type("HTTP")
        .uri("http://${stageVariables.host}/pets")
        .integrationResponses(Map.of("200", BY_DEFAULT));
  }

  private static Method.Builder method(Integration integration) {
    return Method.builder()
        .httpMethod("GET")
        .authorizationType("NONE")
        .methodIntegration(integration)
        .methodResponses(Map.of("200", OK));
  }

  private static List<Problem> of(Method.Builder method) {
    return MethodProblems.of(method.build(), "/pets/{petId}", Set.of("known"));
  }

  private static void assertOne(Box box, String part, List<Problem> found) {
    assertEquals(1, found.size(), found::toString);
    assertEquals(box, found.getFirst().box());
    assertTrue(found.getFirst().words().contains(part), found::toString);
  }

  @Test
  void aMethodThatIsWholeHasNone() {
    assertEquals(List.of(), of(method(http().build())));
    assertEquals(
        List.of(), of(method(Integration.builder().type("HTTP_PROXY").uri("http://b").build())));
  }

  @Test
  void withoutAnIntegrationItCannotAnswer() {
    assertOne(Box.INTEGRATION_REQUEST, "no integration", of(method(null)));
  }

  @Test
  void anAuthorizerHasToBeThere() {
    Integration integration = http().build();
    assertEquals(
        List.of(), of(method(integration).authorizationType("CUSTOM").authorizerId("known")));
    assertOne(
        Box.METHOD_REQUEST,
        "authorizer gone",
        of(method(integration).authorizationType("CUSTOM").authorizerId("gone")));
    assertOne(
        Box.METHOD_REQUEST,
        "No authorizer",
        of(method(integration).authorizationType("COGNITO_USER_POOLS")));
  }

  @Test
  void answersNeedADefaultAndPatternsThatCompile() {
    assertOne(
        Box.INTEGRATION_RESPONSE,
        "no integration response",
        of(method(http().integrationResponses(Map.of()).build())));
    IntegrationResponse never =
        IntegrationResponse.builder().statusCode("200").selectionPattern("2\\d\\d").build();
    assertOne(
        Box.INTEGRATION_RESPONSE,
        "None is the default",
        of(method(http().integrationResponses(Map.of("200", never)).build())));
    IntegrationResponse broken =
        IntegrationResponse.builder().statusCode("400").selectionPattern("4(").build();
    assertOne(
        Box.INTEGRATION_RESPONSE,
        "pattern of 400",
        of(
            method(http().integrationResponses(Map.of("200", BY_DEFAULT, "400", broken)).build())
                .methodResponses(
                    Map.of("200", OK, "400", MethodResponse.builder().statusCode("400").build()))));
  }

  @Test
  void aStatusThatIsGivenHasToBeDeclared() {
    assertOne(
        Box.METHOD_RESPONSE, "Status 200", of(method(http().build()).methodResponses(Map.of())));
  }

  @Test
  void theBackendsPathHasToBeFilled() {
    Integration.Builder open = http().uri("http://b/{id}/x");
    assertOne(Box.INTEGRATION_REQUEST, "{id} of the URI", of(method(open.build())));
    assertEquals(
        List.of(),
        of(
            method(
                open.requestParameters(
                        Map.of("integration.request.path.id", "method.request.path.petId"))
                    .build())));
    assertOne(
        Box.INTEGRATION_REQUEST,
        "method.request.path.other",
        of(
            method(
                open.requestParameters(
                        Map.of("integration.request.path.id", "method.request.path.other"))
                    .build())));
    assertEquals(
        List.of(),
        of(
            method(
                http()
                    .uri("http://b/{id}/x")
                    .requestTemplates(
                        Map.of("application/json", "#set($context.requestOverride.path.id = 1)"))
                    .build())),
        "a template may fill it");
  }

  @Test
  void whatIsRequiredOfCallersShouldReachTheBackend() {
    Map<String, Boolean> required = Map.of("method.request.querystring.type", true);
    assertOne(
        Box.INTEGRATION_REQUEST,
        "querystring type is required",
        of(method(http().build()).requestParameters(required)));
    assertEquals(
        List.of(),
        of(
            method(
                    http()
                        .requestParameters(
                            Map.of(
                                "integration.request.header.t", "method.request.querystring.type"))
                        .build())
                .requestParameters(required)));
    assertEquals(
        List.of(),
        of(
            method(
                    http()
                        .requestTemplates(Map.of("application/json", "$input.params('type')"))
                        .build())
                .requestParameters(required)));
  }
}
