package io.gatehouse.model.policy;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The condition keys of a request, which have no case. */
@FunctionalInterface
public interface PolicyContext {

  PolicyContext NONE = key -> List.of();

  /**
   * @param key in lower case, as {@code aws:sourceip}
   * @return empty when the request has no such key
   */
  List<String> values(String key);

  /**
   * @param context values by key, as {@code aws:SourceIp}, in any case; a key without values is as
   *     good as absent
   */
  static PolicyContext of(Map<String, List<String>> context) {
    Map<String, List<String>> byKey = new HashMap<>();
    context.forEach((key, values) -> byKey.put(lowerCase(key), values));
    return key -> byKey.getOrDefault(key, List.of());
  }

  /** These keys, and the other's where these have none. */
  default PolicyContext or(PolicyContext other) {
    return key -> {
      List<String> values = values(key);
      return values.isEmpty() ? other.values(key) : values;
    };
  }

  static String lowerCase(String key) {
    return key.toLowerCase(Locale.ROOT);
  }
}
