package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;
import static io.gatehouse.model.wire.JsonFactory.JSON;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.API;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.AUTHORIZER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.METHOD;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.MODEL;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.PATH_PARAMETER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.QUERY_PARAMETER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.REQUEST_BODY;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.REQUEST_HEADER;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESOURCE;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE;
import static software.amazon.awssdk.services.apigateway.model.DocumentationPartType.RESPONSE_HEADER;

import io.gatehouse.model.definition.DocumentationRules;
import io.gatehouse.model.definition.MethodRules;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartLocation;
import software.amazon.awssdk.services.apigateway.model.DocumentationPartType;

/**
 * The documentation in a document: what stands in OpenAPI's own members, and the parts in {@code
 * x-amazon-apigateway-documentation}, which count more where both tell about one place.
 */
public final class DocumentationReader {

  private static final String ANY_METHOD = EXTENSION + "any-method";
  private static final Map<String, DocumentationPartType> PARAMETERS =
      Map.of(
          "path", PATH_PARAMETER,
          "query", QUERY_PARAMETER,
          "header", REQUEST_HEADER,
          "body", REQUEST_BODY);

  private final Node root;
  private final Dialect dialect;
  private final Report report;
  private final List<DocumentationPart> parts = new ArrayList<>();

  /**
   * @param root read by nobody else, as it notes what was read
   */
  DocumentationReader(Node root, Dialect dialect, Report report) {
    this.root = root;
    this.dialect = dialect;
    this.report = report;
  }

  /**
   * Reads a document for its documentation alone.
   *
   * @throws ApiError bad request, with the vendor's sentence for what cannot be parsed, or with all
   *     that is wrong in the parts
   */
  public static ImportedDocumentation read(byte[] bytes, boolean failOnWarnings) {
    OpenApiDocument document = parsed(bytes);
    Report report = new Report();
    Node root = Node.root(document.json(), report);
    List<DocumentationPart> parts =
        new DocumentationReader(root, document.dialect(), report).parts();
    report.throwErrors();
    if (failOnWarnings) {
      report.throwWarnings();
    }
    return new ImportedDocumentation(parts, report.warnings());
  }

  /** All parts without ids, each location once. */
  List<DocumentationPart> parts() {
    attempt("/info", this::api);
    attempt("/paths", () -> members(root, "paths").forEach(this::path));
    attempt("the security schemes", this::authorizers);
    attempt("the schemas", this::models);
    attempt("/" + EXTENSION + "documentation", this::extension);
    return DocumentationRules.lastOfEachLocation(parts);
  }

  private static OpenApiDocument parsed(byte[] bytes) {
    try {
      return OpenApiDocument.parse(bytes);
    } catch (ApiError refused) {
      throw refused.kind() == ApiError.Kind.BAD_REQUEST
          ? ApiError.badRequest("Unable to build importer with provided input.")
          : refused;
    }
  }

  private void api() {
    JsonObjectBuilder properties = JSON.createObjectBuilder();
    JsonObject info =
        root.object("info")
            .map(node -> picked(node, "description", "termsOfService", "contact", "license"))
            .orElse(JsonValue.EMPTY_JSON_OBJECT);
    if (!info.isEmpty()) {
      properties.add("info", info);
    }
    picked(root, "tags", "externalDocs").forEach(properties::add);
    add(location(API), properties.build());
  }

  private void path(String path, Node given) {
    if (!path.startsWith("/")) {
      return;
    }
    Node item = given.follow();
    add(location(RESOURCE).path(path), picked(item, "summary", "description"));
    parameters(location(METHOD).path(path), item);
    for (String name : item.names()) {
      String verb = name.equals(ANY_METHOD) ? "ANY" : name.toUpperCase(Locale.ROOT);
      if (MethodRules.VERBS.contains(verb)) {
        item.object(name).ifPresent(n -> operation(location(METHOD).path(path).method(verb), n));
      }
    }
  }

  private void operation(DocumentationPartLocation.Builder here, Node operation) {
    add(here, picked(operation, "summary", "description", "tags", "deprecated", "externalDocs"));
    parameters(here, operation);
    operation
        .object("requestBody")
        .ifPresent(body -> add(at(here, REQUEST_BODY), picked(body.follow(), "description")));
    members(operation, "responses").forEach((status, node) -> response(here, status, node));
  }

