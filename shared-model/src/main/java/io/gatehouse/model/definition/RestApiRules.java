package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.ApiKeySourceType;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.IpAddressType;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/**
 * The API itself: what a new one starts with and what its own members may be. Imitates the RestApi
 * pages of the API reference; the order of the checks is the recorded one.
 */
public final class RestApiRules {

  /** How many one account may have. */
  public static final int MOST_APIS = 600;

  private static final int LARGEST_COMPRESSION_SIZE = 10_485_760;
  private static final int LONGEST_TEXT = 1024;

  private RestApiRules() {}

  /** An API with a root resource and nothing else, as an import starts with. */
  public static ApiDefinition bare(
      RestApi wanted, String apiId, String rootResourceId, Instant now) {
    RestApi restApi =
        checked(
            wanted.toBuilder().id(apiId).rootResourceId(rootResourceId).createdDate(now).build());
    return new ApiDefinition(
        restApi,
        Map.of(rootResourceId, ResourceTree.newRoot(rootResourceId)),
        Map.of(),
        Map.of(),
        Map.of(),
        Map.of());
  }

  /** An API as CreateRestApi makes it, with the two built-in models. */
  public static ApiDefinition create(
      RestApi wanted, String apiId, String rootResourceId, Supplier<String> ids, Instant now) {
    return bare(wanted, apiId, rootResourceId, now).withModels(BuiltInModels.create(ids));
  }

  public static ApiDefinition update(ApiDefinition api, UnaryOperator<RestApi> change) {
    return api.withRestApi(checked(change.apply(api.restApi())));
  }

  /** Checks the members and fills in those that are always sent. */
  public static RestApi checked(RestApi wanted) {
    if (wanted.name() == null || wanted.name().isBlank()) {
      throw ApiError.badRequest("No API Name specified");
    }
    if ("".equals(wanted.description())) {
      throw ApiError.badRequest("Description cannot be an empty string");
    }
    checkLength("name", wanted.name());
    checkLength("description", wanted.description());
    checkLength("version", wanted.version());
    checkCompressionSize(wanted.minimumCompressionSize());
    checkApiKeySource(wanted.apiKeySource());
    return wanted.toBuilder()
        .version(Shapes.text(wanted.version()))
        .policy(Shapes.text(wanted.policy()))
        .apiKeySource(Optional.ofNullable(wanted.apiKeySource()).orElse(ApiKeySourceType.HEADER))
        .endpointConfiguration(endpoint(wanted.endpointConfiguration()))
        .disableExecuteApiEndpoint(Boolean.TRUE.equals(wanted.disableExecuteApiEndpoint()))
        .binaryMediaTypes(Shapes.list(wanted.binaryMediaTypes()))
        .tags(Shapes.map(wanted.tags()))
        .warnings((List<String>) null)
        .build();
  }

  /**
   * @throws ApiError limit exceeded, when an account with so many APIs is to get one more
   */
  public static void checkCount(long before) {
    if (before >= MOST_APIS) {
      throw ApiError.of(
          ApiError.Kind.LIMIT_EXCEEDED,
          "Maximum number of REST APIs for this account has been reached: " + MOST_APIS);
    }
  }

  private static void checkLength(String member, String text) {
    if (text != null && text.length() > LONGEST_TEXT) {
      throw ApiError.badRequest(
          "The %s of an API may have at most %d characters".formatted(member, LONGEST_TEXT));
    }
  }

  private static void checkCompressionSize(Integer size) {
    if (size != null && (size < 0 || size > LARGEST_COMPRESSION_SIZE)) {
      throw invalidCompressionSize();
    }
  }

  /** Also what a text that is no number at all is answered with. */
  public static ApiError invalidCompressionSize() {
    return ApiError.badRequest(
        "Invalid minimum compression size, must be between 0 and " + LARGEST_COMPRESSION_SIZE);
  }

  private static void checkApiKeySource(ApiKeySourceType source) {
    if (source == ApiKeySourceType.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest(
          "Invalid API key source specified. Valid options are HEADER,AUTHORIZER");
    }
  }

  /**
   * With the members that are always sent.
   *
   * @param given null for none
   * @throws ApiError bad request, when it names not exactly one type, or an address type that this
   *     has not
   */
  public static EndpointConfiguration endpoint(EndpointConfiguration given) {
    EndpointConfiguration wanted =
        Optional.ofNullable(given).orElse(EndpointConfiguration.builder().build());
    EndpointType type = endpointType(wanted);
    boolean isPrivate = type == EndpointType.PRIVATE;
    IpAddressType usual = isPrivate ? IpAddressType.DUALSTACK : IpAddressType.IPV4;
    IpAddressType ip = Optional.ofNullable(wanted.ipAddressType()).orElse(usual);
    if (ip == IpAddressType.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest("ipAddressType must be either ipv4 or dualstack.");
    }
    if (isPrivate && ip == IpAddressType.IPV4) {
      throw ApiError.badRequest("Only dualstack ipAddressType is supported for Private APIs.");
    }
    return wanted.toBuilder()
        .types(type)
        .ipAddressType(ip)
        .vpcEndpointIds(Shapes.list(wanted.vpcEndpointIds()))
        .build();
  }

  private static EndpointType endpointType(EndpointConfiguration wanted) {
    if (!wanted.hasTypes()) {
      return EndpointType.EDGE;
    }
    if (wanted.types().isEmpty()) {
      throw ApiError.badRequest(
          "REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.");
    }
    if (wanted.types().size() > 1) {
      throw ApiError.badRequest("Cannot create an api with multiple Endpoint Types.");
    }
    EndpointType type = wanted.types().getFirst();
    if (type == EndpointType.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest(
          "Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE");
    }
    return type;
  }
}
