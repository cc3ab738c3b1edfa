package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

/** The answers that a method declares. Imitates the MethodResponse pages of the API reference. */
public final class MethodResponseRules {

  private MethodResponseRules() {}

  /**
   * @throws ApiError not found, when there is no such resource, method or status code
   */
  public static MethodResponse get(
      ApiDefinition api, String resourceId, String verb, String statusCode) {
    return find(MethodRules.get(api, resourceId, verb), statusCode)
        .orElseThrow(() -> ApiError.notFound("Invalid Response status code specified"));
  }

  public static ApiDefinition put(
      ApiDefinition api, String resourceId, String verb, MethodResponse wanted) {
    Method method = MethodRules.get(api, resourceId, verb);
    MethodResponse response = checked(api, wanted);
    if (find(method, wanted.statusCode()).isPresent()) {
      throw ApiError.conflict("Response already exists for this resource");
    }
    return with(api, resourceId, method, response);
  }

  public static ApiDefinition update(
      ApiDefinition api,
      String resourceId,
      String verb,
      String statusCode,
      UnaryOperator<MethodResponse> change) {
    Method method = MethodRules.get(api, resourceId, verb);
    MethodResponse before = get(api, resourceId, verb, statusCode);
    return with(api, resourceId, method, checked(api, change.apply(before)));
  }

  public static ApiDefinition delete(
      ApiDefinition api, String resourceId, String verb, String statusCode) {
    get(api, resourceId, verb, statusCode);
    Method method = MethodRules.get(api, resourceId, verb);
    Map<String, MethodResponse> responses = new LinkedHashMap<>(method.methodResponses());
    responses.remove(statusCode);
    return MethodRules.with(
        api, resourceId, method.toBuilder().methodResponses(Shapes.map(responses)).build());
  }

  private static Optional<MethodResponse> find(Method method, String statusCode) {
    return Optional.ofNullable(method.methodResponses().get(statusCode));
  }

  private static ApiDefinition with(
      ApiDefinition api, String resourceId, Method method, MethodResponse response) {
    Map<String, MethodResponse> responses = new LinkedHashMap<>(method.methodResponses());
    responses.put(response.statusCode(), response);
    return MethodRules.with(api, resourceId, method.toBuilder().methodResponses(responses).build());
  }

  static MethodResponse checked(ApiDefinition api, MethodResponse wanted) {
    MappingExpressions.checkMethodResponse(wanted.responseParameters().keySet());
    MethodRules.checkModels(api, wanted.responseModels());
    return wanted.toBuilder()
        .responseParameters(Shapes.map(wanted.responseParameters()))
        .responseModels(Shapes.map(wanted.responseModels()))
        .build();
  }
}
