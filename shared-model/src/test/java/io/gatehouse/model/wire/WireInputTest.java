package io.gatehouse.model.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.apigateway.model.CreateRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.ImportRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.PutRestApiRequest;
import software.amazon.awssdk.services.apigateway.model.TagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UntagResourceRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateStageRequest;

class WireInputTest {

  @Test
  void labels_are_decoded_exactly_once() {
    TagResourceRequest in =
        new WireInput(Map.of("resource_arn", "arn%3Aaws%2Fa%252Fb+c"), "", Map.of(), body("{}"))
            .decode(TagResourceRequest.builder());

    assertEquals("arn:aws/a%2Fb+c", in.resourceArn());
  }

  @Test
  void query_lists_keep_all_values_and_a_plus_is_a_blank() {
    UntagResourceRequest in =
        new WireInput(Map.of(), "tagKeys=a+b&tagKeys=c%2Bd&tagKeys", Map.of(), body(""))
            .decode(UntagResourceRequest.builder());

    assertEquals(List.of("a b", "c+d", ""), in.tagKeys());
  }

  @Test
  void undeclared_query_parameters_of_an_import_are_its_parameters() {
    PutRestApiRequest in =
        new WireInput(
                Map.of("restapi_id", "a1"),
                "basepath=prepend&mode=overwrite&failonwarnings=true&ignore=documentation",
                Map.of(),
                body("openapi: 3.0.1"))
            .decode(PutRestApiRequest.builder());

    assertEquals(Map.of("basepath", "prepend", "ignore", "documentation"), in.parameters());
    assertEquals("overwrite", in.modeAsString());
    assertTrue(in.failOnWarnings());
    assertEquals("openapi: 3.0.1", in.body().asUtf8String());
  }

  @Test
  void the_constant_mode_of_an_import_is_not_a_parameter() {
    ImportRestApiRequest in =
        new WireInput(Map.of(), "mode=import", Map.of(), body("{}"))
            .decode(ImportRestApiRequest.builder());

    assertFalse(in.hasParameters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \n", "{}", "{\"name\":null,\"unknown\":[1,{}]}"})
  void what_is_absent_null_or_unknown_leaves_members_unset(String text) {
    CreateRestApiRequest in = decode(text);

    assertNull(in.name());
    assertFalse(in.hasTags());
  }

  @Test
  void an_empty_string_is_given() {
    assertEquals("", decode("{\"description\":\"\"}").description());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "\"text\"",
        "7",
        "{",
        "{\"name\":\"a\"} trailing",
        "{\"name\":\"a\",\"name\":\"b\"}",
        "{\"tags\":{\"k\":\"a\",\"k\":\"b\"}}",
        "name: yaml",
        "{'name':1}",
        "{\"name\":[]}",
        "{\"name\":{}}",
        "{\"name\":\"nul \\u0000\"}",
        "{\"tags\":[]}",
        "{\"binaryMediaTypes\":{}}",
        "{\"endpointConfiguration\":\"EDGE\"}",
        "{\"minimumCompressionSize\":\"many\"}",
        "{\"minimumCompressionSize\":1.5}",
        "{\"minimumCompressionSize\":4294967296}",
        "{\"minimumCompressionSize\":1e999999999}",
        "{\"minimumCompressionSize\":true}",
        "{\"disableExecuteApiEndpoint\":3}"
      })
  void a_body_that_does_not_fit_is_refused(String text) {
    ApiError error = assertThrows(ApiError.class, () -> decode(text));

    assertEquals(ApiError.Kind.SERIALIZATION, error.kind());
    assertFalse(error.getMessage().isBlank());
  }

  @Test
  void a_boolean_where_a_string_map_value_is_due_has_the_recorded_text() {
    ApiError error =
        assertThrows(
            ApiError.class,
            () ->
                new WireInput(Map.of(), "", Map.of(), body("{\"requestParameters\":{\"a\":true}}"))
                    .decode(PutIntegrationRequest.builder()));

    assertEquals("class java.lang.Boolean can not be converted to an String", error.getMessage());
  }

  @Test
  void bytes_that_are_no_utf8_are_refused() {
    byte[] broken = {'{', '"', (byte) 0xC3, '"', ':', '1', '}'};

    ApiError error =
        assertThrows(
            ApiError.class,
            () ->
                new WireInput(Map.of(), "", Map.of(), broken)
                    .decode(CreateRestApiRequest.builder()));
    assertEquals("The request body is not valid UTF-8", error.getMessage());
  }

  @Test
  void nesting_is_bounded_and_brackets_in_strings_do_not_count() {
    assertEquals("[".repeat(500), decode("{\"name\":\"" + "[".repeat(500) + "\"}").name());
    decode("{\"x\":" + "[".repeat(63) + "]".repeat(63) + "}");

    for (int depth : List.of(64, 2_000_000)) {
      String deep = "{\"x\":" + "[".repeat(depth) + "]".repeat(depth) + "}";
      ApiError error = assertThrows(ApiError.class, () -> decode(deep));
      assertEquals("The request body is nested deeper than 64 levels", error.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"%", "%2", "%zz", "a%2", "%C3", "%00", "ü"})
  void a_malformed_uri_is_refused(String raw) {
    for (Runnable attempt :
        List.<Runnable>of(
            () -> new WireInput(Map.of("stage_name", raw), "", Map.of(), body("")),
            () -> new WireInput(Map.of(), "limit=" + raw, Map.of(), body("")),
            () -> new WireInput(Map.of(), raw, Map.of(), body("")))) {
      assertEquals(ApiError.Kind.BAD_REQUEST, assertThrows(ApiError.class, attempt::run).kind());
    }
  }

  @Test
  void too_many_query_parameters_are_refused() {
    assertThrows(
        ApiError.class, () -> new WireInput(Map.of(), "a&".repeat(5000), Map.of(), body("")));
  }

  @Test
  void a_query_number_that_is_none_is_refused() {
    WireInput in = new WireInput(Map.of(), "limit=many", Map.of(), body(""));

    assertThrows(ApiError.class, () -> in.decode(GetRestApisRequest.builder()));
    assertEquals(
        -1,
        new WireInput(Map.of(), "limit=-1", Map.of(), body(""))
            .decode(GetRestApisRequest.builder())
            .limit());
  }

  @Test
  void a_patch_document_reads_in_order() {
    UpdateStageRequest in =
        new WireInput(
                Map.of("restapi_id", "a", "stage_name", "s"),
                "",
                Map.of(),
                body("{\"patchOperations\":[{\"op\":\"wrong\",\"path\":\"/a\"},{\"op\":\"add\"}]}"))
            .decode(UpdateStageRequest.builder());

    assertEquals("wrong", in.patchOperations().get(0).opAsString());
    assertEquals("add", in.patchOperations().get(1).opAsString());
  }

  private static CreateRestApiRequest decode(String text) {
    return new WireInput(Map.of(), "", Map.of(), body(text)).decode(CreateRestApiRequest.builder());
  }

  private static byte[] body(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
