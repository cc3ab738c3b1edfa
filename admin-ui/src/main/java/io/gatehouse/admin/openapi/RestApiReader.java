package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.model.definition.RestApiRules;
import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonString;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.apigateway.model.EndpointConfiguration;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.GatewayResponseType;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.RestApi;

/** What a document says of the API as a whole: its name, settings, validators and base path. */
final class RestApiReader {

  private final Source source;
  private final Node root;

  RestApiReader(Source source) {
    this.source = source;
    this.root = source.root();
  }

  /**
   * @param whole the document is the whole API; otherwise it only adds to the API
   */
  RestApi read(ImportParameters parameters, boolean whole) {
    RestApi former = source.former().restApi();
    RestApi.Builder out = former.toBuilder();
    info(out, whole);
    List<String> types = root.texts(EXTENSION + "binary-media-types");
    Set<String> binary = new LinkedHashSet<>(whole ? List.of() : former.binaryMediaTypes());
    binary.addAll(types);
    out.binaryMediaTypes(binary);
    Optional<Integer> compression = root.number(EXTENSION + "minimum-compression-size");
    if (whole || compression.isPresent()) {
      out.minimumCompressionSize(compression.orElse(null));
    }
    Optional<String> keySource = root.text(EXTENSION + "api-key-source");
    if (whole || keySource.isPresent()) {
      out.apiKeySource(keySource.map(s -> s.toUpperCase(Locale.ROOT)).orElse("HEADER"));
    }
    root.value(EXTENSION + "policy")
        .map(v -> v instanceof JsonString text ? text.getString() : v.toString())
        .ifPresent(out::policy);
    root.text(EXTENSION + "security-policy").ifPresent(out::securityPolicy);
    root.text(EXTENSION + "endpoint-access-mode").ifPresent(out::endpointAccessMode);
    tags(former, out);
    endpoint(parameters, former, out);
    return RestApiRules.checked(out.build());
  }

  Map<String, RequestValidator> requestValidators() {
    Map<String, String> former = new LinkedHashMap<>();
    source.former().requestValidators().values().forEach(v -> former.put(v.name(), v.id()));
    Map<String, RequestValidator> out = new LinkedHashMap<>();
    root.object(EXTENSION + "request-validators")
        .map(Node::members)
        .orElse(Map.of())
        .forEach(
            (name, node) -> {
              RequestValidator validator =
                  RequestValidator.builder()
                      .id(Optional.ofNullable(former.get(name)).orElseGet(source.ids()))
                      .name(name)
                      .validateRequestBody(node.flag("validateRequestBody").orElse(false))
                      .validateRequestParameters(
                          node.flag("validateRequestParameters").orElse(false))
                      .build();
              node.finish();
              source.report().kept(node.pointer(), "Request validator " + name);
              out.put(validator.id(), validator);
            });
    return out;
  }

  Map<String, GatewayResponse> gatewayResponses() {
    Map<String, GatewayResponse> out = new LinkedHashMap<>();
    root.object(EXTENSION + "gateway-responses")
        .map(Node::members)
        .orElse(Map.of())
        .forEach(
            (type, node) -> {
              if (!GatewayResponseType.knownValues()
                  .contains(GatewayResponseType.fromValue(type))) {
                throw ApiError.badRequest(
                    "The gateway response type at " + node.pointer() + " is not known");
              }
              out.put(
                  type,
                  GatewayResponse.builder()
                      .responseType(type)
                      .statusCode(node.text("statusCode").orElse(null))
                      .responseParameters(node.textMap("responseParameters").orElse(Map.of()))
                      .responseTemplates(node.textMap("responseTemplates").orElse(Map.of()))
                      .defaultResponse(false)
                      .build());
              node.finish();
              source.report().kept(node.pointer(), "Gateway response " + type);
            });
    return out;
  }

  /** Empty, or as {@code /v1}. */
  String basePath(ImportParameters parameters) {
    String given = source.dialect() == Dialect.SWAGGER_2 ? swaggerBasePath() : serverPath();
    List<String> parts = Arrays.stream(given.split("/")).filter(part -> !part.isEmpty()).toList();
    List<String> kept =
        switch (parameters.basePath()) {
          case IGNORE -> List.<String>of();
          case PREPEND -> parts;
          case SPLIT -> parts.isEmpty() ? parts : parts.subList(1, parts.size());
        };
    return kept.isEmpty() ? "" : "/" + String.join("/", kept);
  }

