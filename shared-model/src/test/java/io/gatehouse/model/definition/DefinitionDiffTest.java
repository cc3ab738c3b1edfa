package io.gatehouse.model.definition;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.definition.DefinitionDiff.Difference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;
import software.amazon.awssdk.services.apigateway.model.RestApi;

class DefinitionDiffTest {

  private final ApiDefinition before = definition("r1", "a1", "v1", UnaryOperator.identity());

  @Test
  void idsThatChangeAreNoDifference() {
    ApiDefinition copy = definition("r2", "a2", "v2", UnaryOperator.identity());
    ApiDefinition renamedOnly =
        copy.withRestApi(copy.restApi().toBuilder().id("other").rootResourceId("r9").build());

    assertEquals(List.of(), lines(before, renamedOnly));
  }

  @Test
  void layoutOrderAndEmptinessAreNoDifference() {
    ApiDefinition same =
        before
            .withRestApi(
                before.restApi().toBuilder().binaryMediaTypes("b/b", "a/a").tags(Map.of()).build())
            .withModels(
                Map.of(
                    "Pet",
                    Model.builder()
                        .id("m2")
                        .name("Pet")
                        .schema("{ \"type\" :\n \"object\" }")
                        .build()));
    ApiDefinition emptied =
        definition("r1", "a1", "v1", m -> m.toBuilder().requestParameters(Map.of()).build());

    assertEquals(List.of(), lines(before, same));
    assertEquals(List.of(), lines(before, emptied));
  }

  @Test
  void whatIsChangedIsNamedWithItsPlaceAndMembers() {
    ApiDefinition after =
        definition(
                "r1",
                "a1",
                "v1",
                m ->
                    m.toBuilder()
                        .apiKeyRequired(true)
                        .methodIntegration(
                            m.methodIntegration().toBuilder()
                                .uri("https://b.example")
                                .timeoutInMillis(99)
                                .build())
                        .build())
            .withRestApi(before.restApi().toBuilder().minimumCompressionSize(5).build());

    assertEquals(
        List.of(
            "API settings changed: minimumCompressionSize",
            "Method GET /pets changed: apiKeyRequired",
            "Integration of GET /pets changed: timeoutInMillis, uri"),
        lines(before, after));
  }

  @Test
  void whatIsAddedAndRemovedIsOneLineEach() {
    Map<String, Resource> resources = new LinkedHashMap<>(before.resources());
    resources.put(
        "new",
        Resource.builder()
            .id("new")
            .path("/dogs")
            .resourceMethods(
                Map.of(
                    "POST",
                    Method.builder()
                        .httpMethod("POST")
                        .methodIntegration(Integration.builder().type("MOCK").build())
                        .build()))
            .build());
    ApiDefinition after =
        before
            .withResources(resources)
            .withModels(Map.of())
            .withGatewayResponses(
                Map.of(
                    "DEFAULT_4XX",
                    GatewayResponse.builder()
                        .responseType("DEFAULT_4XX")
                        .statusCode("418")
                        .build()));

    assertEquals(
        List.of(
            "Model Pet removed",
            "Resource /dogs added",
            "Method POST /dogs added",
            "Gateway response DEFAULT_4XX added"),
        lines(before, after));
    assertEquals(
        List.of(
            "Resource /dogs removed",
            "Method POST /dogs removed",
            "Gateway response DEFAULT_4XX removed",
            "Model Pet added"),
        lines(after, before));
  }

  @Test
  void anotherAuthorizerOrValidatorOfAMethodIsADifferenceEvenUnderTheSameId() {
    ApiDefinition after =
        before
            .withAuthorizers(
                Map.of("a1", Authorizer.builder().id("a1").name("other").type("TOKEN").build()))
            .withRequestValidators(
                Map.of(
                    "v1",
                    RequestValidator.builder()
                        .id("v1")
                        .name("all")
                        .validateRequestBody(true)
                        .build()));

    assertEquals(
        List.of(
            "Method GET /pets changed: authorizerId",
            "Authorizer lambda removed",
            "Request validator all changed: validateRequestBody",
            "Authorizer other added"),
        lines(before, after));
  }

  @Test
  void anIntegrationThatGoesAloneIsADifference() {
    ApiDefinition after =
        definition(
            "r1", "a1", "v1", m -> m.toBuilder().methodIntegration((Integration) null).build());

    assertEquals(List.of("Integration of GET /pets removed"), lines(before, after));
  }

  private static List<String> lines(ApiDefinition before, ApiDefinition after) {
    return DefinitionDiff.between(before, after).stream().map(Difference::line).toList();
  }

  @Test
  void corsIsToldByWhereItHolds() {
    Cors any = cors(List.of("*"));
    Cors two = cors(List.of("https://b.example", "https://a.example"));
    ApiDefinition earlier = before.withCors(Map.of(CorsRules.WHOLE_API, any));
    ApiDefinition later =
        definition("r2", "a2", "v2", UnaryOperator.identity())
            .withCors(Map.of(CorsRules.WHOLE_API, two, "r2", any));

    assertEquals(
        List.of("CORS of the API changed: allowOrigins", "CORS of /pets added"),
        lines(earlier, later));
    assertEquals(
        List.of(),
        lines(
            later,
            before.withCors(
                Map.of(
                    CorsRules.WHOLE_API,
                    cors(List.of("https://a.example", "https://b.example")),
                    "r1",
                    any))));
  }

  private static Cors cors(List<String> origins) {
    return new Cors(origins, List.of(), List.of(), List.of(), Optional.empty(), false);
  }

  private static ApiDefinition definition(
      String resourceId, String authorizerId, String validatorId, UnaryOperator<Method> change) {
    Method get =
        change.apply(
            Method.builder()
                .httpMethod("GET")
                .authorizationType("CUSTOM")
                .authorizerId(authorizerId)
                .requestValidatorId(validatorId)
                .apiKeyRequired(false)
                .methodIntegration(
                    Integration.builder()
                        .type("HTTP_PROXY")
                        .uri("https://a.example")
                        .cacheNamespace(resourceId)
                        .cacheKeyParameters(List.of())
                        .build())
                .build());
    return new ApiDefinition(
        RestApi.builder().id("api").name("pets").binaryMediaTypes("a/a", "b/b").build(),
        Map.of(
            resourceId,
            Resource.builder()
                .id(resourceId)
                .path("/pets")
                .resourceMethods(Map.of("GET", get))
                .build()),
        Map.of("Pet", Model.builder().id("m1").name("Pet").schema("{\"type\":\"object\"}").build()),
        Map.of(
            authorizerId,
            Authorizer.builder().id(authorizerId).name("lambda").type("TOKEN").build()),
        Map.of(validatorId, RequestValidator.builder().id(validatorId).name("all").build()),
        Map.of());
  }
}
