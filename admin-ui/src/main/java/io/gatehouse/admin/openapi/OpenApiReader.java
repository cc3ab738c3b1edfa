package io.gatehouse.admin.openapi;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.definition.DocumentationRules;
import io.gatehouse.model.definition.ResourceTree;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.apigateway.model.Authorizer;
import software.amazon.awssdk.services.apigateway.model.DocumentationPart;
import software.amazon.awssdk.services.apigateway.model.GatewayResponse;
import software.amazon.awssdk.services.apigateway.model.RequestValidator;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** Makes definitions of documents; the same document and ids give the same definition. */
public final class OpenApiReader {

  private final Supplier<String> ids;
  private final Duration longestTimeout;

  /**
   * @param ids for resources, models, authorizers and request validators
   * @param longestTimeout that an integration may ask for
   */
  public OpenApiReader(Supplier<String> ids, Duration longestTimeout) {
    this.ids = ids;
    this.longestTimeout = longestTimeout;
  }

  /**
   * The document becomes the whole API.
   *
   * @param former the API to overwrite, or a bare new one; it keeps its id, its settings outside of
   *     the document, and the ids of what keeps its name
   * @throws io.gatehouse.model.wire.ApiError bad request, with all errors found
   */
  public ImportedApi overwrite(
      ApiDefinition former, OpenApiDocument document, ImportParameters parameters) {
    Resource root = ResourceTree.newRoot(ResourceTree.root(former).id());
    ApiDefinition start =
        new ApiDefinition(
            former.restApi(),
            Map.of(root.id(), root),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(),
            former.documentationParts(),
            former.documentationVersions(),
            Map.of());
    return read(former, start, document, parameters, true);
  }

  /** The document is added to the API; where both have a thing, the document's stays. */
  public ImportedApi merge(
      ApiDefinition former, OpenApiDocument document, ImportParameters parameters) {
    return read(former, former, document, parameters, false);
  }

  private ImportedApi read(
      ApiDefinition former,
      ApiDefinition start,
      OpenApiDocument document,
      ImportParameters parameters,
      boolean whole) {
    Report report = new Report();
    Node root = Node.root(document.json(), report);
    Source source =
        new Source(
            root, document.dialect(), report, ids, former, !parameters.ignoreDocumentation());
    RestApiReader api = new RestApiReader(source);
    SchemaModels models = new SchemaModels(source);
    SecurityReader security = new SecurityReader(source);

    ApiDefinition parts = start.withRestApi(api.read(parameters, whole));
    models.readNamed();
    security.readSchemes();
    Map<String, RequestValidator> validators =
        joined(start.requestValidators(), api.requestValidators());
    Map<String, Authorizer> authorizers = joined(start.authorizers(), security.authorizers());
    Map<String, GatewayResponse> responses =
        joined(start.gatewayResponses(), api.gatewayResponses());
    parts =
        parts
            .withRequestValidators(validators)
            .withAuthorizers(authorizers)
            .withGatewayResponses(responses);

    OperationReader operations =
        new OperationReader(source, models, security, idsByName(validators));
    PathsReader paths =
        new PathsReader(source, operations, api.basePath(parameters), longestTimeout);
    List<PathsReader.PathPlan> plans = paths.read();
    ApiDefinition imported =
        paths.place(
            withCors(parts, root, report).withModels(joined(start.models(), models.models())),
            plans);

    if (source.documented()) {
      imported = documented(imported, document, report, whole);
    }
    api.finish();
    report.throwErrors();
    if (parameters.failOnWarnings()) {
      report.throwWarnings();
    }
    return new ImportedApi(imported, report.warnings(), report.lines());
  }

  private static ApiDefinition withCors(ApiDefinition api, Node root, Report report) {
    return report.attempt(
        "Unable to set the CORS of the API",
        () ->
            CorsExtension.read(root, report)
                .map(cors -> CorsRules.put(api, CorsRules.WHOLE_API, cors))
                .orElse(api),
        api);
  }

  private ApiDefinition documented(
      ApiDefinition api, OpenApiDocument document, Report report, boolean whole) {
    Node root = Node.root(document.json(), report);
    List<DocumentationPart> parts =
        new DocumentationReader(root, document.dialect(), report).parts();
    int most = DocumentationRules.MOST_PARTS - (whole ? 0 : api.documentationParts().size());
    if (parts.size() > most) {
      report.warned(
          "/", "Of " + parts.size() + " places that are documented, " + most + " were kept");
      parts = parts.subList(0, Math.max(0, most));
    }
    return whole
        ? DocumentationRules.overwrite(api, parts, ids)
        : DocumentationRules.merge(api, parts, ids);
  }

  private static Map<String, String> idsByName(Map<String, RequestValidator> validators) {
    Map<String, String> ids = new LinkedHashMap<>();
    validators.values().forEach(v -> ids.put(v.name(), v.id()));
    return ids;
  }

  private static <T> Map<String, T> joined(Map<String, T> first, Map<String, T> second) {
    Map<String, T> all = new LinkedHashMap<>(first);
    all.putAll(second);
    return all;
  }
}
