package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.definition.ApiDefinition;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import software.amazon.awssdk.services.apigateway.model.DeleteGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.GetGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.GetGatewayResponsesRequest;
import software.amazon.awssdk.services.apigateway.model.GetGatewayResponsesResponse;
import software.amazon.awssdk.services.apigateway.model.PutGatewayResponseRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateGatewayResponseRequest;

/**
 * What an API answers when the gateway itself refuses or fails. Imitates the GatewayResponse pages
 * of the API reference: every type is there always, by default or customised.
 */
@ApplicationScoped
public class GatewayResponses implements Operations {

  private ApiStore apis;

  protected GatewayResponses() {}

  @Inject
  public GatewayResponses(ApiStore apis) {
    this.apis = apis;
  }

  @Operation("GET /restapis/{restapi_id}/gatewayresponses/{response_type}")
  public GatewayResponse getGatewayResponse(Caller caller, GetGatewayResponseRequest in) {
    return GatewayResponseRules.shown(apis.get(caller, in.restApiId()), in.responseTypeAsString());
  }

  @Operation("GET /restapis/{restapi_id}/gatewayresponses")
  public GetGatewayResponsesResponse getGatewayResponses(
      Caller caller, GetGatewayResponsesRequest in) {
    Page<GatewayResponse> page =
        Page.within(
            GatewayResponseRules.all(apis.get(caller, in.restApiId())),
            new Page.Ask(in.position(), in.limit()),
            GatewayResponse::responseTypeAsString);
    return GetGatewayResponsesResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation(value = "PUT /restapis/{restapi_id}/gatewayresponses/{response_type}", status = 201)
  public GatewayResponse putGatewayResponse(Caller caller, PutGatewayResponseRequest in) {
    GatewayResponse wanted =
        GatewayResponse.builder()
            .responseType(in.responseTypeAsString())
            .statusCode(in.statusCode())
            .responseParameters(in.responseParameters())
            .responseTemplates(in.responseTemplates())
            .build();
    ApiDefinition after =
        apis.edit(caller, in.restApiId(), api -> GatewayResponseRules.put(api, wanted));
    return GatewayResponseRules.shown(after, in.responseTypeAsString());
  }

  /** Customises the type, if it was not yet. */
  @Operation("PATCH /restapis/{restapi_id}/gatewayresponses/{response_type}")
  public GatewayResponse updateGatewayResponse(Caller caller, UpdateGatewayResponseRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api -> {
              GatewayResponse before = GatewayResponseRules.shown(api, in.responseTypeAsString());
              return GatewayResponseRules.put(
                  api, DefinitionPatches.GATEWAY_RESPONSE.apply(before, in.patchOperations()));
            });
    return GatewayResponseRules.shown(after, in.responseTypeAsString());
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/gatewayresponses/{response_type}", status = 202)
  public void deleteGatewayResponse(Caller caller, DeleteGatewayResponseRequest in) {
    apis.edit(
        caller, in.restApiId(), api -> GatewayResponseRules.delete(api, in.responseTypeAsString()));
  }
}