  /** Reports what is left of the document, after everything else was read. */
  void finish() {
    source.documentation(root, "tags", "externalDocs", EXTENSION + "documentation");
    root.ignore("The gateway decides where it is reached", "host", "schemes", "servers");
    root.ignore("Applies where methods use it", "consumes", "produces", "security");
    root.ignore("Parts are read where they are used", "parameters", "responses");
    root.ignore("Told by the API itself", EXTENSION + "importexport-version");
    root.ignore("Calls of others are not made", "webhooks");
    for (String read :
        List.of("swagger", "openapi", "info", "paths", "definitions", "components", "basePath")) {
      root.value(read);
    }
    for (String read : List.of("auth", "request-validator", "endpoint-configuration")) {
      root.value(EXTENSION + read);
    }
    root.value("securityDefinitions");
    root.finish();
  }

  private void info(RestApi.Builder out, boolean whole) {
    Node info =
        root.object("info").orElseThrow(() -> ApiError.badRequest("The value at /info is missing"));
    String title =
        info.text("title")
            .orElseThrow(() -> ApiError.badRequest("The value at /info/title is missing"));
    if (whole) {
      out.name(title)
          .description(info.text("description").filter(d -> !d.isEmpty()).orElse(null))
          .version(info.text("version").orElse(null));
      source.report().kept("/info", "Name, version and description");
    } else {
      source.report().dropped("/info", "A merge keeps the API's name, version and description");
      info.ignore("A merge keeps the API's own", "description", "version");
    }
    source.documentation(info, "termsOfService", "contact", "license");
    info.finish();
  }

  private void tags(RestApi former, RestApi.Builder out) {
    Map<String, String> tags = new LinkedHashMap<>(former.tags());
    for (Node tag : root.objects("tags")) {
      Optional<String> value = tag.text(EXTENSION + "tag-value");
      if (value.isPresent() && tag.text("name").isPresent()) {
        tags.put(tag.text("name").get(), value.get());
        source.report().kept(tag.pointer(), "Tag " + tag.text("name").get());
      }
    }
    out.tags(tags);
  }

  private void endpoint(ImportParameters parameters, RestApi former, RestApi.Builder out) {
    EndpointConfiguration.Builder endpoint =
        Optional.ofNullable(former.endpointConfiguration())
            .orElse(EndpointConfiguration.builder().build())
            .toBuilder();
    parameters
        .endpointType()
        .ifPresent(type -> endpoint.typesWithStrings(type).ipAddressType((String) null));
    Optional<Node> extension = root.object(EXTENSION + "endpoint-configuration");
    if (extension.isEmpty()) {
      extension =
          servers().stream()
              .flatMap(s -> s.object(EXTENSION + "endpoint-configuration").stream())
              .findFirst();
    }
    extension.ifPresent(
        node -> {
          if (node.has("types") && parameters.endpointType().isEmpty()) {
            endpoint.typesWithStrings(node.texts("types")).ipAddressType((String) null);
          }
          node.text("ipAddressType").ifPresent(endpoint::ipAddressType);
          if (node.has("vpcEndpointIds")) {
            endpoint.vpcEndpointIds(node.texts("vpcEndpointIds"));
          }
          node.flag("disableExecuteApiEndpoint").ifPresent(out::disableExecuteApiEndpoint);
          node.finish();
        });
    out.endpointConfiguration(endpoint.build());
  }

  private List<Node> servers() {
    return source.dialect() == Dialect.OPENAPI_3 ? root.objects("servers") : List.of();
  }

  private String swaggerBasePath() {
    return root.text("basePath").orElse("");
  }

  /** The path of the first server, its variables filled with their defaults. */
  private String serverPath() {
    if (servers().isEmpty()) {
      return "";
    }
    Node server = servers().getFirst();
    String url = server.text("url").orElse("");
    for (Map.Entry<String, Node> variable :
        server.object("variables").map(Node::members).orElse(Map.of()).entrySet()) {
      url =
          url.replace(
              "{" + variable.getKey() + "}", variable.getValue().text("default").orElse(""));
    }
    try {
      return Optional.ofNullable(new URI(url).getPath()).orElse("");
    } catch (URISyntaxException e) {
      source.report().warned(server.pointer("url"), "No base path can be read from this address");
      return "";
    }
  }
}
