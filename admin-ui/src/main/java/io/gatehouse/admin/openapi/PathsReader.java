package io.gatehouse.admin.openapi;

import static io.gatehouse.admin.openapi.Source.EXTENSION;

import io.gatehouse.model.definition.ApiDefinition;
import io.gatehouse.model.definition.Cors;
import io.gatehouse.model.definition.CorsRules;
import io.gatehouse.model.definition.MethodRules;
import io.gatehouse.model.definition.ResourceTree;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** The paths of the document as resources, below what remains of its base path. */
final class PathsReader {

  private static final String ANY = EXTENSION + "any-method";
  private static final List<String> VERBS =
      List.of("get", "put", "post", "delete", "options", "head", "patch");

  private final Source source;
  private final OperationReader operations;
  private final String basePath;
  private final Duration longestTimeout;

  /**
   * @param basePath empty, or as {@code /v1}
   * @param longestTimeout that an integration may ask for
   */
  PathsReader(Source source, OperationReader operations, String basePath, Duration longestTimeout) {
    this.source = source;
    this.operations = operations;
    this.basePath = basePath;
    this.longestTimeout = longestTimeout;
  }

  /** A path of the document with its settings and methods, which are not checked yet. */
  record PathPlan(String path, Map<String, Method> methods, Optional<Cors> cors) {}

  /** All is read before anything is placed, because reading makes models that methods name. */
  List<PathPlan> read() {
    Map<String, Node> paths = source.root().object("paths").map(Node::members).orElse(Map.of());
    if (paths.size() > ResourceTree.MOST_RESOURCES) {
      throw ApiError.badRequest(
          "The document has "
              + paths.size()
              + " paths. Maximum number of Resources for this API has been reached: "
              + ResourceTree.MOST_RESOURCES);
    }
    List<PathPlan> plans = new ArrayList<>();
    paths.forEach(
        (path, node) -> {
          if (path.startsWith("x-")) {
            source.report().dropped(node.pointer(), "Has no meaning for a gateway");
          } else {
            source.report().attempt(unableAt(path), () -> plans.add(plan(path, node)));
          }
        });
    return plans;
  }

  ApiDefinition place(ApiDefinition start, List<PathPlan> plans) {
    ApiDefinition api =
        source.report().attempt(unableAt(basePath), () -> createPath(start, basePath), start);
    for (PathPlan plan : plans) {
      ApiDefinition before = api;
      api = source.report().attempt(unableAt(plan.path()), () -> place(before, plan), before);
    }
    return api;
  }

  private PathPlan plan(String path, Node given) {
    if (!path.startsWith("/")) {
      throw ApiError.badRequest("The path at " + given.pointer() + " must start with /");
    }
    Node item = given.follow();
    Map<String, Method> methods = new LinkedHashMap<>();
    verbs(item)
        .forEach(
            (verb, operation) ->
                source
                    .report()
                    .attempt(
                        unablePut(verb, path),
                        () -> methods.put(verb, operations.read(path, item, verb, operation))));
    Optional<Cors> cors =
        source
            .report()
            .attempt(
                "Unable to set the CORS of the resource at path '" + path + "'",
                () -> CorsExtension.read(item, source.report()),
                Optional.empty());
    item.value("parameters");
    source.documentation(item, "summary", "description");
    item.ignore("The gateway decides where it is reached", "servers");
    if (item.value("trace").isPresent()) {
      source.report().warned(item.pointer("trace"), "The verb TRACE is not served");
    }
    item.finish();
    return new PathPlan(path, methods, cors);
  }

  private ApiDefinition place(ApiDefinition before, PathPlan plan) {
    String path = normal(basePath + plan.path());
    ApiDefinition api = createPath(before, path);
    Resource resource = ResourceTree.find(api, path).orElseThrow();
    Map<String, Method> methods = new LinkedHashMap<>(resource.resourceMethods());
    plan.methods()
        .forEach(
            (verb, method) ->
                source
                    .report()
                    .attempt(
                        unablePut(verb, plan.path()),
                        () ->
                            methods.put(
                                verb,
                                MethodRules.checkedWhole(
                                    api, resource.id(), method, longestTimeout))));
    ApiDefinition placed =
        api.with(resource.toBuilder().resourceMethods(methods.isEmpty() ? null : methods).build());
    return plan.cors().map(cors -> CorsRules.put(placed, resource.id(), cors)).orElse(placed);
  }

  private static String unableAt(String path) {
    return "Unable to create resource at path '" + path + "'";
  }

  private static String unablePut(String verb, String path) {
    return "Unable to put method '" + verb + "' on resource at path '" + path + "'";
  }

  private static Map<String, Node> verbs(Node item) {
    Map<String, Node> found = new LinkedHashMap<>();
    for (String verb : VERBS) {
      item.object(verb).ifPresent(node -> found.put(verb.toUpperCase(Locale.ROOT), node));
    }
    item.object(ANY).map(Node::follow).ifPresent(node -> found.put("ANY", node));
    return found;
  }

  /** Resources that were there before keep their ids, also when all is overwritten. */
  private ApiDefinition createPath(ApiDefinition start, String path) {
    ApiDefinition api = start;
    String way = "";
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        way = way + "/" + part;
        api = ResourceTree.createPath(api, way, formerIdFirst(way));
      }
    }
    return api;
  }

  private Supplier<String> formerIdFirst(String path) {
    Optional<String> former = ResourceTree.find(source.former(), path).map(Resource::id);
    Iterator<String> all = Stream.concat(former.stream(), Stream.generate(source.ids())).iterator();
    return all::next;
  }

  private static String normal(String path) {
    String normal = path.replaceAll("/+", "/");
    return normal.length() > 1 && normal.endsWith("/")
        ? normal.substring(0, normal.length() - 1)
        : normal;
  }
}
