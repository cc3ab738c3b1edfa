package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.apigateway.model.ConnectionType;
import software.amazon.awssdk.services.apigateway.model.ContentHandlingStrategy;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.IntegrationType;
import software.amazon.awssdk.services.apigateway.model.Method;

/**
 * What a method calls, with the members that the vendor always sends filled in. Imitates the
 * Integration pages of the API reference; the order of the checks is the recorded one.
 */
public final class IntegrationRules {

  private static final int SHORTEST_TIMEOUT = 50;
  private static final int USUAL_TIMEOUT = 29_000;
  private static final int LONGEST_TEMPLATE = 300 * 1024;
  private static final List<String> PASSTHROUGH =
      List.of("WHEN_NO_MATCH", "WHEN_NO_TEMPLATES", "NEVER");

  private IntegrationRules() {}

  /**
   * @throws ApiError not found, when there is no such resource or method, or the method has no
   *     integration
   */
  public static Integration get(ApiDefinition api, String resourceId, String verb) {
    return Optional.ofNullable(MethodRules.get(api, resourceId, verb).methodIntegration())
        .orElseThrow(() -> ApiError.notFound("Invalid Integration identifier specified"));
  }

  /** Replaces a former integration together with its responses. */
  public static ApiDefinition put(
      ApiDefinition api,
      String resourceId,
      String verb,
      Integration wanted,
      Duration longestTimeout) {
    Integration integration = checked(resourceId, wanted, longestTimeout);
    Method method = MethodRules.get(api, resourceId, verb);
    checkDeclared(method, integration);
    return with(api, resourceId, method, integration);
  }

  public static ApiDefinition update(
      ApiDefinition api,
      String resourceId,
      String verb,
      UnaryOperator<Integration> change,
      Duration longestTimeout) {
    Integration before = get(api, resourceId, verb);
    Integration after = checked(resourceId, change.apply(before), longestTimeout);
    Method method = MethodRules.get(api, resourceId, verb);
    checkDeclared(method, after);
    return with(api, resourceId, method, after);
  }

  public static ApiDefinition delete(ApiDefinition api, String resourceId, String verb) {
    get(api, resourceId, verb);
    return with(api, resourceId, MethodRules.get(api, resourceId, verb), null);
  }

  static ApiDefinition with(
      ApiDefinition api, String resourceId, Method method, Integration integration) {
    return MethodRules.with(
        api, resourceId, method.toBuilder().methodIntegration(integration).build());
  }

  static Integration checkedWhole(String resourceId, Integration wanted, Duration longestTimeout) {
    Map<String, IntegrationResponse> responses = new LinkedHashMap<>();
    wanted
        .integrationResponses()
        .forEach((code, r) -> responses.put(code, IntegrationResponseRules.checked(r)));
    return checked(resourceId, wanted, longestTimeout).toBuilder()
        .integrationResponses(Shapes.map(responses))
        .build();
  }

  /**
   * Checks the integration by itself and fills in the members that are always sent.
   *
   * @param longestTimeout that an integration may ask for; the vendor's is 29 seconds
   */
  public static Integration checked(
      String resourceId, Integration wanted, Duration longestTimeout) {
    IntegrationType type = type(wanted);
    Integration.Builder out = wanted.toBuilder();
    if (type == IntegrationType.MOCK) {
      out.httpMethod(null).uri(null);
    } else {
      checkVerb(wanted.httpMethod());
      IntegrationUris.check(type, wanted.uri());
    }
    checkCredentials(type, wanted);
    connection(type, wanted, out);
    MappingExpressions.checkIntegrationRequest(wanted.requestParameters());
    checkTemplates(wanted.requestTemplates());
    checkContentHandling(wanted.contentHandling());
    return out.passthroughBehavior(passthrough(wanted.passthroughBehavior()))
        .timeoutInMillis(timeout(wanted.timeoutInMillis(), longestTimeout.toMillis()))
        .cacheNamespace(
            Optional.ofNullable(Shapes.text(wanted.cacheNamespace())).orElse(resourceId))
        .cacheKeyParameters(List.copyOf(wanted.cacheKeyParameters()))
        .credentials(Shapes.text(wanted.credentials()))
        .requestParameters(Shapes.map(wanted.requestParameters()))
        .requestTemplates(Shapes.map(wanted.requestTemplates()))
        .build();
  }

