package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.IntegrationResponseRules;
import io.gatehouse.model.definition.ResourceTree;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.DeleteIntegrationResponseRequest;
import software.amazon.awssdk.services.apigateway.model.GetIntegrationResponseRequest;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationResponseRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateIntegrationResponseRequest;

/**
 * How backends' answers become methods' answers. Imitates the IntegrationResponse pages of the API
 * reference.
 */
@ApplicationScoped
public class IntegrationResponses implements Operations {

  private static final String URI =
      "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}"
          + "/integration/responses/{status_code}";

  private ApiStore apis;

  protected IntegrationResponses() {}

  @Inject
  public IntegrationResponses(ApiStore apis) {
    this.apis = apis;
  }

  @Operation(value = "PUT " + URI, status = 201)
  public IntegrationResponse putIntegrationResponse(
      Caller caller, PutIntegrationResponseRequest in) {
    IntegrationResponse wanted =
        IntegrationResponse.builder()
            .statusCode(in.statusCode())
            .selectionPattern(in.selectionPattern())
            .responseParameters(in.responseParameters())
            .responseTemplates(in.responseTemplates())
            .contentHandling(in.contentHandlingAsString())
            .build();
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api -> IntegrationResponseRules.put(api, in.resourceId(), in.httpMethod(), wanted));
    return get(after, in.resourceId(), in.httpMethod(), in.statusCode());
  }

  @Operation("GET " + URI)
  public IntegrationResponse getIntegrationResponse(
      Caller caller, GetIntegrationResponseRequest in) {
    ApiDefinition api =
        apis.find(caller, in.restApiId()).orElseThrow(ResourceTree::unknownResource);
    return get(api, in.resourceId(), in.httpMethod(), in.statusCode());
  }

  @Operation("PATCH " + URI)
  public IntegrationResponse updateIntegrationResponse(
      Caller caller, UpdateIntegrationResponseRequest in) {
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api ->
                IntegrationResponseRules.update(
                    api,
                    in.resourceId(),
                    in.httpMethod(),
                    in.statusCode(),
                    r -> MethodPatches.INTEGRATION_RESPONSE.apply(r, in.patchOperations())));
    return get(after, in.resourceId(), in.httpMethod(), in.statusCode());
  }

  @Operation(value = "DELETE " + URI, status = 204)
  public void deleteIntegrationResponse(Caller caller, DeleteIntegrationResponseRequest in) {
    edit(
        caller,
        in.restApiId(),
        api ->
            IntegrationResponseRules.delete(
                api, in.resourceId(), in.httpMethod(), in.statusCode()));
  }

  private ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return apis.editIfThere(caller, apiId, change).orElseThrow(ResourceTree::unknownResource);
  }

  private static IntegrationResponse get(
      ApiDefinition api, String resourceId, String verb, String statusCode) {
    return IntegrationResponseRules.get(api, resourceId, verb, statusCode);
  }
}
