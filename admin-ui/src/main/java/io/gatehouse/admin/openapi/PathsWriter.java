package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.admin.openapi.ExportParameters.Extension;
import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.ResourceTree;
import jakarta.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** The resources of a definition as the paths of a document, in order of creation. */
final class PathsWriter {

  private final ApiDefinition api;
  private final OperationWriter operations;
  private final Map<String, Cors> cors;

  PathsWriter(ApiDefinition api, ExportParameters parameters, OperationWriter operations) {
    this.api = api;
    this.operations = operations;
    this.cors = parameters.with(Extension.APIGATEWAY) ? api.cors() : Map.of();
  }

  /** Without resources that only lead to others, which an import makes by itself. */
  JsonObject write() {
    Set<String> parents =
        api.resources().values().stream()
            .filter(resource -> !ResourceTree.isRoot(resource))
            .map(Resource::parentId)
            .collect(Collectors.toSet());
    ObjectWriter out = new ObjectWriter();
    for (Resource resource : api.resourceList()) {
      boolean onTheWay = ResourceTree.isRoot(resource) || parents.contains(resource.id());
      boolean saysSomething =
          !resource.resourceMethods().isEmpty() || cors.containsKey(resource.id());
      if (!onTheWay || saysSomething) {
        out.add(resource.path(), pathItem(resource));
      }
    }
    return out.done();
  }

  private JsonObject pathItem(Resource resource) {
    ObjectWriter out = new ObjectWriter();
    for (Method method : resource.resourceMethods().values()) {
      out.add(member(method.httpMethod()), operations.write(resource, method));
    }
    Optional.ofNullable(cors.get(resource.id()))
        .ifPresent(settings -> out.add(CorsExtension.NAME, CorsExtension.write(settings)));
    return out.done();
  }

  private static String member(String verb) {
    return verb.equals("ANY") ? EXTENSION + "any-method" : verb.toLowerCase(Locale.ROOT);
  }
}
