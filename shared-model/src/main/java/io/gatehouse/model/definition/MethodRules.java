package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * Methods of resources and what they may name: authorizers, request validators, models, parameters.
 * Imitates the Method pages of the API reference; the order of the checks is the recorded one.
 */
public final class MethodRules {

  /** In the order in which the vendor prints them. */
  public static final List<String> VERBS =
      List.of("GET", "PUT", "POST", "DELETE", "PATCH", "OPTIONS", "HEAD", "ANY");

  private static final List<String> AUTHORIZATION_TYPES =
      List.of("NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS");
  private static final Set<String> NEED_AUTHORIZER = Set.of("CUSTOM", "COGNITO_USER_POOLS");

  private MethodRules() {}

  /**
   * @throws ApiError not found, when there is no such resource or method
   */
  public static Method get(ApiDefinition api, String resourceId, String verb) {
    return find(api, resourceId, verb)
        .orElseThrow(() -> ApiError.notFound("Invalid Method identifier specified"));
  }

  public static ApiDefinition put(ApiDefinition api, String resourceId, Method wanted) {
    ResourceTree.get(api, resourceId);
    checkVerb(wanted.httpMethod());
    Method method = checked(api, wanted);
    if (find(api, resourceId, method.httpMethod()).isPresent()) {
      throw ApiError.conflict("Method already exists for this resource");
    }
    return with(api, resourceId, method);
  }

  public static ApiDefinition update(
      ApiDefinition api, String resourceId, String verb, UnaryOperator<Method> change) {
    return with(api, resourceId, checked(api, change.apply(get(api, resourceId, verb))));
  }

  public static ApiDefinition delete(ApiDefinition api, String resourceId, String verb) {
    get(api, resourceId, verb);
    Resource resource = ResourceTree.get(api, resourceId);
    Map<String, Method> methods = new LinkedHashMap<>(resource.resourceMethods());
    methods.remove(verb);
    return api.with(
        resource.toBuilder().resourceMethods(methods.isEmpty() ? null : methods).build());
  }

  /**
   * A method that comes with its responses and its integration, as imports have them: all of it
   * checked and filled in, nothing stored.
   *
   * @param longestTimeout that an integration may ask for
   */
  public static Method checkedWhole(
      ApiDefinition api, String resourceId, Method wanted, Duration longestTimeout) {
    checkVerb(wanted.httpMethod());
    Map<String, MethodResponse> responses = new LinkedHashMap<>();
    wanted
        .methodResponses()
        .forEach((code, r) -> responses.put(code, MethodResponseRules.checked(api, r)));
    Method.Builder method = checked(api, wanted).toBuilder().methodResponses(Shapes.map(responses));
    if (wanted.methodIntegration() != null) {
      method.methodIntegration(
          IntegrationRules.checkedWhole(resourceId, wanted.methodIntegration(), longestTimeout));
    }
    return method.build();
  }

  /** Replaces or adds the method without any check: for what was checked or hangs below it. */
  static ApiDefinition with(ApiDefinition api, String resourceId, Method method) {
    Resource resource = ResourceTree.get(api, resourceId);
    Map<String, Method> methods = new LinkedHashMap<>(resource.resourceMethods());
    methods.put(method.httpMethod(), method);
    return api.with(resource.toBuilder().resourceMethods(methods).build());
  }

  static void checkVerb(String verb) {
    if (!VERBS.contains(verb)) {
      throw ApiError.badRequest(
          "Invalid HttpMethod specified. Valid options are " + String.join(",", VERBS));
    }
  }

  static void checkModels(ApiDefinition api, Map<String, String> models) {
    for (String name : models.values()) {
      if (!api.models().containsKey(name)) {
        throw ApiError.badRequest("Invalid model identifier specified: " + name);
      }
    }
  }

  private static Optional<Method> find(ApiDefinition api, String resourceId, String verb) {
    return Optional.ofNullable(ResourceTree.get(api, resourceId).resourceMethods().get(verb));
  }

  private static Method checked(ApiDefinition api, Method wanted) {
    Method.Builder method = wanted.toBuilder();
    String type =
        Optional.ofNullable(wanted.authorizationType()).orElse("NONE").toUpperCase(Locale.ROOT);
    method.authorizationType(type).authorizerId(authorizer(api, type, wanted.authorizerId()));
    method.requestValidatorId(requestValidator(api, wanted.requestValidatorId()));
    checkModels(api, wanted.requestModels());
    MappingExpressions.checkMethodRequest(wanted.requestParameters().keySet());
    method.apiKeyRequired(Boolean.TRUE.equals(wanted.apiKeyRequired()));
    method.operationName(Shapes.text(wanted.operationName()));
    method.requestModels(Shapes.map(wanted.requestModels()));
    method.requestParameters(Shapes.map(wanted.requestParameters()));
    method.authorizationScopes(Shapes.list(wanted.authorizationScopes()));
    return method.build();
  }

  /** An authorizer means nothing to the types that need none, so it is dropped there in silence. */
  private static String authorizer(ApiDefinition api, String type, String authorizerId) {
    if (!AUTHORIZATION_TYPES.contains(type)) {
      throw ApiError.badRequest(
          "Invalid authorization type specified. Valid options are "
              + String.join(",", AUTHORIZATION_TYPES));
    }
    if (!NEED_AUTHORIZER.contains(type)) {
      return null;
    }
    Authorizer authorizer = authorizerId == null ? null : api.authorizers().get(authorizerId);
    if (authorizer == null || !AuthorizerRules.fits(authorizer, type)) {
      throw ApiError.badRequest(
          "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or"
              + " COGNITO_USER_POOLS requires a valid authorizer.");
    }
    return authorizerId;
  }

  private static String requestValidator(ApiDefinition api, String id) {
    if (id != null && !id.isEmpty() && !api.requestValidators().containsKey(id)) {
      throw ApiError.badRequest("Invalid Request Validator identifier specified");
    }
    return Shapes.text(id);
  }
}
