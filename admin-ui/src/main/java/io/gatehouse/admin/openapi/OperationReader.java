package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXAMPLES;
import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.MethodResponse;

/** An operation of the document as a method with its responses and its integration. */
final class OperationReader {

  private static final Pattern PATH_VARIABLE = Pattern.compile("\\{([^{}]+?)\\+?}");

  private final Source source;
  private final SchemaModels models;
  private final SecurityReader security;
  private final IntegrationReader integrations;
  private final Map<String, String> validatorIds;

  OperationReader(
      Source source,
      SchemaModels models,
      SecurityReader security,
      Map<String, String> validatorIds) {
    this.source = source;
    this.models = models;
    this.security = security;
    this.integrations = new IntegrationReader(source);
    this.validatorIds = validatorIds;
  }

  /** Their names, as {@code petId} of {@code /pets/{petId}}; a greedy one without its plus. */
  static List<String> pathVariables(String path) {
    return PATH_VARIABLE.matcher(path).results().map(match -> match.group(1)).toList();
  }

  Method read(String path, Node pathItem, String verb, Node operation) {
    Method.Builder method =
        Method.builder().httpMethod(verb).operationName(operation.text("operationId").orElse(null));
    security.secure(operation, method);
    List<Node> parameters = parameters(pathItem, operation);
    method.requestParameters(requestParameters(path, parameters));
    method.requestModels(requestModels(operation, parameters));
    validator(operation).ifPresent(method::requestValidatorId);
    operation
        .object("responses")
        .map(r -> responses(operation, r))
        .ifPresent(method::methodResponses);
    integrations.read(operation).ifPresent(method::methodIntegration);
    source.report().kept(operation.pointer(), "Method " + verb + " " + path);
    source.documentation(operation, "summary", "description", "tags", "externalDocs", "deprecated");
    operation.ignore("The gateway decides where it is reached", "schemes", "servers", "host");
    operation.finish();
    return method.build();
  }

  /** Those of the path first; one of the operation's takes the place of its namesake. */
  private List<Node> parameters(Node pathItem, Node operation) {
    Map<String, Node> byName = new LinkedHashMap<>();
    List<Node> all = new ArrayList<>(pathItem.objects("parameters"));
    all.addAll(operation.objects("parameters"));
    for (Node given : all) {
      Node parameter = given.follow();
      String name = required(parameter, "name");
      byName.put(required(parameter, "in") + " " + name, parameter);
    }
    return List.copyOf(byName.values());
  }

  private static String required(Node node, String name) {
    return node.text(name)
        .orElseThrow(
            () -> ApiError.badRequest("The value at " + node.pointer(name) + " is missing"));
  }

  private Map<String, Boolean> requestParameters(String path, List<Node> parameters) {
    Map<String, Boolean> out = new LinkedHashMap<>();
    pathVariables(path).forEach(name -> out.put("method.request.path." + name, true));
    for (Node parameter : parameters) {
      String name = required(parameter, "name");
      boolean needed = parameter.flag("required").orElse(false);
      switch (required(parameter, "in")) {
        case "path" -> out.put("method.request.path." + name, true);
        case "query" -> out.put("method.request.querystring." + name, needed);
        case "header" -> out.put("method.request.header." + name, needed);
        case "body" -> {}
        default ->
            source
                .report()
                .warned(
                    parameter.pointer(),
                    "Parameters in " + required(parameter, "in") + " cannot be declared");
      }
      source.documentation(parameter, "description");
      parameter.ignore(EXAMPLES, "example", "examples");
      parameter.ignore(
          "Of a parameter only its presence is checked",
          "deprecated",
          "type",
          "format",
          "items",
          "default",
          "enum",
          "pattern",
          "style",
          "explode",
          "content",
          "collectionFormat",
          "allowEmptyValue",
          "allowReserved",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "minLength",
          "maxLength",
          "minItems",
          "maxItems",
          "uniqueItems",
          "multipleOf");
      if (!required(parameter, "in").equals("body")) {
        parameter.ignore("Of a parameter only its presence is checked", "schema");
      }
    }
    return out.isEmpty() ? null : out;
  }

  private Map<String, String> requestModels(Node operation, List<Node> parameters) {
    Map<String, String> out = new LinkedHashMap<>();
    if (source.dialect() == Dialect.SWAGGER_2) {
      for (Node parameter : parameters) {
        if (required(parameter, "in").equals("body")) {
          parameter
              .object("schema")
              .map(models::nameFor)
              .ifPresent(name -> mediaTypes(operation, "consumes").forEach(t -> out.put(t, name)));
        }
      }
      operation.ignore("Says nothing without a body", "consumes");
    } else {
      operation.object("requestBody").map(Node::follow).ifPresent(body -> content(body, out));
    }
    return out.isEmpty() ? null : out;
  }

  private void content(Node body, Map<String, String> out) {
    body.object("content")
        .map(Node::members)
        .orElse(Map.of())
        .forEach(
            (mediaType, media) -> {
              media.object("schema").map(models::nameFor).ifPresent(n -> out.put(mediaType, n));
              media.ignore(EXAMPLES, "example", "examples");
              media.ignore("Models know no encoding", "encoding");
              media.finish();
            });
    source.documentation(body, "description");
    body.ignore("A request validator decides whether bodies are checked", "required");
  }

  private List<String> mediaTypes(Node operation, String member) {
    List<String> own = operation.texts(member);
    List<String> types = own.isEmpty() ? source.root().texts(member) : own;
    return types.isEmpty() ? List.of("application/json") : types;
  }

  private Optional<String> validator(Node operation) {
    String extension = EXTENSION + "request-validator";
    Node from = operation.has(extension) ? operation : source.root();
    return from.text(extension)
        .map(
            name ->
                Optional.ofNullable(validatorIds.get(name))
                    .orElseThrow(
                        () ->
                            ApiError.badRequest(
                                "The request validator at "
                                    + from.pointer(extension)
                                    + " is not defined: "
                                    + name)));
  }

  private Map<String, MethodResponse> responses(Node operation, Node in) {
    Map<String, MethodResponse> out = new LinkedHashMap<>();
    for (Map.Entry<String, Node> entry : in.members().entrySet()) {
      String status = entry.getKey();
      if (status.matches("[1-5][0-9][0-9]")) {
        out.put(status, response(operation, status, entry.getValue().follow()));
      } else if (status.equals("default") || status.startsWith("x-")) {
        source.report().dropped(in.pointer(status), "A method response has a status code");
      } else {
        source.report().warned(in.pointer(status), "A method response has one status code");
      }
    }
    operation.ignore("Says nothing without a schema", "produces");
    return out.isEmpty() ? null : out;
  }

  private MethodResponse response(Node operation, String status, Node in) {
    Map<String, Boolean> headers = new LinkedHashMap<>();
    in.object("headers")
        .ifPresent(h -> h.names().forEach(n -> headers.put("method.response.header." + n, false)));
    Map<String, String> byType = new LinkedHashMap<>();
    if (source.dialect() == Dialect.SWAGGER_2) {
      in.object("schema")
          .map(models::nameFor)
          .ifPresent(name -> mediaTypes(operation, "produces").forEach(t -> byType.put(t, name)));
    } else {
      content(in, byType);
    }
    source.documentation(in, "description");
    in.ignore(EXAMPLES, "examples");
    in.ignore("Links are for clients", "links");
    in.finish();
    return MethodResponse.builder()
        .statusCode(status)
        .responseParameters(headers.isEmpty() ? null : headers)
        .responseModels(byType.isEmpty() ? null : byType)
        .build();
  }
}
