package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.RequestValidatorRules;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.CreateRequestValidatorRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteRequestValidatorRequest;
import software.amazon.awssdk.services.apigateway.model.GetRequestValidatorRequest;
import software.amazon.awssdk.services.apigateway.model.GetRequestValidatorsRequest;
import software.amazon.awssdk.services.apigateway.model.GetRequestValidatorsResponse;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.UpdateRequestValidatorRequest;

/**
 * The request validators of an API. Imitates the RequestValidator pages of the API reference; an
 * unknown API has a different answer for each operation, as recorded.
 */
@ApplicationScoped
public class RequestValidators implements Operations {

  private ApiStore apis;
  private Ids ids;

  protected RequestValidators() {}

  @Inject
  public RequestValidators(ApiStore apis, Ids ids) {
    this.apis = apis;
    this.ids = ids;
  }

  @Operation(value = "POST /restapis/{restapi_id}/requestvalidators", status = 201)
  public RequestValidator createRequestValidator(Caller caller, CreateRequestValidatorRequest in) {
    RequestValidator wanted =
        RequestValidator.builder()
            .id(ids.small())
            .name(in.name())
            .validateRequestBody(in.validateRequestBody())
            .validateRequestParameters(in.validateRequestParameters())
            .build();
    ApiDefinition after =
        apis.editIfThere(caller, in.restApiId(), api -> RequestValidatorRules.create(api, wanted))
            .orElseThrow(() -> ApiError.badRequest("Invalid REST API identifier specified"));
    return RequestValidatorRules.get(after, wanted.id());
  }

  @Operation("GET /restapis/{restapi_id}/requestvalidators/{requestvalidator_id}")
  public RequestValidator getRequestValidator(Caller caller, GetRequestValidatorRequest in) {
    ApiDefinition api =
        apis.find(caller, in.restApiId()).orElseThrow(RequestValidatorRules::unknown);
    return RequestValidatorRules.get(api, in.requestValidatorId());
  }

  @Operation("GET /restapis/{restapi_id}/requestvalidators")
  public GetRequestValidatorsResponse getRequestValidators(
      Caller caller, GetRequestValidatorsRequest in) {
    Page<RequestValidator> page =
        Page.within(
            List.copyOf(apis.get(caller, in.restApiId()).requestValidators().values()),
            new Page.Ask(in.position(), in.limit()),
            RequestValidator::id);
    return GetRequestValidatorsResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/requestvalidators/{requestvalidator_id}")
  public RequestValidator updateRequestValidator(Caller caller, UpdateRequestValidatorRequest in) {
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api ->
                RequestValidatorRules.update(
                    api,
                    in.requestValidatorId(),
                    v -> DefinitionPatches.REQUEST_VALIDATOR.apply(v, in.patchOperations())));
    return RequestValidatorRules.get(after, in.requestValidatorId());
  }

  @Operation(
      value = "DELETE /restapis/{restapi_id}/requestvalidators/{requestvalidator_id}",
      status = 202)
  public void deleteRequestValidator(Caller caller, DeleteRequestValidatorRequest in) {
    edit(caller, in.restApiId(), api -> RequestValidatorRules.delete(api, in.requestValidatorId()));
  }

  private ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return apis.editIfThere(caller, apiId, change).orElseThrow(RequestValidatorRules::unknown);
  }
}
