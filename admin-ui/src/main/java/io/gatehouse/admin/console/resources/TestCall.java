package io.gatehouse.admin.console.resources;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.io.Serializable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.TestInvokeMethodRequest;

/**
 * What somebody has typed to try a method with.
 *
 * @param verb one that can be sent, also where the method is ANY
 * @param path values by the names of the path's parameters
 * @param headers one a line, as {@code name: value}
 * @param variables of the stage, one a line, as {@code name=value}
 * @param certificate id of a client certificate; empty for none
 */
record TestCall(
    String verb,
    Map<String, String> path,
    String query,
    String headers,
    String body,
    String variables,
    String certificate)
    implements Serializable {

  private static final Pattern PARAMETER = Pattern.compile("\\{([^}+]+)(\\+?)}");

  TestCall {
    path = Map.copyOf(path);
  }

  /** One that asks for nothing in particular. */
  static TestCall first(String verb) {
    return new TestCall(verb.equals("ANY") ? "GET" : verb, Map.of(), "", "", "", "", "");
  }

  /** Names of what a path leaves open, in their order; a greedy one with its plus sign. */
  static List<String> parameters(String resourcePath) {
    List<String> names = new ArrayList<>();
    Matcher open = PARAMETER.matcher(resourcePath);
    while (open.find()) {
      names.add(open.group(1) + open.group(2));
    }
    return names;
  }

  /**
   * Path and query as on a request line.
   *
   * @throws ApiError bad request, when a parameter of the path has no value
   */
  String target(String resourcePath) {
    Matcher open = PARAMETER.matcher(resourcePath);
    StringBuilder target = new StringBuilder();
    while (open.find()) {
      String name = open.group(1);
      String value = path.getOrDefault(name, "");
      if (value.isEmpty()) {
        throw ApiError.badRequest("The path parameter " + name + " has no value");
      }
      boolean greedy = !open.group(2).isEmpty();
      open.appendReplacement(
          target, Matcher.quoteReplacement(greedy ? segments(value) : encoded(value)));
    }
    open.appendTail(target);
    String asked = query.strip().replaceFirst("^\\?", "").replace(" ", "%20");
    return asked.isEmpty() ? target.toString() : target + "?" + asked;
  }

  private static String segments(String value) {
    List<String> encoded = new ArrayList<>();
    for (String part : value.replaceFirst("^/", "").split("/", -1)) {
      encoded.add(encoded(part));
    }
    return String.join("/", encoded);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Values by name, names in the order in which they were first written.
   *
   * @throws ApiError bad request, with the line that is no header
   */
  Map<String, List<String>> headerValues() {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String line : lines(headers)) {
      int colon = line.indexOf(':');
      if (colon <= 0) {
        throw ApiError.badRequest("This line is no header, as name: value would be: " + line);
      }
      values
          .computeIfAbsent(line.substring(0, colon).strip(), n -> new ArrayList<>())
          .add(line.substring(colon + 1).strip());
    }
    return values;
  }

  /**
   * @throws ApiError bad request, with the line that is no variable
   */
  Map<String, String> variableValues() {
    Map<String, String> values = new LinkedHashMap<>();
    for (String line : lines(variables)) {
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw ApiError.badRequest(
            "This line is no stage variable, as name=value would be: " + line);
      }
      values.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return values;
  }

  private static List<String> lines(String text) {
    return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
  }

  /** As it is asked of the operation. */
  TestInvokeMethodRequest request(TestedMethod method) {
    return TestInvokeMethodRequest.builder()
        .restApiId(method.apiId())
        .resourceId(method.resourceId())
        .httpMethod(verb)
        .pathWithQueryString(target(method.path()))
        .multiValueHeaders(headerValues())
        .body(body)
        .stageVariables(variableValues())
        .clientCertificateId(certificate.isEmpty() ? null : certificate)
        .build();
  }

  /** The same with the AWS CLI. */
  String cli(TestedMethod method, String endpoint) {
    StringBuilder command =
        new StringBuilder("aws apigateway test-invoke-method --endpoint-url ").append(endpoint);
    option(command, "rest-api-id", method.apiId());
    option(command, "resource-id", method.resourceId());
    option(command, "http-method", verb);
    option(command, "path-with-query-string", quoted(target(method.path())));
    if (!headerValues().isEmpty()) {
      option(command, "multi-value-headers", quoted(lists(headerValues())));
    }
    if (!body.isEmpty()) {
      option(command, "body", quoted(body));
    }
    if (!variableValues().isEmpty()) {
      option(command, "stage-variables", quoted(texts(variableValues())));
    }
    if (!certificate.isEmpty()) {
      option(command, "client-certificate-id", certificate);
    }
    return command.toString();
  }

  private static void option(StringBuilder command, String name, String value) {
    command.append(" \\\n  --").append(name).append(' ').append(value);
  }

  /**
   * The same call of a deployed stage.
   *
   * @param stageUrl where a node serves it
   * @param keyRequired whether the method asks for an API key
   */
  String curl(TestedMethod method, String stageUrl, boolean keyRequired) {
    StringBuilder command = new StringBuilder("curl -i");
    if (!verb.equals("GET")) {
      command.append(" -X ").append(verb);
    }
    if (keyRequired && !headerValues().containsKey("x-api-key")) {
      command.append(" -H \"x-api-key: $API_KEY\"");
    }
    headerValues()
        .forEach(
            (name, values) ->
                values.forEach(
                    value -> command.append(" -H ").append(quoted(name + ": " + value))));
    if (!body.isEmpty()) {
      command.append(" --data-raw ").append(quoted(body));
    }
    return command.append(' ').append(quoted(stageUrl + target(method.path()))).toString();
  }

  private static String lists(Map<String, List<String>> values) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    values.forEach(
        (name, all) -> {
          JsonArrayBuilder list = JSON.createArrayBuilder();
          all.forEach(list::add);
          object.add(name, list);
        });
    return object.build().toString();
  }

  private static String texts(Map<String, String> values) {
    JsonObjectBuilder object = JSON.createObjectBuilder();
    values.forEach(object::add);
    return object.build().toString();
  }

  /** For a shell: what was typed must not run. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
