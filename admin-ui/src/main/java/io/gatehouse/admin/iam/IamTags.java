package io.gatehouse.admin.iam;

import io.gatehouse.admin.operations.TagRules;
import io.gatehouse.model.wire.ApiError;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.Tag;

/** Tags as IAM's lists of keys and values. */
final class IamTags {

  private IamTags() {}

  /**
   * @throws ApiError when a key comes twice, or is the vendor's own
   */
  static Map<String, String> map(List<Tag> tags) {
    Map<String, String> map = new TreeMap<>();
    Set<String> keys = new HashSet<>();
    for (Tag tag : tags) {
      String lower = tag.key().toLowerCase(Locale.ROOT);
      if (lower.startsWith("aws:")) {
        throw ApiError.badRequest("System tags cannot be changed: '" + tag.key() + "'");
      }
      if (!keys.add(lower)) {
        throw ApiError.badRequest(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      map.put(tag.key(), tag.value());
    }
    TagRules.check(map);
    return map;
  }

  /** A key in another case is the same key. */
  static Map<String, String> with(Map<String, String> before, List<Tag> tags) {
    Map<String, String> after = without(before, tags.stream().map(Tag::key).toList());
    after.putAll(map(tags));
    TagRules.check(after);
    return after;
  }

  static Map<String, String> without(Map<String, String> before, List<String> keys) {
    Map<String, String> after = new TreeMap<>(before);
    after.keySet().removeIf(key -> keys.stream().anyMatch(key::equalsIgnoreCase));
    return after;
  }

  static List<Tag> list(Map<String, String> tags) {
    return new TreeMap<>(tags)
        .entrySet().stream()
            .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
            .toList();
  }
}
