package io.gatehouse.model.patch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path that fitted a template, and what its variables stood for.
 *
 * @param variables with {@code ~1} read as {@code /} and {@code ~0} as {@code ~}
 */
record PatchPath(Map<String, String> variables) {

  static Optional<PatchPath> match(List<String> template, String path) {
    if (!path.startsWith("/")) {
      return Optional.empty();
    }
    List<String> segments = split(path);
    int greedy = greedyAt(template);
    int surplus = segments.size() - template.size();
    if (surplus < 0 || (greedy < 0 && surplus > 0)) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    int at = 0;
    for (int i = 0; i < template.size(); i++) {
      String wanted = template.get(i);
      int end = at + 1 + (i == greedy ? surplus : 0);
      if (!isVariable(wanted)) {
        if (!wanted.equals(segments.get(at))) {
          return Optional.empty();
        }
      } else if (i == greedy) {
        variables.put(name(wanted), unescape(String.join("/", segments.subList(at, end))));
      } else if (segments.get(at).isEmpty()) {
        return Optional.empty();
      } else {
        variables.put(name(wanted), unescape(segments.get(at)));
      }
      at = end;
    }
    return Optional.of(new PatchPath(Map.copyOf(variables)));
  }

  static List<String> split(String path) {
    return List.of(path.substring(1).split("/", -1));
  }

  static boolean isVariable(String segment) {
    return segment.startsWith("{") && segment.endsWith("}");
  }

  /** Where a target such as {@code /variables/{name}} is in the shape. */
  List<String> fill(List<String> target) {
    List<String> place = new ArrayList<>();
    for (String segment : target) {
      place.add(isVariable(segment) ? variables.get(name(segment)) : unescape(segment));
    }
    return place;
  }

  private static String name(String variable) {
    return variable.substring(1, variable.length() - (variable.endsWith("+}") ? 2 : 1));
  }

  private static int greedyAt(List<String> template) {
    for (int i = 0; i < template.size(); i++) {
      if (template.get(i).endsWith("+}")) {
        return i;
      }
    }
    return -1;
  }

  private static String unescape(String segment) {
    return segment.replace("~1", "/").replace("~0", "~");
  }
}
