package io.gatehouse.model.constraint;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import io.gatehouse.model.wire.Members;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.apigateway.model.CreateDocumentationPartRequest;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetMethodResponseRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetStageRequest;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.PutGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateMethodResponseRequest;
import software.amazon.awssdk.utils.builder.SdkBuilder;

class ConstraintsTest {

  private final Constraints constraints = Constraints.ofThisVersion();

  @Test
  void a_request_in_order_passes() {
    constraints.check(GetRestApisRequest.builder().build());
    constraints.check(
        CreateRestApiRequest.builder()
            .name("")
            .endpointConfiguration(e -> e.typesWithStrings("PRIVATE").ipAddressType("dualstack"))
            .build());
  }

  @Test
  void a_wrong_enum_of_the_body_is_named_with_the_input_structure() {
    assertRefused(
        "1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to"
            + " satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY,"
            + " HTTP_PROXY, AWS]",
        PutIntegrationRequest.builder()
            .restApiId("a")
            .resourceId("r")
            .httpMethod("GET")
            .type("HTTPS_PROXY")
            .build());
    assertRefused(
        "1 validation error detected: Value 'INVALID' at"
            + " 'createDocumentationPartInput.location.type' failed to satisfy constraint: Member"
            + " must satisfy enum value set: [RESPONSE_BODY, RESPONSE, METHOD, MODEL, AUTHORIZER,"
            + " RESPONSE_HEADER, RESOURCE, PATH_PARAMETER, REQUEST_BODY, QUERY_PARAMETER, API,"
            + " REQUEST_HEADER]",
        CreateDocumentationPartRequest.builder()
            .restApiId("a")
            .properties("{}")
            .location(l -> l.type("INVALID"))
            .build());
  }

  @Test
  void errors_are_collected_and_a_list_shows_whole() {
    assertRefused(
        "2 validation errors detected: Value '[wrong]' at"
            + " 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint:"
            + " Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE,"
            + " REGIONAL]]; Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType'"
            + " failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]",
        CreateRestApiRequest.builder()
            .name("n")
            .endpointConfiguration(e -> e.typesWithStrings("wrong").ipAddressType("wrong"))
            .build());
  }

  @Test
  void body_members_come_before_members_of_the_uri_and_list_items_count_from_one() {
    assertRefused(
        "2 validation errors detected: Value 'wrong_op' at"
            + " 'updateMethodResponseInput.patchOperations.2.member.op' failed to satisfy"
            + " constraint: Member must satisfy enum value set: [add, remove, move, test, replace,"
            + " copy]; Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must"
            + " satisfy regular expression pattern: [1-5]\\d\\d",
        UpdateMethodResponseRequest.builder()
            .restApiId("a")
            .resourceId("r")
            .httpMethod("GET")
            .statusCode("wrong")
            .patchOperations(
                PatchOperation.builder().path("/a").build(),
                PatchOperation.builder().op("wrong_op").build())
            .build());
  }

  @Test
  void what_is_missing_is_null() {
    assertRefused(
        "1 validation error detected: Value null at 'createRestApiInput.name' failed to satisfy"
            + " constraint: Member must not be null",
        CreateRestApiRequest.builder().build());
    assertRefused(
        "2 validation errors detected: Value null at 'restApiId' failed to satisfy constraint:"
            + " Member must not be null; Value null at 'stageName' failed to satisfy constraint:"
            + " Member must not be null",
        GetStageRequest.builder().build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "20", "2000", "600", "2xx", "200\n", " 200"})
  void a_status_code_must_match_whole(String code) {
    SdkPojo request =
        GetMethodResponseRequest.builder()
            .restApiId("a")
            .resourceId("r")
            .httpMethod("GET")
            .statusCode(code)
            .build();

    ApiError error = assertThrows(ApiError.class, () -> constraints.check(request));
    assertEquals(ApiError.Kind.VALIDATION, error.kind());
  }

  @Test
  void a_huge_wrong_value_is_not_echoed_whole() {
    SdkPojo request =
        PutGatewayResponseRequest.builder()
            .restApiId("a")
            .responseType("x".repeat(1_000_000))
            .build();

    ApiError error = assertThrows(ApiError.class, () -> constraints.check(request));
    assertTrue(error.getMessage().length() < 2000);
  }

  @Test
  void every_line_of_the_table_names_an_operation_and_members_that_exist() {
    ConstraintTable.read("constraints.txt")
        .forEach(
            (operation, lines) ->
                lines.forEach(
                    line -> {
                      String first = line.member().getFirst().replace("[]", "");
                      assertDoesNotThrow(
                          () -> Members.value(request(operation), first), operation + " " + first);
                    }));
  }

  @Test
  void a_table_with_an_unknown_rule_is_refused_by_line() {
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> ConstraintTable.parse("CreateStage stageName nonsense"))
            .getMessage();
    assertEquals("nonsense is no rule defined above: CreateStage stageName nonsense", message);
    assertThrows(IllegalArgumentException.class, () -> ConstraintTable.parse("enum X"));
    assertEquals(List.of(), List.copyOf(ConstraintTable.parse("# only a remark\n\n").keySet()));
  }

  private static SdkPojo request(String operation) throws ReflectiveOperationException {
    Class<?> type =
        Class.forName("software.amazon.awssdk.services.apigateway.model." + operation + "Request");
    return (SdkPojo) ((SdkBuilder<?, ?>) type.getMethod("builder").invoke(null)).build();
  }

  private void assertRefused(String message, SdkPojo request) {
    ApiError error = assertThrows(ApiError.class, () -> constraints.check(request));
    assertEquals(message, error.getMessage());
    assertEquals(ApiError.Kind.VALIDATION, error.kind());
  }
}
