package io.gatehouse.admin.operations;

import io.gatehouse.admin.Settings;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.Operation;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.store.ApiStore;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.IntegrationRules;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.definition.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.DeleteIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.GetIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.PutIntegrationRequest;
import software.amazon.awssdk.services.apigateway.model.UpdateIntegrationRequest;

/** What methods call. Imitates the Integration pages of the API reference. */
@ApplicationScoped
public class Integrations implements Operations {

  private static final String URI =
      "/restapis/{restapi_id}/resources/{resource_id}/methods/{http_method}/integration";

  private ApiStore apis;
  private Duration longestTimeout;

  protected Integrations() {}

  @Inject
  public Integrations(ApiStore apis, Settings settings) {
    this.apis = apis;
    this.longestTimeout = settings.longestTimeout();
  }

  /** What is wrong with the integration itself is told before the API is looked for. */
  @Operation(value = "PUT " + URI, status = 201)
  public Integration putIntegration(Caller caller, PutIntegrationRequest in) {
    Integration wanted = IntegrationRules.checked(in.resourceId(), wanted(in), longestTimeout);
    Roles.requireOwn(caller.account(), wanted.credentials());
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api ->
                IntegrationRules.put(
                    api, in.resourceId(), in.httpMethod(), wanted, longestTimeout));
    return IntegrationRules.get(after, in.resourceId(), in.httpMethod());
  }

  @Operation("GET " + URI)
  public Integration getIntegration(Caller caller, GetIntegrationRequest in) {
    ApiDefinition api =
        apis.find(caller, in.restApiId()).orElseThrow(ResourceTree::unknownResource);
    return IntegrationRules.get(api, in.resourceId(), in.httpMethod());
  }

  @Operation("PATCH " + URI)
  public Integration updateIntegration(Caller caller, UpdateIntegrationRequest in) {
    ApiDefinition after =
        edit(
            caller,
            in.restApiId(),
            api ->
                IntegrationRules.update(
                    api,
                    in.resourceId(),
                    in.httpMethod(),
                    i -> patched(caller, i, in),
                    longestTimeout));
    return IntegrationRules.get(after, in.resourceId(), in.httpMethod());
  }

  @Operation(value = "DELETE " + URI, status = 204)
  public void deleteIntegration(Caller caller, DeleteIntegrationRequest in) {
    edit(
        caller,
        in.restApiId(),
        api -> IntegrationRules.delete(api, in.resourceId(), in.httpMethod()));
  }

  private static Integration patched(
      Caller caller, Integration before, UpdateIntegrationRequest in) {
    Integration after = MethodPatches.INTEGRATION.apply(before, in.patchOperations());
    Roles.requireOwn(caller.account(), after.credentials());
    return after;
  }

  private ApiDefinition edit(Caller caller, String apiId, UnaryOperator<ApiDefinition> change) {
    return apis.editIfThere(caller, apiId, change).orElseThrow(ResourceTree::unknownResource);
  }

  /**
   * In this request {@code httpMethod} is the method's, the integration's has a name of its own.
   */
  private static Integration wanted(PutIntegrationRequest in) {
    Integration.Builder out =
        Integration.builder()
            .type(in.typeAsString())
            .httpMethod(in.integrationHttpMethod())
            .uri(in.uri())
            .connectionType(given(in.connectionTypeAsString()))
            .connectionId(in.connectionId())
            .credentials(in.credentials())
            .requestParameters(in.requestParameters())
            .requestTemplates(in.requestTemplates())
            .passthroughBehavior(in.passthroughBehavior())
            .cacheNamespace(in.cacheNamespace())
            .cacheKeyParameters(in.cacheKeyParameters())
            .contentHandling(given(in.contentHandlingAsString()))
            .timeoutInMillis(in.timeoutInMillis())
            .responseTransferMode(given(in.responseTransferModeAsString()))
            .integrationTarget(in.integrationTarget());
    Optional.ofNullable(in.tlsConfig()).ifPresent(out::tlsConfig);
    return out.build();
  }

  private static String given(String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
