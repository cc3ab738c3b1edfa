package io.gatehouse.admin.console.resources;

import io.gatehouse.runtime.pattern.InvalidPattern;
import io.gatehouse.runtime.pattern.JavaPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.Integration;
import software.amazon.awssdk.services.apigateway.model.IntegrationResponse;
import software.amazon.awssdk.services.apigateway.model.Method;

/** What of a method will fail when it is called, or does nothing. */
final class MethodProblems {

  /** The four parts of a method. */
  enum Box {
    METHOD_REQUEST,
    INTEGRATION_REQUEST,
    INTEGRATION_RESPONSE,
    METHOD_RESPONSE
  }

  /** One of them, in a sentence. */
  record Problem(Box box, String words) {}

  private static final Set<String> WITH_AUTHORIZER = Set.of("CUSTOM", "COGNITO_USER_POOLS");
  private static final String METHOD_PARAMETER = "method.request.";

  private final Method method;
  private final Optional<Integration> integration;
  private final String path;
  private final List<Problem> problems = new ArrayList<>();

  private MethodProblems(Method method, String path) {
    this.method = method;
    this.integration = Optional.ofNullable(method.methodIntegration());
    this.path = path;
  }

  /**
   * @param path of the method's resource
   * @param authorizerIds those that the API has
   */
  static List<Problem> of(Method method, String path, Set<String> authorizerIds) {
    MethodProblems found = new MethodProblems(method, path);
    found.authorizer(authorizerIds);
    found.integration.ifPresentOrElse(
        found::integration,
        () ->
            found.add(
                Box.INTEGRATION_REQUEST, "There is no integration: every call is answered 500."));
    return List.copyOf(found.problems);
  }

  private void add(Box box, String words) {
    problems.add(new Problem(box, words));
  }

  private void authorizer(Set<String> authorizerIds) {
    if (!WITH_AUTHORIZER.contains(Objects.toString(method.authorizationType(), ""))) {
      return;
    }
    if (method.authorizerId() == null) {
      add(Box.METHOD_REQUEST, "No authorizer is named: every call is refused.");
    } else if (!authorizerIds.contains(method.authorizerId())) {
      add(
          Box.METHOD_REQUEST,
          "The authorizer "
              + method.authorizerId()
              + " is not there any more: every call is refused.");
    }
  }

  private void integration(Integration in) {
    mappedPath(in);
    boolean proxy = Objects.toString(in.typeAsString(), "").endsWith("_PROXY");
    pathOfBackend(in);
    if (!proxy) {
      requiredParameters(in);
      responses(in.hasIntegrationResponses() ? in.integrationResponses() : Map.of());
    }
  }

  /** What stands in braces in the backend's address is filled by mappings alone. */
  private void pathOfBackend(Integration in) {
    if (in.uri() == null) {
      return;
    }
    for (String name : TestCall.parameters(in.uri().replaceAll("\\$\\{[^}]*}", ""))) {
      String target = "integration.request.path." + name.replace("+", "");
      boolean byTemplate =
          in.hasRequestTemplates()
              && in.requestTemplates().values().stream()
                  .anyMatch(text -> text != null && text.contains("requestOverride.path"));
      if (!mapped(in).containsKey(target) && !byTemplate) {
        add(
            Box.INTEGRATION_REQUEST,
            "{" + name + "} of the URI is mapped from nothing: map " + target + ".");
      }
    }
  }

  private void mappedPath(Integration in) {
    String prefix = METHOD_PARAMETER + "path.";
    List<String> there =
        TestCall.parameters(path).stream().map(name -> name.replace("+", "")).toList();
    new TreeMap<>(mapped(in))
        .forEach(
            (target, source) -> {
              if (source.startsWith(prefix) && !there.contains(source.substring(prefix.length()))) {
                add(
                    Box.INTEGRATION_REQUEST,
                    target + " is mapped from " + source + ", which " + path + " has not.");
              }
            });
  }

  private void requiredParameters(Integration in) {
    if (!method.hasRequestParameters() || "MOCK".equals(in.typeAsString())) {
      return;
    }
    new TreeMap<>(method.requestParameters())
        .forEach(
            (name, required) -> {
              if (Boolean.TRUE.equals(required) && !isUsed(in, name)) {
                add(
                    Box.INTEGRATION_REQUEST,
                    name.substring(METHOD_PARAMETER.length()).replace('.', ' ')
                        + " is required of callers, and the backend is not told it.");
              }
            });
  }

  private static boolean isUsed(Integration in, String parameter) {
    String name = parameter.substring(parameter.lastIndexOf('.') + 1);
    boolean mapped = mapped(in).containsValue(parameter);
    boolean inTemplate =
        in.hasRequestTemplates()
            && in.requestTemplates().values().stream()
                .filter(Objects::nonNull)
                .anyMatch(text -> text.contains(name) || text.contains("$input.params()"));
    return mapped || inTemplate;
  }

  private static Map<String, String> mapped(Integration in) {
    return in.hasRequestParameters() ? in.requestParameters() : Map.of();
  }

  private void responses(Map<String, IntegrationResponse> responses) {
    if (responses.isEmpty()) {
      add(
          Box.INTEGRATION_RESPONSE,
          "There is no integration response: every answer of the backend becomes a 500.");
      return;
    }
    boolean byDefault = false;
    for (Map.Entry<String, IntegrationResponse> one : new TreeMap<>(responses).entrySet()) {
      String pattern = Objects.toString(one.getValue().selectionPattern(), "");
      byDefault |= pattern.isEmpty();
      pattern(one.getKey(), pattern);
      if (!method.hasMethodResponses() || !method.methodResponses().containsKey(one.getKey())) {
        add(
            Box.METHOD_RESPONSE,
            "Status "
                + one.getKey()
                + " is given by an integration response and is no method response.");
      }
    }
    if (!byDefault) {
      add(
          Box.INTEGRATION_RESPONSE,
          "None is the default: what no selection pattern matches becomes a 500.");
    }
  }

  private void pattern(String status, String pattern) {
    if (pattern.isEmpty()) {
      return;
    }
    try {
      JavaPattern.compile(pattern);
    } catch (InvalidPattern broken) {
      add(
          Box.INTEGRATION_RESPONSE,
          "The selection pattern of " + status + " cannot be used: " + broken.getMessage());
    }
  }

  /** How many, in words. */
  static String counted(int problems) {
    return problems == 1 ? "1 problem" : problems + " problems";
  }
}
