package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.admin.store.Page;
import io.gatehouse.model.aws.Ids;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.AuthorizerRules;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.CreateAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.DeleteAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.GetAuthorizerRequest;
import software.amazon.awssdk.services.apigateway.model.GetAuthorizersRequest;
import software.amazon.awssdk.services.apigateway.model.GetAuthorizersResponse;
import software.amazon.awssdk.services.apigateway.model.UpdateAuthorizerRequest;

/** The authorizers of an API. Imitates the Authorizer pages of the API reference. */
@ApplicationScoped
public class Authorizers implements Operations {

  private ApiStore apis;
  private Ids ids;

  protected Authorizers() {}

  @Inject
  public Authorizers(ApiStore apis, Ids ids) {
    this.apis = apis;
    this.ids = ids;
  }

  /** Its members are checked before the API is looked for. */
  @Operation(value = "POST /restapis/{restapi_id}/authorizers", status = 201)
  public Authorizer createAuthorizer(Caller caller, CreateAuthorizerRequest in) {
    Authorizer checked =
        AuthorizerRules.checked(
            Authorizer.builder()
                .id(ids.small())
                .name(in.name())
                .type(in.typeAsString())
                .providerARNs(in.providerARNs())
                .authType(in.authType())
                .authorizerUri(in.authorizerUri())
                .authorizerCredentials(in.authorizerCredentials())
                .identitySource(in.identitySource())
                .identityValidationExpression(in.identityValidationExpression())
                .authorizerResultTtlInSeconds(in.authorizerResultTtlInSeconds())
                .build());
    apis.edit(caller, in.restApiId(), api -> AuthorizerRules.create(api, checked));
    return checked;
  }

  @Operation("GET /restapis/{restapi_id}/authorizers/{authorizer_id}")
  public Authorizer getAuthorizer(Caller caller, GetAuthorizerRequest in) {
    return AuthorizerRules.get(apis.get(caller, in.restApiId()), in.authorizerId());
  }

  @Operation("GET /restapis/{restapi_id}/authorizers")
  public GetAuthorizersResponse getAuthorizers(Caller caller, GetAuthorizersRequest in) {
    Page<Authorizer> page =
        Page.within(
            List.copyOf(apis.get(caller, in.restApiId()).authorizers().values()),
            new Page.Ask(in.position(), in.limit()),
            Authorizer::id);
    return GetAuthorizersResponse.builder()
        .items(page.items())
        .position(page.position().orElse(null))
        .build();
  }

  @Operation("PATCH /restapis/{restapi_id}/authorizers/{authorizer_id}")
  public Authorizer updateAuthorizer(Caller caller, UpdateAuthorizerRequest in) {
    ApiDefinition after =
        apis.edit(
            caller,
            in.restApiId(),
            api ->
                AuthorizerRules.update(
                    api,
                    in.authorizerId(),
                    a -> DefinitionPatches.AUTHORIZER.apply(a, in.patchOperations())));
    return AuthorizerRules.get(after, in.authorizerId());
  }

  @Operation(value = "DELETE /restapis/{restapi_id}/authorizers/{authorizer_id}", status = 202)
  public void deleteAuthorizer(Caller caller, DeleteAuthorizerRequest in) {
    apis.edit(caller, in.restApiId(), api -> AuthorizerRules.delete(api, in.authorizerId()));
  }
}
