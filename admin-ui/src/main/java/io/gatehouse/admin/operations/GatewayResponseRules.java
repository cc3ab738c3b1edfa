package io.gatehouse.admin.operations;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.MappingExpressions;
import io.gatehouse.model.wire.ApiError;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;

/**
 * Gateway responses on top of what nodes answer by default. A definition holds only those that were
 * customised, with the members that were given.
 */
final class GatewayResponseRules {

  private static final Map<String, String> DEFAULT_TEMPLATES =
      Map.of("application/json", "{\"message\":$context.error.messageString}");
  private static final int LARGEST_TEMPLATE = 300 << 10;
  private static final int MOST_ENTRIES = 100;

  private GatewayResponseRules() {}

  /** Of all types, in alphabetical order. */
  static List<GatewayResponse> all(ApiDefinition api) {
    return Arrays.stream(ResponseType.values())
        .map(Enum::name)
        .sorted()
        .map(type -> shown(api, type))
        .toList();
  }

  /** As customised, or by default. */
  static GatewayResponse shown(ApiDefinition api, String type) {
    GatewayResponse custom = api.gatewayResponses().get(type);
    GatewayResponse response =
        custom == null ? GatewayResponse.builder().responseType(type).build() : custom;
    return response.toBuilder()
        .statusCode(Optional.ofNullable(response.statusCode()).orElse(defaultStatus(type)))
        .responseParameters(new LinkedHashMap<>(response.responseParameters()))
        .responseTemplates(
            response.responseTemplates().isEmpty()
                ? DEFAULT_TEMPLATES
                : response.responseTemplates())
        .defaultResponse(custom == null)
        .build();
  }

  static ApiDefinition put(ApiDefinition api, GatewayResponse wanted) {
    String status = wanted.statusCode();
    if (status != null && !status.isEmpty() && !status.matches("[1-5][0-9][0-9]")) {
      throw ApiError.badRequest("Invalid status code specified: must be 100 to 599");
    }
    checkEntries("responseParameters", wanted.responseParameters());
    checkEntries("responseTemplates", wanted.responseTemplates());
    MappingExpressions.checkGatewayResponse(wanted.responseParameters());
    Map<String, GatewayResponse> responses = new LinkedHashMap<>(api.gatewayResponses());
    responses.put(
        wanted.responseTypeAsString(),
        wanted.toBuilder()
            .statusCode(status == null || status.isEmpty() ? null : status)
            .defaultResponse(false)
            .build());
    return api.withGatewayResponses(responses);
  }

  static ApiDefinition delete(ApiDefinition api, String type) {
    if (!api.gatewayResponses().containsKey(type)) {
      throw ApiError.notFound("Gateway response type not defined on api");
    }
    Map<String, GatewayResponse> rest = new LinkedHashMap<>(api.gatewayResponses());
    rest.remove(type);
    return api.withGatewayResponses(rest);
  }

  static ApiError emptyValue(String map) {
    return ApiError.badRequest("Invalid null or empty value in " + map);
  }

  private static void checkEntries(String map, Map<String, String> entries) {
    if (entries.size() > MOST_ENTRIES) {
      throw ApiError.badRequest("There may be at most " + MOST_ENTRIES + " entries in " + map);
    }
    for (String value : entries.values()) {
      if (value == null || value.isEmpty()) {
        throw emptyValue(map);
      }
      if (value.length() > LARGEST_TEMPLATE) {
        throw ApiError.badRequest(
            "A value in " + map + " may have at most " + LARGEST_TEMPLATE + " characters");
      }
    }
  }

  /** The two that stand for a whole class of types have none until it is set. */
  private static String defaultStatus(String type) {
    return type.startsWith("DEFAULT_")
        ? null
        : Integer.toString(ResponseType.valueOf(type).status());
  }
}
