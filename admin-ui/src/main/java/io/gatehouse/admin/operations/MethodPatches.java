package io.gatehouse.admin.operations;

import static io.gatehouse.model.patch.PatchRules.ADD_REMOVE;
import static io.gatehouse.model.patch.PatchRules.ADD_REPLACE_REMOVE;
import static io.gatehouse.model.patch.PatchRules.REPLACE;

import io.gatehouse.model.patch.PatchRules;
import io.gatehouse.model.patch.Refusal;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** What the Update operations of a resource and of all that hangs below it may change. */
final class MethodPatches {

  private static final String NO_PARAMETER = "Invalid parameter name specified";
  private static final String NO_CONTENT_TYPE = "Content-Type specified was not found";

  static final PatchRules<Resource> RESOURCE =
      PatchRules.of(Resource::builder)
          .allow(REPLACE, "/pathPart")
          .allow(REPLACE, "/parentId")
          .refusing(Refusal.LISTING_PATHS);

  static final PatchRules<Method> METHOD =
      PatchRules.of(Method::builder)
          .allow(REPLACE, "/operationName")
          .allow(REPLACE, "/apiKeyRequired")
          .allow(REPLACE, "/authorizationType")
          .allow(REPLACE, "/authorizerId")
          .allow(REPLACE, "/requestValidatorId")
          .allow(ADD_REPLACE_REMOVE, "/requestParameters/{name}")
          .orAbsent(NO_PARAMETER)
          .allow(ADD_REPLACE_REMOVE, "/requestModels/{type}")
          .orAbsent(NO_CONTENT_TYPE)
          .allow(ADD_REPLACE_REMOVE, "/authorizationScopes");

  static final PatchRules<MethodResponse> METHOD_RESPONSE =
      PatchRules.of(MethodResponse::builder)
          .allow(ADD_REPLACE_REMOVE, "/responseParameters/{name}")
          .orAbsent(NO_PARAMETER)
          .allow(ADD_REPLACE_REMOVE, "/responseModels/{type}")
          .orAbsent(NO_CONTENT_TYPE);

  static final PatchRules<Integration> INTEGRATION =
      PatchRules.of(Integration::builder)
          .allow(REPLACE, "/uri")
          .allow(REPLACE, "/httpMethod")
          .allow(REPLACE, "/credentials")
          .allow(REPLACE, "/connectionId")
          .allow(REPLACE, "/connectionType")
          .allow(REPLACE, "/contentHandling")
          .allow(REPLACE, "/passthroughBehavior")
          .allow(REPLACE, "/timeoutInMillis")
          .allow(REPLACE, "/cacheNamespace")
          .allow(REPLACE, "/tlsConfig/insecureSkipVerification")
          .allow(REPLACE, "/responseTransferMode")
          .allow(REPLACE, "/integrationTarget")
          .allow(ADD_REPLACE_REMOVE, "/requestParameters/{name}")
          .orAbsent(NO_PARAMETER)
          .allow(ADD_REPLACE_REMOVE, "/requestTemplates/{type}")
          .orAbsent(NO_CONTENT_TYPE)
          .allow(ADD_REMOVE, "/cacheKeyParameters/{parameter}");

  static final PatchRules<IntegrationResponse> INTEGRATION_RESPONSE =
      PatchRules.of(IntegrationResponse::builder)
          .allow(REPLACE, "/selectionPattern")
          .keepingEmpty()
          .allow(REPLACE, "/contentHandling")
          .allow(ADD_REPLACE_REMOVE, "/responseParameters/{name}")
          .orAbsent(NO_PARAMETER)
          .allow(ADD_REPLACE_REMOVE, "/responseTemplates/{type}")
          .orAbsent(NO_CONTENT_TYPE);

  private MethodPatches() {}
}
