package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.MethodResponseRules;
import io.gatehouse.model.definition.ResourceTree;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.DeleteMethodResponseRequest;
import software.amazon.awssdk.services.apigateway.model.GetMethodResponseRequest;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.PutMethodResponseRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateMethodResponseRequest;

/** The answers that methods declare. Imitates the MethodResponse pages of the API reference. */
@ApplicationScoped
public class MethodResponses implements Operations {

  private static final String URI =
      "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/responses/{status_code}";

  private ApiStore apis;

  protected MethodResponses() {}

  @Inject
  public MethodResponses(ApiStore apis) {
    this.apis = apis;
  }

  @Operation(value = "PUT " + URI, status = 201)
  public MethodResponse putMethodResponse(Caller caller, PutMethodResponseRequest in) {
    MethodResponse wanted =
        MethodResponse.builder()
            .statusCode(in.statusCode())
            .responseParameters(in.responseParameters())
            .responseModels(in.responseModels())
            .build();
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api -> MethodResponseRules.put(api, in.resourceId(), in.httpMethod(), wanted));
    return MethodResponseRules.get(after, in.resourceId(), in.httpMethod(), in.statusCode());
  }

  @Operation("GET " + URI)
  public MethodResponse getMethodResponse(Caller caller, GetMethodResponseRequest in) {
    ApiDefinition api =
        apis.find(caller, in.restApiId()).orElseThrow(ResourceTree::unknownResource);
    return MethodResponseRules.get(api, in.resourceId(), in.httpMethod(), in.statusCode());
  }

  @Operation(value = "PATCH " + URI, status = 201)
  public MethodResponse updateMethodResponse(Caller caller, UpdateMethodResponseRequest in) {
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api ->
                MethodResponseRules.update(
                    api,
                    in.resourceId(),
                    in.httpMethod(),
                    in.statusCode(),
                    r -> MethodPatches.METHOD_RESPONSE.apply(r, in.patchOperations())));
    return MethodResponseRules.get(after, in.resourceId(), in.httpMethod(), in.statusCode());
  }

  @Operation(value = "DELETE " + URI, status = 204)
  public void deleteMethodResponse(Caller caller, DeleteMethodResponseRequest in) {
    edit(
        caller,
        in.restApiId(),
        api -> MethodResponseRules.delete(api, in.resourceId(), in.httpMethod(), in.statusCode()));
  }

  private ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return apis.editIfThere(caller, apiId, change).orElseThrow(ResourceTree::unknownResource);
  }
}
