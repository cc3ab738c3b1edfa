package io.gatehouse.model.definition;

import java.util.List;
import java.util.Map;

/** What SDK builders take for "not given": null, where tools send empty texts and collections. */
final class Shapes {

  private Shapes() {}

  static String text(String value) {
    return value == null || value.isEmpty() ? null : value;
  }

  static <V> Map<String, V> map(Map<String, V> value) {
    return value.isEmpty() ? null : value;
  }

  static <T> List<T> list(List<T> value) {
    return value.isEmpty() ? null : value;
  }
}
