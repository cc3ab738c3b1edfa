package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.definition.Examples.method;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.CONFLICT;
import static io.gatehouse.model.wire.ApiError.Kind.NOT_FOUND;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.wire.Wire;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

class MethodRulesTest {

  private static final String NEEDS_AUTHORIZER =
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
          + " COGNITO_USER_POOLS requires a valid authorizer.";

  private final ApiDefinition api = Examples.api();

  @Test
  void aBareMethodShowsThreeMembers() {
    assertWritten(
        "{\"httpMethod\":\"GET\",\"authorizationType\":\"NONE\",\"apiKeyRequired\":false}",
        put(Method.builder().httpMethod("GET").authorizationType("none")));
  }

  @Test
  void emptyTextsAndMapsFromToolsMeanNotGiven() {
    assertWritten(
        "{\"httpMethod\":\"GET\",\"authorizationType\":\"NONE\",\"apiKeyRequired\":false}",
        put(
            method("GET")
                .operationName("")
                .requestValidatorId("")
                .authorizerId("")
                .authorizationScopes(List.of())
                .requestModels(Map.of())
                .requestParameters(Map.of())));
  }

  @Test
  void checksComeInTheRecordedOrder() {
    Method.Builder wrong =
        method("WRONG")
            .authorizationType("CUSTOM")
            .requestValidatorId("fake-validator")
            .requestModels(Map.of("application/json", "petModel"));

    assertRefused(
        NOT_FOUND,
        "Invalid Resource identifier specified",
        () -> MethodRules.put(api, "fake-resource-id", wrong.build()));
    assertRefused(
        BAD_REQUEST,
        "Invalid HttpMethod specified. Valid options are"
            + " GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY",
        () -> put(wrong));
    assertRefused(BAD_REQUEST, NEEDS_AUTHORIZER, () -> put(wrong.httpMethod("ANY")));
    assertRefused(
        BAD_REQUEST,
        "Invalid Request Validator identifier specified",
        () -> put(wrong.authorizationType("NONE")));
    assertRefused(
        BAD_REQUEST,
        "Invalid model identifier specified: petModel",
        () -> put(wrong.requestValidatorId(null)));
  }

  @Test
  void aKnownAuthorizerValidatorAndModelAreTaken() {
    ApiDefinition rich =
        api.withAuthorizers(Map.of("auth01", Authorizer.builder().id("auth01").build()))
            .withRequestValidators(
                Map.of("val001", RequestValidator.builder().id("val001").build()));

    ApiDefinition after =
        MethodRules.put(
            rich,
            ROOT,
            method("POST")
                .authorizationType("custom")
                .authorizerId("auth01")
                .requestValidatorId("val001")
                .requestModels(Map.of("application/json", "Empty"))
                .build());

    Method stored = MethodRules.get(after, ROOT, "POST");
    assertEquals("CUSTOM", stored.authorizationType());
    assertEquals("auth01", stored.authorizerId());
    assertEquals("val001", stored.requestValidatorId());
    assertEquals(Map.of("application/json", "Empty"), stored.requestModels());
  }

  @Test
  void anUnknownAuthorizationTypeIsNamedWithTheKnownOnes() {
    assertRefused(
        BAD_REQUEST,
        "Invalid authorization type specified. Valid options are"
            + " NONE,AWS_IAM,CUSTOM,COGNITO_USER_POOLS",
        () -> put(method("GET").authorizationType("MAGIC")));
  }

  @Test
  void parameterNamesAreUniqueWhateverTheirPlace() {
    assertRefused(
        BAD_REQUEST,
        "Parameter names must be unique across querystring, header and path",
        () ->
            put(
                method("GET")
                    .requestParameters(
                        Map.of(
                            "method.request.querystring.optional", false,
                            "method.request.header.optional", false))));
  }

