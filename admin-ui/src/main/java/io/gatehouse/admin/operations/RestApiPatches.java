package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;
import static io.gatehouse.model.patch.PatchRules.REPLACE_REMOVE;

import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.patch.Change;
import io.gatehouse.model.patch.PatchRules;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.IpAddressType;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** What UpdateRestApi may change. */
final class RestApiPatches {

  static final PatchRules<RestApi> RULES =
      PatchRules.of(RestApi::builder)
          .allow(REPLACE, "/name")
          .allow(REPLACE_REMOVE, "/description")
          .allow(REPLACE, "/version")
          .allow(REPLACE, "/apiKeySource")
          .allow(REPLACE, "/disableExecuteApiEndpoint")
          .allow(REPLACE_REMOVE, "/policy")
          .allow(REPLACE, "/minimumCompressionSize")
          .reading(RestApiPatches::compressionSize)
          .allow(REPLACE, "/securityPolicy")
          .allow(REPLACE, "/endpointAccessMode")
          .allow(ADD_REPLACE_REMOVE, "/binaryMediaTypes/{type}")
          .allow(REPLACE, "/endpointConfiguration/types/{type}")
          .by(RestApiPatches::endpointType)
          .orRefuse("Invalid patch operation specified. Must be 'add'|'remove'|'replace'")
          .allow(REPLACE, "/endpointConfiguration/ipAddressType")
          .allow(ADD_REMOVE, "/endpointConfiguration/vpcEndpointIds");

  private RestApiPatches() {}

  private static String compressionSize(String text) {
    if (!text.isEmpty() && !text.matches("[0-9]{1,8}")) {
      throw RestApiRules.invalidCompressionSize();
    }
    return text;
  }

  /** A private API has one kind of address only, so it flips to that. */
  private static RestApi endpointType(RestApi api, Change change) {
    EndpointConfiguration.Builder endpoint =
        api.endpointConfiguration().toBuilder().typesWithStrings(change.value());
    if (change.value().equals("PRIVATE")) {
      endpoint.ipAddressType(IpAddressType.DUALSTACK);
    }
    return api.toBuilder().endpointConfiguration(endpoint.build()).build();
  }
}
