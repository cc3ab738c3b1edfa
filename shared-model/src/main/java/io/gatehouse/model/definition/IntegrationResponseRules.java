package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

/**
 * How a backend's answers become the method's. Imitates the IntegrationResponse pages of the API
 * reference.
 */
public final class IntegrationResponseRules {

  private IntegrationResponseRules() {}

  /**
   * @throws ApiError not found, when there is no such resource, method, integration or status code
   */
  public static IntegrationResponse get(
      ApiDefinition api, String resourceId, String verb, String statusCode) {
    return Optional.ofNullable(
            IntegrationRules.get(api, resourceId, verb).integrationResponses().get(statusCode))
        .orElseThrow(() -> ApiError.notFound("Invalid Response status code specified"));
  }

  /** Overwrites: tools use it for changes also. */
  public static ApiDefinition put(
      ApiDefinition api, String resourceId, String verb, IntegrationResponse wanted) {
    Integration integration = IntegrationRules.get(api, resourceId, verb);
    Map<String, IntegrationResponse> responses =
        new LinkedHashMap<>(integration.integrationResponses());
    IntegrationResponse response = checked(wanted);
    checkDeclared(MethodRules.get(api, resourceId, verb), response);
    responses.put(wanted.statusCode(), response);
    return with(api, resourceId, verb, responses);
  }

  /** The method need not declare the status, only the headers that are set. */
  private static void checkDeclared(Method method, IntegrationResponse response) {
    MethodResponse declared = method.methodResponses().get(response.statusCode());
    MappingExpressions.checkSetOnResponse(
        response.responseParameters().keySet(),
        declared == null ? Set.of() : declared.responseParameters().keySet());
  }

  public static ApiDefinition update(
      ApiDefinition api,
      String resourceId,
      String verb,
      String statusCode,
      UnaryOperator<IntegrationResponse> change) {
    return put(api, resourceId, verb, change.apply(get(api, resourceId, verb, statusCode)));
  }

  public static ApiDefinition delete(
      ApiDefinition api, String resourceId, String verb, String statusCode) {
    get(api, resourceId, verb, statusCode);
    Map<String, IntegrationResponse> responses =
        new LinkedHashMap<>(IntegrationRules.get(api, resourceId, verb).integrationResponses());
    responses.remove(statusCode);
    return with(api, resourceId, verb, responses);
  }

  private static ApiDefinition with(
      ApiDefinition api,
      String resourceId,
      String verb,
      Map<String, IntegrationResponse> responses) {
    Integration integration = IntegrationRules.get(api, resourceId, verb);
    return IntegrationRules.with(
        api,
        resourceId,
        MethodRules.get(api, resourceId, verb),
        integration.toBuilder().integrationResponses(Shapes.map(responses)).build());
  }

  /** Empty templates and an empty pattern that were given are kept: the vendor sends them back. */
  static IntegrationResponse checked(IntegrationResponse wanted) {
    MappingExpressions.checkIntegrationResponse(wanted.responseParameters());
    IntegrationRules.checkTemplates(wanted.responseTemplates());
    IntegrationRules.checkContentHandling(wanted.contentHandling());
    return wanted;
  }
}
