package io.gatehouse.model.definition;

import static java.util.stream.Collectors.toSet;

import io.gatehouse.model.wire.ApiError;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The little language of parameter mappings, as {@code method.request.header.Name}: which names may
 * stand left and right of an arrow. Imitates the page "Parameter mapping source reference".
 */
public final class MappingExpressions {

  private static final Pattern METHOD_REQUEST =
      Pattern.compile(
          "method\\.request\\.(header|querystring|path|multivalueheader|multivaluequerystring)"
              + "\\.(\\S+)");
  private static final Pattern METHOD_RESPONSE =
      Pattern.compile("method\\.response\\.header\\.\\S+");
  private static final Pattern INTEGRATION_REQUEST =
      Pattern.compile(
          "integration\\.request\\."
              + "(header|querystring|path|multivalueheader|multivaluequerystring)\\.\\S+");
  private static final Pattern GATEWAY_RESPONSE =
      Pattern.compile("gatewayresponse\\.header\\.\\S+");
  private static final Pattern IDENTITY_SOURCE =
      Pattern.compile(
          "method\\.request\\.(header|querystring)\\.\\S+|context\\.\\S+|stageVariables\\.\\S+");
  private static final Pattern REQUEST_SOURCE =
      Pattern.compile("method\\.request\\..+|context\\..+|stageVariables\\..+|'[^']*'");
  private static final Pattern RESPONSE_SOURCE =
      Pattern.compile("integration\\.response\\..+|context\\..+|stageVariables\\..+|'[^']*'");

  private MappingExpressions() {}

  /** Parameters that a method declares: well-formed, and no name twice whatever its place. */
  public static void checkMethodRequest(Collection<String> names) {
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      Matcher matcher = METHOD_REQUEST.matcher(name);
      if (!matcher.matches()) {
        throw invalid(name);
      }
      if (!seen.add(matcher.group(2))) {
        throw ApiError.badRequest(
            "Parameter names must be unique across querystring, header and path");
      }
    }
  }

  /** Headers that a method response declares. */
  public static void checkMethodResponse(Collection<String> names) {
    check(METHOD_RESPONSE, names);
  }

  public static void checkIntegrationRequest(Map<String, String> mappings) {
    check(INTEGRATION_REQUEST, mappings.keySet());
    check(REQUEST_SOURCE, mappings.values());
  }

  public static void checkIntegrationResponse(Map<String, String> mappings) {
    check(METHOD_RESPONSE, mappings.keySet());
    check(RESPONSE_SOURCE, mappings.values());
  }

  /** Headers of an answer that the gateway gives itself. */
  public static void checkGatewayResponse(Map<String, String> mappings) {
    check(GATEWAY_RESPONSE, mappings.keySet());
    check(REQUEST_SOURCE, mappings.values());
  }

  /** What a REQUEST authorizer looks at. */
  static void checkIdentitySources(Collection<String> expressions) {
    check(IDENTITY_SOURCE, expressions);
  }

  /**
   * What a mapping takes from the method's request must be declared there; other sources need no
   * declaration.
   */
  static void checkTakenFromRequest(Collection<String> sources, Set<String> declared) {
    requireDeclared(
        sources.stream().filter(source -> METHOD_REQUEST.matcher(source).matches()).toList(),
        declared);
  }

  /** The headers that a mapping sets must be declared by the method's response. */
  static void checkSetOnResponse(Collection<String> targets, Set<String> declared) {
    requireDeclared(targets, declared);
  }

  private static void requireDeclared(Collection<String> parameters, Set<String> declared) {
    Set<String> single = declared.stream().map(MappingExpressions::single).collect(toSet());
    List<String> unknown =
        parameters.stream()
            .filter(parameter -> !single.contains(single(parameter)))
            .map(parameter -> "Invalid mapping expression parameter specified: " + parameter)
            .toList();
    if (!unknown.isEmpty()) {
      throw invalid(unknown);
    }
  }

  /** One declaration serves for the last value and for all of them. */
  private static String single(String parameter) {
    return parameter
        .replace(".multivalueheader.", ".header.")
        .replace(".multivaluequerystring.", ".querystring.");
  }

  private static void check(Pattern pattern, Collection<String> expressions) {
    for (String expression : expressions) {
      if (expression == null || !pattern.matcher(expression).matches()) {
        throw invalid(expression);
      }
    }
  }

  private static ApiError invalid(String expression) {
    return invalid(List.of("Invalid mapping expression specified: " + expression));
  }

  private static ApiError invalid(List<String> errors) {
    return ApiError.badRequest(
        "Invalid mapping expression specified: Validation Result: warnings : [], errors : "
            + errors);
  }
}