  private static void checkDeclared(Method method, Integration integration) {
    MappingExpressions.checkTakenFromRequest(
        integration.requestParameters().values(), method.requestParameters().keySet());
  }

  private static IntegrationType type(Integration wanted) {
    IntegrationType type = wanted.type();
    if (type == null || type == IntegrationType.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest(
          "Invalid integration type specified: "
              + wanted.typeAsString()
              + ". Must be one of: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]");
    }
    return type;
  }

  private static void checkVerb(String verb) {
    if (verb == null || verb.isEmpty()) {
      throw ApiError.badRequest("Enumeration value for HttpMethod must be non-empty");
    }
    MethodRules.checkVerb(verb);
  }

  private static void checkCredentials(IntegrationType type, Integration wanted) {
    if (type == IntegrationType.AWS
        && Shapes.text(wanted.credentials()) == null
        && !IntegrationUris.isLambda(wanted.uri())) {
      throw ApiError.badRequest("Role ARN must be specified for AWS integrations");
    }
  }

  /** Tools send {@code INTERNET} with every type; only HTTP integrations keep and show it. */
  private static void connection(
      IntegrationType type, Integration wanted, Integration.Builder out) {
    if (wanted.connectionType() == ConnectionType.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest(
          "Invalid connection type specified: "
              + wanted.connectionTypeAsString()
              + ". Must be one of: [INTERNET, VPC_LINK]");
    }
    boolean link = wanted.connectionType() == ConnectionType.VPC_LINK;
    boolean http = type == IntegrationType.HTTP || type == IntegrationType.HTTP_PROXY;
    if (link && Shapes.text(wanted.connectionId()) == null) {
      throw ApiError.badRequest("A connectionId is required for connectionType VPC_LINK");
    }
    ConnectionType kept = link ? ConnectionType.VPC_LINK : ConnectionType.INTERNET;
    out.connectionType(http ? kept : link ? ConnectionType.VPC_LINK : null);
    out.connectionId(link ? wanted.connectionId() : null);
  }

  static void checkTemplates(Map<String, String> templates) {
    templates.forEach(
        (contentType, template) -> {
          if (template.length() > LONGEST_TEMPLATE) {
            throw ApiError.badRequest(
                "The mapping template for "
                    + contentType
                    + " is longer than "
                    + LONGEST_TEMPLATE
                    + " characters");
          }
        });
  }

  static void checkContentHandling(ContentHandlingStrategy strategy) {
    if (strategy == ContentHandlingStrategy.UNKNOWN_TO_SDK_VERSION) {
      throw ApiError.badRequest(
          "Invalid content handling specified. Must be one of: [CONVERT_TO_BINARY,"
              + " CONVERT_TO_TEXT]");
    }
  }

  private static String passthrough(String wanted) {
    String behavior =
        Optional.ofNullable(Shapes.text(wanted)).orElse("WHEN_NO_MATCH").toUpperCase(Locale.ROOT);
    if (!PASSTHROUGH.contains(behavior)) {
      throw ApiError.badRequest(
          "Invalid passthrough behavior specified: " + wanted + ". Must be one of: " + PASSTHROUGH);
    }
    return behavior;
  }

  private static int timeout(Integer wanted, long longest) {
    int millis = wanted == null ? (int) Math.min(USUAL_TIMEOUT, longest) : wanted;
    if (millis < SHORTEST_TIMEOUT || millis > longest) {
      throw ApiError.badRequest(
          "Timeout should be between " + SHORTEST_TIMEOUT + " ms and " + longest + " ms");
    }
    return millis;
  }
}
