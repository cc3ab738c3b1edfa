package io.gatehouse.admin.awsface;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Verb and URI of an operation, as {@code POST /restapis?mode=import} or {@code GET
 * /tags/{resource_arn}}.
 *
 * @param queries that the URI fixes, each as {@code name=value}
 */
record UriTemplate(String verb, List<String> segments, List<String> queries) {

  static UriTemplate parse(String text) {
    String[] verbAndUri = text.split(" ", 2);
    String[] pathAndQuery = verbAndUri[1].split("\\?", 2);
    return new UriTemplate(
        verbAndUri[0],
        segments(pathAndQuery[0]),
        pathAndQuery.length < 2 ? List.of() : List.of(pathAndQuery[1].split("&")));
  }

  /** The labels, percent-encoded as sent; raw, so that a slash inside a label stays there. */
  Optional<Map<String, String>> match(String method, String rawPath, String rawQuery) {
    List<String> given = segments(rawPath);
    if (!verb.equals(method)
        || given.size() != segments.size()
        || !Arrays.asList(rawQuery.split("&")).containsAll(queries)) {
      return Optional.empty();
    }
    Map<String, String> labels = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      String wanted = segments.get(i);
      if (isLabel(wanted) && !given.get(i).isEmpty()) {
        labels.put(wanted.substring(1, wanted.length() - 1), given.get(i));
      } else if (!wanted.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(labels);
  }

  /** How much the template says: what says more is tried first. */
  int weight() {
    return (int) segments.stream().filter(segment -> !isLabel(segment)).count() * 2
        + queries.size();
  }

  private static boolean isLabel(String segment) {
    return segment.startsWith("{");
  }

  private static List<String> segments(String path) {
    return List.of(path.split("/", -1));
  }
}