  private void parameters(DocumentationPartLocation.Builder here, Node owner) {
    for (Node given : owner.objects("parameters")) {
      Node parameter = given.follow();
      DocumentationPartType type = PARAMETERS.get(parameter.text("in").orElse(""));
      if (type != null) {
        String name = type == REQUEST_BODY ? null : parameter.text("name").orElse(null);
        add(at(here, type).name(name), picked(parameter, "description"));
      }
    }
  }

  private void response(DocumentationPartLocation.Builder here, String key, Node given) {
    String status = key.equals("default") ? "*" : key;
    if (!status.matches("[1-5][0-9][0-9]|\\*")) {
      report.dropped(given.pointer(), "A response is documented under one status code");
      return;
    }
    Node response = given.follow();
    if (!OperationWriter.isMadeUp(key, response.text("description").orElse(""))) {
      add(at(here, RESPONSE).statusCode(status), picked(response, "description"));
    }
    members(response, "headers")
        .forEach(
            (name, header) ->
                add(
                    at(here, RESPONSE_HEADER).statusCode(status).name(name),
                    picked(header.follow(), "description")));
  }

  private void authorizers() {
    Optional<Node> schemes =
        dialect == Dialect.SWAGGER_2
            ? root.object("securityDefinitions")
            : root.object("components").flatMap(c -> c.object("securitySchemes"));
    schemes
        .map(Node::members)
        .orElse(Map.of())
        .forEach(
            (name, node) ->
                add(location(AUTHORIZER).name(name), picked(node.follow(), "description")));
  }

  private void models() {
    Optional<Node> schemas =
        dialect == Dialect.SWAGGER_2
            ? root.object("definitions")
            : root.object("components").flatMap(c -> c.object("schemas"));
    schemas
        .map(Node::members)
        .orElse(Map.of())
        .forEach(
            (name, node) ->
                add(
                    location(MODEL).name(SchemaModels.letters(name)),
                    picked(node, "title", "description")));
  }

  private void extension() {
    Optional<Node> documentation = root.object(EXTENSION + "documentation").map(Node::follow);
    for (Node part : documentation.map(d -> d.objects("documentationParts")).orElse(List.of())) {
      report.attempt(
          "Unable to import the documentation part at " + part.pointer(), () -> given(part));
    }
  }

  private void given(Node part) {
    Node location =
        part.object("location")
            .orElseThrow(
                () ->
                    ApiError.badRequest(
                        "The value at " + part.pointer("location") + " is missing"));
    JsonValue properties = part.value("properties").orElse(JSON.createValue(""));
    parts.add(
        DocumentationRules.checked(
            DocumentationPart.builder()
                .location(
                    DocumentationPartLocation.builder()
                        .type(location.text("type").orElse(null))
                        .path(location.text("path").orElse(null))
                        .method(location.text("method").orElse(null))
                        .statusCode(location.text("statusCode").orElse(null))
                        .name(location.text("name").orElse(null))
                        .build())
                .properties(
                    properties instanceof JsonString text
                        ? text.getString()
                        : properties.toString())
                .build()));
  }

  private void add(DocumentationPartLocation.Builder location, JsonObject properties) {
    if (!properties.isEmpty()) {
      parts.add(
          DocumentationRules.checked(
              DocumentationPart.builder()
                  .location(location.build())
                  .properties(properties.toString())
                  .build()));
    }
  }

  private void attempt(String place, Runnable step) {
    report.attempt("Unable to read the documentation at " + place, step);
  }

  private static Map<String, Node> members(Node node, String name) {
    return node.object(name).map(Node::members).orElse(Map.of());
  }

  private static JsonObject picked(Node node, String... names) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    for (String name : names) {
      node.value(name).ifPresent(value -> out.add(name, value));
    }
    return out.build();
  }

  private static DocumentationPartLocation.Builder location(DocumentationPartType type) {
    return DocumentationPartLocation.builder().type(type);
  }

  /** The same path and method, of another type. */
  private static DocumentationPartLocation.Builder at(
      DocumentationPartLocation.Builder here, DocumentationPartType type) {
    return here.build().toBuilder().type(type);
  }
}
