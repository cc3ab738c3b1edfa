package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.MethodRules;
import io.gatehouse.model.definition.ResourceTree;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.DeleteMethodRequest;
import software.amazon.awssdk.services.apigateway.model.GetMethodRequest;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.PutMethodRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateMethodRequest;

/**
 * The methods of resources. Imitates the Method pages of the API reference; an unknown API is an
 * unknown resource here, as recorded.
 */
@ApplicationScoped
public class Methods implements Operations {

  private ApiStore apis;

  protected Methods() {}

  @Inject
  public Methods(ApiStore apis) {
    this.apis = apis;
  }

  @Operation(
      value = "PUT /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
      status = 201)
  public Method putMethod(Caller caller, PutMethodRequest in) {
    ApiDefinition after =
        edit(caller, in.restApiId(), api -> MethodRules.put(api, in.resourceId(), wanted(in)));
    return MethodRules.get(after, in.resourceId(), in.httpMethod());
  }

  @Operation("GET /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}")
  public Method getMethod(Caller caller, GetMethodRequest in) {
    ApiDefinition api =
        apis.find(caller, in.restApiId()).orElseThrow(ResourceTree::unknownResource);
    return MethodRules.get(api, in.resourceId(), in.httpMethod());
  }

  @Operation("PATCH /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}")
  public Method updateMethod(Caller caller, UpdateMethodRequest in) {
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api ->
                MethodRules.update(
                    api,
                    in.resourceId(),
                    in.httpMethod(),
                    m -> MethodPatches.METHOD.apply(m, in.patchOperations())));
    return MethodRules.get(after, in.resourceId(), in.httpMethod());
  }

  @Operation(
      value = "DELETE /restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}",
      status = 204)
  public void deleteMethod(Caller caller, DeleteMethodRequest in) {
    edit(caller, in.restApiId(), api -> MethodRules.delete(api, in.resourceId(), in.httpMethod()));
  }

  private ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return apis.editIfThere(caller, apiId, change).orElseThrow(ResourceTree::unknownResource);
  }

  private static Method wanted(PutMethodRequest in) {
    return Method.builder()
        .httpMethod(in.httpMethod())
        .authorizationType(in.authorizationType())
        .authorizerId(in.authorizerId())
        .apiKeyRequired(in.apiKeyRequired())
        .operationName(in.operationName())
        .requestParameters(in.requestParameters())
        .requestModels(in.requestModels())
        .requestValidatorId(in.requestValidatorId())
        .authorizationScopes(in.authorizationScopes())
        .build();
  }
}
