package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;
import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.admin.openapi.ExportParameters.Extension;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.CorsRules;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.ApiKeySourceType;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.EndpointType;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.IpAddressType;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** What a document says of the API as a whole. */
final class RestApiWriter {

  private final ApiDefinition api;
  private final ExportParameters parameters;

  RestApiWriter(ApiDefinition api, ExportParameters parameters) {
    this.api = api;
    this.parameters = parameters;
  }

  static JsonObject info(RestApi restApi) {
    return new ObjectWriter()
        .text("description", restApi.description())
        .text("version", version(restApi))
        .text("title", restApi.name())
        .done();
  }

  /** Documents must have a version, so the vendor takes the date of an API that has none. */
  static String version(RestApi restApi) {
    return Optional.ofNullable(restApi.version())
        .or(
            () ->
                Optional.ofNullable(restApi.createdDate())
                    .map(date -> date.truncatedTo(ChronoUnit.SECONDS).toString()))
        .orElse("1.0");
  }

  /** Adds the vendor's members of the top level. */
  ObjectWriter extensions(ObjectWriter out) {
    if (!parameters.with(Extension.APIGATEWAY)) {
      return out;
    }
    RestApi restApi = api.restApi();
    Optional.ofNullable(restApi.policy())
        .ifPresent(policy -> out.add(EXTENSION + "policy", parsed(policy)));
    out.object(EXTENSION + "gateway-responses", gatewayResponses())
        .object(EXTENSION + "request-validators", requestValidators())
        .number(EXTENSION + "minimum-compression-size", restApi.minimumCompressionSize());
    if (restApi.apiKeySource() == ApiKeySourceType.AUTHORIZER) {
      out.text(EXTENSION + "api-key-source", restApi.apiKeySourceAsString());
    }
    return out.object(EXTENSION + "endpoint-configuration", endpoint(restApi))
        .object(CorsExtension.NAME, cors())
        .text(EXTENSION + "security-policy", restApi.securityPolicyAsString())
        .text(EXTENSION + "endpoint-access-mode", restApi.endpointAccessModeAsString())
        .texts(EXTENSION + "binary-media-types", restApi.binaryMediaTypes());
  }

  private ObjectWriter cors() {
    ObjectWriter out = new ObjectWriter();
    Optional.ofNullable(api.cors().get(CorsRules.WHOLE_API))
        .ifPresent(cors -> out.all(CorsExtension.write(cors)));
    return out;
  }

  private ObjectWriter gatewayResponses() {
    ObjectWriter out = new ObjectWriter();
    for (Map.Entry<String, GatewayResponse> entry : api.gatewayResponses().entrySet()) {
      GatewayResponse response = entry.getValue();
      out.add(
          entry.getKey(),
          new ObjectWriter()
              .number(
                  "statusCode",
                  Optional.ofNullable(response.statusCode()).map(Integer::valueOf).orElse(null))
              .map("responseParameters", response.responseParameters())
              .map("responseTemplates", response.responseTemplates())
              .done());
    }
    return out;
  }

  private ObjectWriter requestValidators() {
    ObjectWriter out = new ObjectWriter();
    api.requestValidators()
        .values()
        .forEach(
            validator ->
                out.add(
                    Optional.ofNullable(validator.name()).orElse(validator.id()),
                    new ObjectWriter()
                        .add(
                            "validateRequestParameters",
                            Boolean.TRUE.equals(validator.validateRequestParameters()))
                        .add(
                            "validateRequestBody",
                            Boolean.TRUE.equals(validator.validateRequestBody()))
                        .done()));
    return out;
  }

  /** The type of an endpoint is no part of documents, as it is told when one is imported. */
  private static ObjectWriter endpoint(RestApi restApi) {
    ObjectWriter out = new ObjectWriter();
    if (Boolean.TRUE.equals(restApi.disableExecuteApiEndpoint())) {
      out.add("disableExecuteApiEndpoint", true);
    }
    EndpointConfiguration endpoint = restApi.endpointConfiguration();
    if (endpoint != null) {
      boolean usual =
          endpoint.types().contains(EndpointType.PRIVATE)
              || endpoint.ipAddressType() == IpAddressType.IPV4;
      out.text("ipAddressType", usual ? null : endpoint.ipAddressTypeAsString())
          .texts("vpcEndpointIds", endpoint.vpcEndpointIds());
    }
    return out;
  }

  private static JsonObject parsed(String policy) {
    try (var reader = JSON.createReader(new StringReader(policy))) {
      return reader.readObject();
    }
  }
}
