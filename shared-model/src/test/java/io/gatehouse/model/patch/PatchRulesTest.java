package io.gatehouse.model.patch;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.COPY;
import static io.gatehouse.model.patch.PatchRules.REPLACE;
import static io.gatehouse.model.patch.PatchRules.REPLACE_REMOVE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.Stage;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class PatchRulesTest {

  private static final PatchRules<RestApi> APIS =
      PatchRules.of(RestApi::builder)
          .allow(REPLACE, "/name")
          .allow(REPLACE_REMOVE, "/description")
          .allow(REPLACE, "/disableExecuteApiEndpoint")
          .allow(REPLACE, "/minimumCompressionSize")
          .allow(ADD_REPLACE_REMOVE, "/binaryMediaTypes/{type}")
          .allow(REPLACE, "/endpointConfiguration/types/{type}")
          .as("/endpointConfiguration/types")
          .orRefuse("Invalid patch operation specified. Must be 'add'|'remove'|'replace'")
          .allow(ADD_REMOVE, "/endpointConfiguration/vpcEndpointIds");

  private static final PatchRules<Method> METHODS =
      PatchRules.of(Method::builder)
          .allow(REPLACE, "/authorizationType")
          .reading(value -> value.toUpperCase(Locale.ROOT))
          .allow(ADD_REPLACE_REMOVE, "/requestParameters/{name}")
          .allow(ADD_REPLACE_REMOVE, "/requestModels/{type}")
          .orAbsent("Content-Type specified was not found");

  private static final PatchRules<Stage> STAGES =
      PatchRules.of(Stage::builder)
          .allow(REPLACE, "/deploymentId")
          .allow(ADD_REPLACE_REMOVE, "/variables/{name}")
          .allow(REPLACE, "/{resource}/{method}/throttling/rateLimit")
          .as("/methodSettings/{resource}/throttlingRateLimit")
          .allow(COPY, "/variables")
          .by((stage, change) -> stage.toBuilder().description("from " + change.from()).build())
          .refusing(Refusal.listing("Invalid method setting path: %s. Must be one of: %s"));

  private static final PatchRules<RequestValidator> VALIDATORS =
      PatchRules.of(RequestValidator::builder)
          .allow(REPLACE, "/name")
          .allow(REPLACE, "/validateRequestParameters")
          .allow(REPLACE, "/validateRequestBody")
          .refusing(Refusal.LISTING_PATHS);

  private static final PatchRules<UsagePlan> PLANS =
      PatchRules.of(UsagePlan::builder)
          .allow(REPLACE, "/throttle/rateLimit")
          .allow(REPLACE, "/quota/limit")
          .allow(PatchRules.REMOVE, "/throttle")
          .allow(REPLACE, "/apiStages/{stage}/throttle/{path+}/rateLimit")
          .by((plan, c) -> plan.toBuilder().description(c.variable("path")).build());

  private final RestApi api =
      RestApi.builder()
          .id("a1b2c3d4e5")
          .name("pets")
          .createdDate(Instant.ofEpochMilli(1_700_000_000_123L))
          .endpointConfiguration(
              EndpointConfiguration.builder()
                  .types(EndpointType.EDGE)
                  .ipAddressType("ipv4")
                  .build())
          .build();

  @Test
  void a_scalar_is_replaced_and_nothing_else_changes() {
    RestApi changed = APIS.apply(api, List.of(op(Op.REPLACE, "/name", "dogs")));

    assertEquals(api.toBuilder().name("dogs").build(), changed);
  }

  @Test
  void no_operations_leave_the_shape_as_it_is() {
    assertSame(api, APIS.apply(api, List.of()));
    assertSame(api, APIS.apply(api, PatchOperations.none()));
  }

  @Test
  void text_becomes_a_boolean_and_anything_but_true_is_false() {
    assertTrue(replaced("/disableExecuteApiEndpoint", "TRUE").disableExecuteApiEndpoint());
    assertFalse(replaced("/disableExecuteApiEndpoint", "whatever").disableExecuteApiEndpoint());
    assertFalse(replaced("/disableExecuteApiEndpoint", null).disableExecuteApiEndpoint());
  }

  @Test
  void text_becomes_a_number_also_with_decimals() {
    assertEquals(100, replaced("/minimumCompressionSize", "100").minimumCompressionSize());
    assertEquals(0, replaced("/minimumCompressionSize", "0.000000").minimumCompressionSize());
    UsagePlan plan =
        PLANS.apply(
            UsagePlan.builder().build(),
            List.of(
                op(Op.REPLACE, "/throttle/rateLimit", "200.500000"),
                op(Op.REPLACE, "/quota/limit", "7")));
    assertEquals(200.5, plan.throttle().rateLimit());
    assertEquals(7, plan.quota().limit());
  }

  @Test
  void text_that_is_no_number_is_refused_by_name() {
    for (String wrong : List.of("many", "1.5", "1e999999999", "99999999999", "1".repeat(100_000))) {
      ApiError error =
          assertThrows(ApiError.class, () -> replaced("/minimumCompressionSize", wrong));
      assertEquals(ApiError.Kind.BAD_REQUEST, error.kind());
      assertTrue(error.getMessage().contains("/minimumCompressionSize"), error.getMessage());
      assertTrue(error.getMessage().length() < 300);
    }
  }

  @Test
  void an_empty_value_takes_a_scalar_away() {
    RestApi described = api.toBuilder().description("d").minimumCompressionSize(5).build();

    RestApi changed =
        APIS.apply(
            described,
            List.of(
                op(Op.REPLACE, "/description", ""),
                op(Op.REPLACE, "/minimumCompressionSize", null)));

    assertNull(changed.description());
    assertNull(changed.minimumCompressionSize());
  }

  @Test
  void list_elements_are_keys_of_the_path_and_a_replacement_goes_to_the_end() {
    RestApi changed =
        APIS.apply(
            api,
            List.of(
                op(Op.ADD, "/binaryMediaTypes/image~1png", null),
                op(Op.ADD, "/binaryMediaTypes/a~01b", null),
                op(Op.ADD, "/binaryMediaTypes/image~1png", null),
                op(Op.REPLACE, "/binaryMediaTypes/image~1png", "image/gif")));
    assertEquals(List.of("a~1b", "image/gif"), changed.binaryMediaTypes());

    RestApi emptied =
        APIS.apply(
            changed,
            List.of(
                op(Op.REMOVE, "/binaryMediaTypes/a~01b", null),
                op(Op.REMOVE, "/binaryMediaTypes/image~1gif", null)));
    assertFalse(emptied.hasBinaryMediaTypes());
  }

  @Test
  void a_whole_list_takes_its_element_from_the_value() {
    RestApi changed =
        APIS.apply(
            api,
            List.of(
                op(Op.REPLACE, "/endpointConfiguration/types/EDGE", "PRIVATE"),
                op(Op.ADD, "/endpointConfiguration/vpcEndpointIds", "vpce-1"),
                op(Op.ADD, "/endpointConfiguration/vpcEndpointIds", "vpce-2"),
                op(Op.REMOVE, "/endpointConfiguration/vpcEndpointIds", "vpce-1")));

    assertEquals(List.of(EndpointType.PRIVATE), changed.endpointConfiguration().types());
    assertEquals(List.of("vpce-2"), changed.endpointConfiguration().vpcEndpointIds());
    assertEquals("ipv4", changed.endpointConfiguration().ipAddressTypeAsString());
  }

  @Test
  void map_entries_come_and_go_with_escaped_keys_and_the_last_takes_the_map_with_it() {
    Method method = Method.builder().httpMethod("GET").build();

    Method changed =
        METHODS.apply(
            method,
            List.of(
                op(Op.ADD, "/requestParameters/method.request.header.x", "true"),
                op(Op.ADD, "/requestModels/application~1json", "Pet"),
                op(Op.REPLACE, "/authorizationType", "none")));
    assertEquals(Map.of("method.request.header.x", true), changed.requestParameters());
    assertEquals(Map.of("application/json", "Pet"), changed.requestModels());
    assertEquals("NONE", changed.authorizationType());

    Method emptied =
        METHODS.apply(changed, List.of(op(Op.REMOVE, "/requestModels/application~1json", null)));
    assertFalse(emptied.hasRequestModels());
  }

  @Test
  void what_is_not_there_is_refused_where_the_family_says_so() {
    Method method = Method.builder().httpMethod("GET").build();

    for (Op absent : List.of(Op.REMOVE, Op.REPLACE)) {
      assertRefused(
          ApiError.Kind.NOT_FOUND,
          "Content-Type specified was not found",
          () -> METHODS.apply(method, List.of(op(absent, "/requestModels/text~1xml", "M"))));
    }
    assertSame(
        method.httpMethod(),
        METHODS.apply(method, List.of(op(Op.REMOVE, "/requestParameters/x", null))).httpMethod());
  }

  @Test
  void an_empty_value_of_a_map_entry_is_kept() {
    Stage stage =
        STAGES.apply(Stage.builder().build(), List.of(op(Op.REPLACE, "/variables/x", "")));

    assertEquals(Map.of("x", ""), stage.variables());
  }

  @Test
  void a_target_may_use_the_variables_of_the_path() {
    Stage stage =
        STAGES.apply(
            Stage.builder().build(),
            List.of(op(Op.REPLACE, "/~1pets~1{id}/GET/throttling/rateLimit", "-1.000000")));

    assertEquals(-1.0, stage.methodSettings().get("/pets/{id}").throttlingRateLimit());
  }

  @Test
  void hooks_get_operation_from_and_variables() {
    Stage stage =
        STAGES.apply(
            Stage.builder().build(),
            List.of(op(Op.COPY, "/variables", null).toBuilder().from("/canary").build()));
    assertEquals("from /canary", stage.description());

    UsagePlan plan =
        PLANS.apply(
            UsagePlan.builder().build(),
            List.of(op(Op.REPLACE, "/apiStages/a:s/throttle//thing/GET/rateLimit", "1")));
    assertEquals("/thing/GET", plan.description());
  }

  @Test
  void a_structure_is_removed_whole() {
    UsagePlan plan =
        PLANS.apply(
            UsagePlan.builder().throttle(t -> t.burstLimit(1)).build(),
            List.of(op(Op.REMOVE, "/throttle", null)));

    assertNull(plan.throttle());
  }

  @Test
  void refusals_name_the_path_or_the_allowed_operations() {
    assertRefused("Invalid patch path /httpMethod", () -> replaced("/httpMethod", "x"));
    assertRefused("Invalid patch path null", () -> replaced(null, "x"));
    assertRefused("Invalid patch path name", () -> replaced("name", "x"));
    assertRefused("Invalid patch path ", () -> replaced("", "x"));
    assertRefused("Invalid patch path /name/", () -> replaced("/name/", "x"));
    assertRefused(
        "Invalid patch operation specified. Must be one of: [replace]",
        () -> APIS.apply(api, List.of(op(Op.ADD, "/minimumCompressionSize", "1"))));
    assertRefused(
        "Invalid patch operation specified. Must be one of: [replace]",
        () -> APIS.apply(api, List.of(PatchOperation.builder().path("/name").build())));
    assertRefused(
        "Invalid patch operation specified. Must be 'add'|'remove'|'replace'",
        () -> APIS.apply(api, List.of(op(Op.ADD, "/endpointConfiguration/types/0", "EDGE"))));
    assertRefused(
        "Invalid patch path /requestModels/application/json",
        () ->
            METHODS.apply(
                Method.builder().build(),
                List.of(op(Op.ADD, "/requestModels/application/json", "M"))));
  }

  @Test
  void refusals_in_the_listing_dialect_are_the_recorded_ones() {
    RequestValidator validator = RequestValidator.builder().build();

    assertRefused(
        "Invalid patch path  '/invalidPath' specified for op 'replace'. Must be one of: [/name,"
            + " /validateRequestParameters, /validateRequestBody]",
        () -> VALIDATORS.apply(validator, List.of(op(Op.REPLACE, "/invalidPath", "x"))));
    assertRefused(
        "Invalid patch path  '/validateRequestBody' specified for op 'add'. Please choose supported"
            + " operations",
        () -> VALIDATORS.apply(validator, List.of(op(Op.ADD, "/validateRequestBody", "x"))));
    assertRefused(
        "Invalid method setting path: /nope. Must be one of: [/deploymentId, /variables/{name},"
            + " /{resource}/{method}/throttling/rateLimit, /variables]",
        () -> STAGES.apply(Stage.builder().build(), List.of(op(Op.REPLACE, "/nope", "x"))));
  }

  @Test
  void too_many_operations_are_refused_before_any_work() {
    assertRefused(
        "A patch document may hold at most 1000 operations, this one holds 1001",
        () -> APIS.apply(api, Collections.nCopies(1001, op(Op.REPLACE, "/name", "x"))));
  }

  private RestApi replaced(String path, String value) {
    return APIS.apply(api, List.of(op(Op.REPLACE, path, value)));
  }

  private static void assertRefused(
      String message, org.junit.jupiter.api.function.Executable action) {
    assertRefused(ApiError.Kind.BAD_REQUEST, message, action);
  }

  private static void assertRefused(
      ApiError.Kind kind, String message, org.junit.jupiter.api.function.Executable action) {
    ApiError error = assertThrows(ApiError.class, action);
    assertEquals(message, error.getMessage());
    assertEquals(kind, error.kind());
  }

  private static PatchOperation op(Op op, String path, String value) {
    return PatchOperation.builder().op(op).path(path).value(value).build();
  }

  /** The SDK's own "not given" list. */
  private static final class PatchOperations {
    static List<PatchOperation> none() {
      return software.amazon.awssdk.services.apigateway.model.UpdateStageRequest.builder()
          .build()
          .patchOperations();
    }
  }
}
