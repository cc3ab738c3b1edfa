package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.apigateway.model.Resource;

/**
 * The tree of paths: one root, path parts unique among siblings, at most one variable among them,
 * nothing below a greedy one, no orphans, and {@code path} always spelling out the way from the
 * root. Imitates the Resource pages of the API reference.
 */
public final class ResourceTree {

  private static final Pattern PATH_PART =
      Pattern.compile("[a-zA-Z0-9._:-]+|\\{[a-zA-Z0-9._:-]+\\+?}");

  /** Of one API, the root among them; every node holds them all, so there is an end. */
  public static final int MOST_RESOURCES = 1000;

  private ResourceTree() {}

  /**
   * @throws ApiError not found, when there is no such resource
   */
  public static Resource get(ApiDefinition api, String resourceId) {
    return Optional.ofNullable(api.resources().get(resourceId))
        .orElseThrow(ResourceTree::unknownResource);
  }

  /** What the vendor says of an unknown resource, and of an unknown API below it. */
  public static ApiError unknownResource() {
    return ApiError.notFound("Invalid Resource identifier specified");
  }

  public static Resource root(ApiDefinition api) {
    return api.resources().values().stream()
        .filter(ResourceTree::isRoot)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("API without a root resource"));
  }

  public static boolean isRoot(Resource resource) {
    return resource.parentId() == null;
  }

  /** The resource with exactly this path, as {@code /pets/{petId}}. */
  public static Optional<Resource> find(ApiDefinition api, String path) {
    return api.resources().values().stream().filter(r -> r.path().equals(path)).findFirst();
  }

  /** All resources as they are listed: by path. */
  public static List<Resource> sorted(ApiDefinition api) {
    return api.resources().values().stream().sorted(Comparator.comparing(Resource::path)).toList();
  }

  /** Whether the vendor would take this as a path part. */
  public static boolean isPathPart(String pathPart) {
    return PATH_PART.matcher(pathPart).matches();
  }

  /** A new API's only resource. */
  public static Resource newRoot(String id) {
    return Resource.builder().id(id).path("/").build();
  }

  /** Appends a child; it is the last of {@link ApiDefinition#resourceList()} then. */
  public static ApiDefinition create(
      ApiDefinition api, String parentId, String pathPart, Supplier<String> ids) {
    Resource parent = get(api, parentId);
    Resource child =
        Resource.builder()
            .id(unusedId(api, ids))
            .parentId(parentId)
            .pathPart(pathPart)
            .path(pathBelow(parent, pathPart))
            .build();
    checkPlace(api, child);
    if (api.resources().size() >= MOST_RESOURCES) {
      throw Shapes.tooMany("Resources", MOST_RESOURCES);
    }
    return api.with(child);
  }

  /** Makes every resource on the way to the path that is not there yet. */
  public static ApiDefinition createPath(ApiDefinition api, String path, Supplier<String> ids) {
    ApiDefinition grown = api;
    String parentId = root(api).id();
    for (String part : path.split("/")) {
      if (!part.isEmpty()) {
        Optional<Resource> there = child(grown, parentId, part);
        if (there.isEmpty()) {
          grown = create(grown, parentId, part, ids);
          there = child(grown, parentId, part);
        }
        parentId = there.orElseThrow().id();
      }
    }
    return grown;
  }

  /** The child of that parent with that path part. */
  public static Optional<Resource> child(ApiDefinition api, String parentId, String pathPart) {
    return api.resources().values().stream()
        .filter(r -> parentId.equals(r.parentId()) && pathPart.equals(r.pathPart()))
        .findFirst();
  }

  /** Renames or moves; the paths of everything below follow. */
  public static ApiDefinition update(
      ApiDefinition api, String resourceId, UnaryOperator<Resource> change) {
    Resource before = get(api, resourceId);
    Resource wanted = change.apply(before);
    if (wanted.equals(before)) {
      return api;
    }
    checkRootStays(before, wanted);
    Resource parent = get(api, wanted.parentId());
    if (below(api, resourceId).contains(wanted.parentId())) {
      throw ApiError.badRequest("Resources cannot be cyclical.");
    }
    Resource after = wanted.toBuilder().path(pathBelow(parent, wanted.pathPart())).build();
    checkPlace(api, after);
    if (isGreedy(after.pathPart()) && below(api, resourceId).size() > 1) {
      throw childOfGreedy(after.pathPart());
    }
    return withPathsFollowing(api.with(after), after);
  }

  /** Deletes the resource and everything below it. */
  public static ApiDefinition delete(ApiDefinition api, String resourceId) {
    if (isRoot(get(api, resourceId))) {
      throw ApiError.badRequest("Root resource cannot be deleted.");
    }
    Map<String, Resource> rest = new LinkedHashMap<>(api.resources());
    Map<String, Cors> cors = new LinkedHashMap<>(api.cors());
    Set<String> gone = below(api, resourceId);
    rest.keySet().removeAll(gone);
    cors.keySet().removeAll(gone);
    return api.withResources(rest).withCors(cors);
  }

  private static void checkRootStays(Resource before, Resource wanted) {
    if (isRoot(before)) {
      throw ApiError.badRequest(
          wanted.pathPart() != null
              ? "Root resource cannot update its pathPart."
              : "Root resource cannot update its parentId.");
    }
  }

  private static void checkPlace(ApiDefinition api, Resource resource) {
    String part = resource.pathPart();
    if (part == null || !isPathPart(part)) {
      throw ApiError.badRequest(
          "Resource's path part only allow a-zA-Z0-9._-: or a valid greedy path variable and curly"
              + " braces at the beginning and the end.");
    }
    Resource parent = get(api, resource.parentId());
    if (!isRoot(parent) && isGreedy(parent.pathPart())) {
      throw childOfGreedy(parent.pathPart());
    }
    for (Resource sibling : api.resources().values()) {
      if (resource.parentId().equals(sibling.parentId()) && !sibling.id().equals(resource.id())) {
        checkSibling(part, sibling.pathPart());
      }
    }
  }

  private static void checkSibling(String part, String sibling) {
    if (part.equals(sibling)) {
      throw ApiError.conflict(
          "Another resource with the same parent already has this name: " + part);
    }
    if (isVariable(part) && isVariable(sibling)) {
      throw ApiError.badRequest(
          "A sibling ("
              + sibling
              + ") of this resource already has a variable path part -- only one is allowed");
    }
  }

  private static ApiError childOfGreedy(String greedy) {
    return ApiError.badRequest(
        "Cannot create a child of a resource with a greedy path variable: " + greedy);
  }

  /** The resource's own id and those of all its descendants. */
  private static Set<String> below(ApiDefinition api, String resourceId) {
    Map<String, List<String>> children =
        api.resources().values().stream()
            .filter(r -> !isRoot(r))
            .collect(
                Collectors.groupingBy(
                    Resource::parentId, Collectors.mapping(Resource::id, Collectors.toList())));
    Set<String> found = new LinkedHashSet<>();
    Deque<String> open = new ArrayDeque<>(List.of(resourceId));
    while (!open.isEmpty()) {
      String id = open.pop();
      if (found.add(id)) {
        open.addAll(children.getOrDefault(id, List.of()));
      }
    }
    return found;
  }

  private static ApiDefinition withPathsFollowing(ApiDefinition api, Resource moved) {
    Map<String, Resource> all = new LinkedHashMap<>(api.resources());
    for (String id : below(api, moved.id())) {
      Resource resource = all.get(id);
      Resource parent = all.get(resource.parentId());
      all.put(id, resource.toBuilder().path(pathBelow(parent, resource.pathPart())).build());
    }
    return api.withResources(all);
  }

  private static String pathBelow(Resource parent, String pathPart) {
    return isRoot(parent) ? "/" + pathPart : parent.path() + "/" + pathPart;
  }

  private static boolean isVariable(String pathPart) {
    return pathPart.startsWith("{");
  }

  private static boolean isGreedy(String pathPart) {
    return pathPart.endsWith("+}");
  }

  private static String unusedId(ApiDefinition api, Supplier<String> ids) {
    String id = ids.get();
    while (api.resources().containsKey(id)) {
      id = ids.get();
    }
    return id;
  }
}
