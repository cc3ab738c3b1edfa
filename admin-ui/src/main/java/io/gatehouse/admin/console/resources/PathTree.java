package io.gatehouse.admin.console.resources;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.apigateway.model.Method;
import software.amazon.awssdk.services.apigateway.model.Resource;

/** Resources and their methods in the order of a tree: methods first, then the paths below. */
final class PathTree {

  /**
   * A path, or a method of it.
   *
   * @param label the last part of the path
   */
  record Line(
      String resourceId,
      String path,
      String label,
      Optional<String> verb,
      Optional<Method> method) {

    String title() {
      return verb.map(word -> word + " " + path).orElse(path);
    }

    // a line is where it is, whatever the method says by now
    @Override
    public boolean equals(Object other) {
      return other instanceof Line line
          && line.resourceId.equals(resourceId)
          && line.verb.equals(verb);
    }

    @Override
    public int hashCode() {
      return 31 * resourceId.hashCode() + verb.hashCode();
    }
  }

  private final List<Line> roots = new ArrayList<>();
  private final Map<Line, List<Line>> children = new HashMap<>();
  private final Map<Line, Line> parents = new HashMap<>();

  private PathTree() {}

  static PathTree of(List<Resource> resources) {
    PathTree tree = new PathTree();
    Map<String, Line> byId = new HashMap<>();
    List<Resource> inOrder =
        resources.stream().sorted(Comparator.comparing(Resource::path)).toList();
    for (Resource resource : inOrder) {
      String part = resource.pathPart() == null ? "/" : "/" + resource.pathPart();
      Line line =
          new Line(resource.id(), resource.path(), part, Optional.empty(), Optional.empty());
      byId.put(resource.id(), line);
      List<Line> below = new ArrayList<>();
      if (resource.hasResourceMethods()) {
        new TreeMap<>(resource.resourceMethods())
            .forEach(
                (verb, method) ->
                    below.add(
                        new Line(
                            resource.id(),
                            resource.path(),
                            verb,
                            Optional.of(verb),
                            Optional.of(method))));
      }
      tree.children.put(line, below);
    }
    for (Resource resource : inOrder) {
      Line line = byId.get(resource.id());
      Line parent = resource.parentId() == null ? null : byId.get(resource.parentId());
      if (parent == null) {
        tree.roots.add(line);
      } else {
        tree.children.get(parent).add(line);
        tree.parents.put(line, parent);
      }
    }
    return tree;
  }

  /** Those whose path has a text within it, in whatever case, and the paths above them. */
  static List<Resource> matching(List<Resource> resources, String text) {
    String wanted = text.strip().toLowerCase(Locale.ROOT);
    Map<String, Resource> byId = new HashMap<>();
    resources.forEach(resource -> byId.put(resource.id(), resource));
    Map<String, Resource> kept = new LinkedHashMap<>();
    for (Resource resource : resources) {
      if (resource.path().toLowerCase(Locale.ROOT).contains(wanted)) {
        kept.put(resource.id(), resource);
        Resource above = byId.get(resource.parentId());
        while (above != null && !kept.containsKey(above.id())) {
          // the way to what was looked for, without methods of its own
          kept.put(above.id(), above.toBuilder().resourceMethods(null).build());
          above = byId.get(above.parentId());
        }
      }
    }
    return List.copyOf(kept.values());
  }

  List<Line> roots() {
    return roots;
  }

  List<Line> children(Line line) {
    return children.getOrDefault(line, List.of());
  }

  /** The paths that lead to a line, from the root. */
  List<Line> wayTo(Line line) {
    List<Line> way = new ArrayList<>();
    Line above =
        line.verb().isPresent()
            ? find(line.resourceId(), Optional.empty()).orElse(null)
            : parents.get(line);
    while (above != null) {
      way.addFirst(above);
      above = parents.get(above);
    }
    return way;
  }

  /** All lines. */
  int size() {
    return children.size() + children.values().stream().mapToInt(PathTree::methods).sum();
  }

  Optional<Line> find(String resourceId, Optional<String> verb) {
    return children.keySet().stream()
        .filter(line -> line.resourceId().equals(resourceId))
        .findFirst()
        .flatMap(
            line ->
                verb.isEmpty()
                    ? Optional.of(line)
                    : children(line).stream()
                        .filter(child -> child.verb().equals(verb))
                        .findFirst());
  }

  private static int methods(List<Line> lines) {
    return (int) lines.stream().filter(line -> line.verb().isPresent()).count();
  }
}
