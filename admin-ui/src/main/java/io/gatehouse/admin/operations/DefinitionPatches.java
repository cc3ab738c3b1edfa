package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.definition.DocumentationRules;
import io.gatehouse.model.definition.RequestValidatorRules;
import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import io.gatehouse.model.wire.ApiError;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationVersion;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.Model;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;

/** What the Update operations of an API's parts, other than its resources, may change. */
final class DefinitionPatches {

  static final PatchRules<Model> MODEL =
      PatchRules.of(Model::builder)
          .allow(REPLACE, "/description")
          .allow(REPLACE, "/schema")
          .refusing(Refusal.LISTING_PATHS);

  static final PatchRules<RequestValidator> REQUEST_VALIDATOR =
      PatchRules.of(RequestValidator::builder)
          .allow(REPLACE, "/name")
          .reading(RequestValidatorRules::checkedName)
          .allow(REPLACE, "/validateRequestParameters")
          .allow(REPLACE, "/validateRequestBody")
          .refusing(Refusal.LISTING_PATHS);

  static final PatchRules<Authorizer> AUTHORIZER =
      PatchRules.of(Authorizer::builder)
          .allow(REPLACE, "/name")
          .allow(REPLACE, "/type")
          .allow(REPLACE, "/authType")
          .allow(REPLACE, "/authorizerUri")
          .allow(REPLACE, "/authorizerCredentials")
          .allow(REPLACE, "/identitySource")
          .allow(REPLACE, "/identityValidationExpression")
          .allow(REPLACE, "/authorizerResultTtlInSeconds")
          .allow(ADD_REMOVE, "/providerARNs");

  static final PatchRules<GatewayResponse> GATEWAY_RESPONSE =
      PatchRules.of(GatewayResponse::builder)
          .allow(REPLACE, "/statusCode")
          .allow(ADD_REPLACE_REMOVE, "/responseParameters/{name}")
          .reading(value -> given(value, "responseParameters"))
          .orAbsent("Invalid parameter name specified")
          .allow(ADD_REPLACE_REMOVE, "/responseParameters")
          .by((response, change) -> wholeMap("responseParameters", change.value()))
          .allow(ADD_REPLACE_REMOVE, "/responseTemplates/{type}")
          .reading(value -> given(value, "responseTemplates"))
          .orAbsent("Content-Type specified was not found")
          .allow(ADD_REPLACE_REMOVE, "/responseTemplates")
          .by((response, change) -> wholeMap("responseTemplates", change.value()))
          .refusing(Refusal.NAMING_PATH_ONLY);

  static final PatchRules<DocumentationPart> DOCUMENTATION_PART =
      PatchRules.of(DocumentationPart::builder)
          .allow(REPLACE, "/properties")
          .reading(DocumentationRules::checkedProperties)
          .refusing(Refusal.LISTING_PATHS);

  static final PatchRules<DocumentationVersion> DOCUMENTATION_VERSION =
      PatchRules.of(DocumentationVersion::builder)
          .allow(REPLACE, "/description")
          .refusing(Refusal.LISTING_PATHS);

  private DefinitionPatches() {}

  private static String given(String value, String map) {
    if (value.isEmpty()) {
      throw GatewayResponseRules.emptyValue(map);
    }
    return value;
  }

  /** The maps are changed entry by entry. */
  private static GatewayResponse wholeMap(String map, String value) {
    given(value, map);
    throw ApiError.badRequest("Invalid patch path /" + map);
  }
}