  @Test
  void aParameterThatIsNoMappingExpressionIsNamed() {
    assertRefused(
        BAD_REQUEST,
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression specified: true]",
        () -> put(method("POST").requestParameters(Map.of("true", true))));
  }

  @Test
  void theSameVerbTwiceIsAConflict() {
    ApiDefinition once = Examples.withMethod("GET");

    assertRefused(
        CONFLICT,
        "Method already exists for this resource",
        () -> MethodRules.put(once, ROOT, method("GET").build()));
    MethodRules.put(once, ROOT, method("ANY").build());
  }

  @Test
  void updatingAnUnknownMethodIsNotFound() {
    assertRefused(
        NOT_FOUND,
        "Invalid Method identifier specified",
        () -> MethodRules.update(api, ROOT, "GET", m -> m));
    assertRefused(
        NOT_FOUND,
        "Invalid Resource identifier specified",
        () -> MethodRules.update(api, "fake", "GET", m -> m));
  }

  @Test
  void customTypeNeedsAnAuthorizerAndOtherTypesIgnoreOne() {
    ApiDefinition once = Examples.withMethod("ANY");

    assertRefused(
        BAD_REQUEST, NEEDS_AUTHORIZER, () -> update(once, m -> m.authorizationType("CUSTOM")));
    assertRefused(
        BAD_REQUEST,
        NEEDS_AUTHORIZER,
        () -> update(once, m -> m.authorizationType("CUSTOM").authorizerId("abc123")));
    assertEquals(once, update(once, m -> m.authorizerId("abc123")));
  }

  @Test
  void theLastEntryTakesItsMapAlong() {
    ApiDefinition one =
        MethodRules.put(
            api, ROOT, method("ANY").requestModels(Map.of("application/json", "Empty")).build());

    ApiDefinition none = update(one, m -> m.requestModels(Map.of()));

    assertWritten(
        "{\"httpMethod\":\"ANY\",\"authorizationType\":\"NONE\",\"apiKeyRequired\":false}",
        MethodRules.get(none, ROOT, "ANY"));
  }

  @Test
  void deletingTheLastMethodLeavesNoTrace() {
    assertEquals(
        Examples.api().resources(),
        MethodRules.delete(Examples.withMethod("GET"), ROOT, "GET").resources());
    assertRefused(
        NOT_FOUND,
        "Invalid Method identifier specified",
        () -> MethodRules.delete(Examples.withMethod("GET"), ROOT, "POST"));
  }

  @Test
  void aMethodResponseIsPutOnce() {
    ApiDefinition once = putResponse(Examples.withMethod("GET"), response());

    assertWritten("{\"statusCode\":\"200\"}", MethodResponseRules.get(once, ROOT, "GET", "200"));
    assertRefused(
        CONFLICT, "Response already exists for this resource", () -> putResponse(once, response()));
  }

  @Test
  void aMethodResponseNeedsItsMethodAndKnownModels() {
    ApiDefinition once = Examples.withMethod("GET");

    assertRefused(
        NOT_FOUND,
        "Invalid Method identifier specified",
        () -> MethodResponseRules.put(once, ROOT, "POST", response().build()));
    assertRefused(
        BAD_REQUEST,
        "Invalid model identifier specified: Nope",
        () -> putResponse(once, response().responseModels(Map.of("application/json", "Nope"))));
    assertRefused(
        BAD_REQUEST,
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid"
            + " mapping expression specified: X-Header]",
        () -> putResponse(once, response().responseParameters(Map.of("X-Header", true))));
  }

  @Test
  void anUnknownStatusCodeIsNotFound() {
    ApiDefinition once = Examples.withMethod("GET");

    assertRefused(
        NOT_FOUND,
        "Invalid Response status code specified",
        () -> MethodResponseRules.delete(once, ROOT, "GET", "200"));
    assertRefused(
        NOT_FOUND,
        "Invalid Response status code specified",
        () -> MethodResponseRules.update(once, ROOT, "GET", "200", r -> r));
  }

  @Test
  void aDeletedMethodResponseLeavesNoTrace() {
    ApiDefinition before = Examples.withMethod("GET");

    assertEquals(
        before.resources(),
        MethodResponseRules.delete(putResponse(before, response()), ROOT, "GET", "200")
            .resources());
  }

  private static MethodResponse.Builder response() {
    return MethodResponse.builder().statusCode("200");
  }

  private static ApiDefinition putResponse(ApiDefinition api, MethodResponse.Builder response) {
    return MethodResponseRules.put(api, ROOT, "GET", response.build());
  }

  private Method put(Method.Builder method) {
    ApiDefinition after = MethodRules.put(api, ROOT, method.build());
    return ResourceTree.root(after).resourceMethods().values().iterator().next();
  }

  private interface Change {
    Method.Builder apply(Method.Builder method);
  }

  private static ApiDefinition update(ApiDefinition api, Change change) {
    return MethodRules.update(api, ROOT, "ANY", m -> change.apply(m.toBuilder()).build());
  }

  private static void assertWritten(String json, software.amazon.awssdk.core.SdkPojo shape) {
    assertEquals(json, Wire.write(shape).toString());
  }
}
