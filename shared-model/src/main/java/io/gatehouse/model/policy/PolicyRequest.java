package io.gatehouse.model.policy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a policy is asked about.
 *
 * @param action as {@code apigateway:GET}
 * @param resource the whole ARN
 * @param context values by condition key, as {@code aws:SourceIp}, in any case; a key without
 *     values is as good as absent
 */
public record PolicyRequest(
    Principal principal, String action, String resource, Map<String, List<String>> context) {

  public PolicyRequest {
    Map<String, List<String>> byKey = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byKey.putAll(context);
    context = Collections.unmodifiableMap(byKey);
  }

  /** Empty when the request has no such key. */
  List<String> values(String key) {
    return context.getOrDefault(key, List.of());
  }

  /** The value of a key that has exactly one. */
  Optional<String> value(String key) {
    List<String> values = values(key);
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }
}
