package io.gatehouse.model.path;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Values under path patterns such as {@code /pets/{petId}/{proxy+}}. For each segment a literal
 * goes before {@code {param}} and that before {@code {greedy+}}, whatever the order of insertion; a
 * search falls back to the next best pattern when the caller does not accept the value found,
 * because the verb takes part in the vendor's search. Works on the raw path: nothing is decoded but
 * a literal comparison that needs it, so captured values are the caller's own bytes. Immutable once
 * built; a search visits each node at most once.
 */
public final class PathTrie<T> {

  /**
   * More segments than this match nothing: no resource is nested so deep and the search recurses.
   */
  public static final int MAX_SEGMENTS = 512;

  private final Node<T> root;

  private PathTrie(Node<T> root) {
    this.root = root;
  }

  /**
   * A value and what its variables matched, in order from left to right, raw.
   *
   * @param captures as many as the pattern has variables; a greedy one keeps its inner slashes
   */
  public record Match<T>(T value, List<String> captures) {}

  public static <T> Builder<T> builder() {
    return new Builder<>();
  }

  /**
   * The best value for the path that {@code accept} agrees to, or null: this is the hot path. One
   * trailing slash is ignored.
   *
   * @param path raw, from its first slash on; the empty path is the root
   */
  public Match<T> find(String path, Predicate<T> accept) {
    int end = path.length();
    if (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    if (end <= 1) {
      return root.value != null && accept.test(root.value)
          ? new Match<>(root.value, List.of())
          : null;
    }
    return search(root, path, 0, end, 0, new ArrayList<>(2), accept);
  }

  private Match<T> search(
      Node<T> node,
      String path,
      int at,
      int end,
      int depth,
      List<String> captures,
      Predicate<T> accept) {
    if (at >= end) {
      return node.value != null && accept.test(node.value)
          ? new Match<>(node.value, captures)
          : null;
    }
    if (depth > MAX_SEGMENTS) {
      return null;
    }
    int from = at + 1;
    int slash = path.indexOf('/', from);
    int to = slash < 0 || slash > end ? end : slash;
    String segment = path.substring(from, to);
    Node<T> literal = node.literal(segment);
    if (literal == null && segment.indexOf('%') >= 0) {
      literal = node.literal(decoded(segment));
    }
    if (literal != null) {
      Match<T> found = search(literal, path, to, end, depth + 1, captures, accept);
      if (found != null) {
        return found;
      }
    }
    if (node.variable != null && !segment.isEmpty()) {
      captures.add(segment);
      Match<T> found = search(node.variable, path, to, end, depth + 1, captures, accept);
      if (found != null) {
        return found;
      }
      captures.removeLast();
    }
    if (node.greedy != null && accept.test(node.greedy)) {
      captures.add(path.substring(from, end));
      return new Match<>(node.greedy, captures);
    }
    return null;
  }

  private static String decoded(String segment) {
    try {
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return segment; // a stray percent sign is nobody's literal
    }
  }

  /**
   * Its literal children lie in a hash table of its own, at most half full: with many stages loaded
   * the next node is in no cache of the CPU, and each object on the way to it costs a wait.
   */
  private static final class Node<T> {
    private final String segment;
    private final int hash;
    private Node<T>[] literals = table(1);
    private int size;
    private Node<T> variable;
    private T greedy;
    private T value;

    private Node(String segment) {
      this.segment = segment;
      this.hash = hash(segment);
    }

    private Node<T> literal(String wanted) {
      return literals[place(wanted, hash(wanted))];
    }

    private Node<T> literalOrNew(String wanted) {
      Node<T> known = literal(wanted);
      if (known != null) {
        return known;
      }
      size++;
      if (size * 2 > literals.length) {
        Node<T>[] old = literals;
        literals = table(old.length * 2);
        for (Node<T> node : old) {
          if (node != null) {
            put(node);
          }
        }
      }
      return put(new Node<>(wanted));
    }

    private Node<T> put(Node<T> node) {
      literals[place(node.segment, node.hash)] = node;
      return node;
    }

    /** Where the segment's node is or, as there is none, belongs. */
    private int place(String wanted, int hash) {
      int mask = literals.length - 1;
      int place = hash & mask;
      for (Node<T> node = literals[place]; node != null; node = literals[place]) {
        if (node.hash == hash && node.segment.equals(wanted)) {
          return place;
        }
        place = (place + 1) & mask;
      }
      return place;
    }

    private static int hash(String segment) {
      int hash = segment.hashCode();
      return hash ^ (hash >>> 16);
    }

    @SuppressWarnings("unchecked")
    private static <T> Node<T>[] table(int length) {
      return (Node<T>[]) new Node<?>[length];
    }
  }

  /** Collects patterns; not for use by several threads. */
  public static final class Builder<T> {
    private final Node<T> root = new Node<>("");

    /**
     * @param pattern as a resource's path: {@code /}, {@code /pets/{petId}}, {@code
     *     /files/{proxy+}}
     * @throws IllegalArgumentException when something follows a greedy variable
     */
    public Builder<T> add(String pattern, T value) {
      Node<T> node = root;
      List<String> segments = segments(pattern);
      for (int i = 0; i < segments.size(); i++) {
        String segment = segments.get(i);
        if (segment.startsWith("{") && segment.endsWith("+}")) {
          if (i < segments.size() - 1) {
            throw new IllegalArgumentException(
                "nothing may follow the greedy variable in " + pattern);
          }
          node.greedy = value;
          return this;
        }
        if (segment.startsWith("{") && segment.endsWith("}")) {
          if (node.variable == null) {
            node.variable = new Node<>(segment);
          }
          node = node.variable;
        } else {
          node = node.literalOrNew(segment);
        }
      }
      node.value = value;
      return this;
    }

    public PathTrie<T> build() {
      return new PathTrie<>(root);
    }
  }

  /** The names of a pattern's variables from left to right, without braces and plus sign. */
  public static List<String> variables(String pattern) {
    return segments(pattern).stream()
        .filter(s -> s.startsWith("{") && s.endsWith("}"))
        .map(s -> s.substring(1, s.length() - (s.endsWith("+}") ? 2 : 1)))
        .toList();
  }

  private static List<String> segments(String pattern) {
    List<String> segments = new ArrayList<>();
    for (String segment : pattern.substring(1).split("/", -1)) {
      segments.add(segment);
    }
    return pattern.equals("/") ? List.of() : segments;
  }
}
