package io.gatehouse.model.definition;

import static io.gatehouse.model.definition.Examples.ROOT;
import static io.gatehouse.model.definition.Examples.assertRefused;
import static io.gatehouse.model.wire.ApiError.Kind.BAD_REQUEST;
import static io.gatehouse.model.wire.ApiError.Kind.LIMIT_EXCEEDED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.model.wire.Wire;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.IpAddressType;
import software.amazon.awssdk.services.apigateway.model.RestApi;

class RestApiRulesTest {

  @Test
  void aNewApiShowsTheRecordedMembers() {
    assertEquals(
        "{\"id\":\"api1234567\",\"name\":\"pets\",\"createdDate\":1700000000,"
            + "\"apiKeySource\":\"HEADER\",\"endpointConfiguration\":{\"types\":[\"EDGE\"],"
            + "\"ipAddressType\":\"ipv4\"},\"disableExecuteApiEndpoint\":false,"
            + "\"rootResourceId\":\"root000000\"}",
        Wire.write(create(named()).restApi()).toString());
  }

  @Test
  void aNewApiHasTheTwoBuiltInModelsAndABareOneHasNone() {
    assertEquals(Set.of("Empty", "Error"), create(named()).models().keySet());
    assertEquals(
        "This is a default error schema model",
        create(named()).models().get("Error").description());
    assertEquals(0, RestApiRules.bare(named().build(), "api", ROOT, Instant.EPOCH).models().size());
  }

  @Test
  void theDocumentSurvivesBeingStored() {
    ApiDefinition api = Examples.full(create(named().binaryMediaTypes("image/png")));

    assertEquals(api, ApiDefinition.fromJson(api.toJson()));
  }

  @Test
  void emptyDescriptionIsRefusedBeforeTheCompressionSize() {
    assertRefused(
        BAD_REQUEST,
        "Description cannot be an empty string",
        () -> create(named().description("").minimumCompressionSize(-1)));
    assertRefused(
        BAD_REQUEST,
        "Invalid minimum compression size, must be between 0 and 10485760",
        () -> create(named().minimumCompressionSize(-1)));
    assertRefused(
        BAD_REQUEST,
        "Invalid minimum compression size, must be between 0 and 10485760",
        () -> create(named().minimumCompressionSize(10_485_761)));
    assertEquals(0, create(named().minimumCompressionSize(0)).restApi().minimumCompressionSize());
  }

  @Test
  void anApiHasExactlyOneEndpointType() {
    assertRefused(
        BAD_REQUEST,
        "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.",
        () -> create(endpoint(EndpointConfiguration.builder().types(List.of()))));
    assertRefused(
        BAD_REQUEST,
        "Cannot create an api with multiple Endpoint Types.",
        () ->
            create(
                endpoint(
                    EndpointConfiguration.builder()
                        .types(EndpointType.EDGE, EndpointType.REGIONAL))));
    assertRefused(
        BAD_REQUEST,
        "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE",
        () -> create(endpoint(EndpointConfiguration.builder().typesWithStrings("wrong"))));
  }

  @Test
  void privateApisAreDualstack() {
    EndpointConfiguration.Builder wanted =
        EndpointConfiguration.builder().types(EndpointType.PRIVATE);

    assertEquals(
        IpAddressType.DUALSTACK,
        create(endpoint(wanted)).restApi().endpointConfiguration().ipAddressType());
    assertRefused(
        BAD_REQUEST,
        "Only dualstack ipAddressType is supported for Private APIs.",
        () -> create(endpoint(wanted.ipAddressType(IpAddressType.IPV4))));
    assertRefused(
        BAD_REQUEST,
        "ipAddressType must be either ipv4 or dualstack.",
        () -> create(endpoint(wanted.ipAddressType("wrong"))));
  }

  @Test
  void aNameIsNeeded() {
    assertRefused(BAD_REQUEST, "No API Name specified", () -> create(RestApi.builder()));
    assertRefused(BAD_REQUEST, "No API Name specified", () -> create(RestApi.builder().name(" ")));
  }

  @Test
  void textsHaveALength() {
    String longest = "x".repeat(1024);
    create(RestApi.builder().name(longest).description(longest));
    assertRefused(
        BAD_REQUEST,
        "The name of an API may have at most 1024 characters",
        () -> create(RestApi.builder().name(longest + "x")));
    assertRefused(
        BAD_REQUEST,
        "The description of an API may have at most 1024 characters",
        () -> create(named().description(longest + "x")));
  }

  @Test
  void anAccountHasSoManyApisAndNoMore() {
    RestApiRules.checkCount(599);
    assertRefused(
        LIMIT_EXCEEDED,
        "Maximum number of REST APIs for this account has been reached: 600",
        () -> RestApiRules.checkCount(600));
  }

  private static RestApi.Builder named() {
    return RestApi.builder().name("pets");
  }

  private static RestApi.Builder endpoint(EndpointConfiguration.Builder endpoint) {
    return named().endpointConfiguration(endpoint.build());
  }

  private static ApiDefinition create(RestApi.Builder wanted) {
    return RestApiRules.create(
        wanted.build(), "api1234567", ROOT, Examples.ids(), Instant.ofEpochSecond(1_700_000_000));
  }
}
