package io.gatehouse.admin.console.iam;

import io.gatehouse.model.wire.ApiError;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.iam.model.Tag;

/**
 * Tags as lines of text, and what is to be done when somebody has written other ones.
 *
 * @param set to be added or to get another value
 * @param removed keys of those that are no more
 */
record TagLines(List<Tag> set, List<String> removed) {

  static String text(List<Tag> tags) {
    return tags.stream()
        .map(tag -> tag.key() + "=" + tag.value())
        .collect(Collectors.joining("\n"));
  }

  static TagLines between(List<Tag> before, String text) {
    List<Tag> wanted = new ArrayList<>();
    for (String line : text.lines().map(String::strip).filter(l -> !l.isEmpty()).toList()) {
      int sign = line.indexOf('=');
      if (sign < 1) {
        throw ApiError.badRequest("A tag is written key=value, not '" + line + "'");
      }
      wanted.add(
          Tag.builder()
              .key(line.substring(0, sign).strip())
              .value(line.substring(sign + 1).strip())
              .build());
    }
    List<String> keys = wanted.stream().map(Tag::key).toList();
    return new TagLines(
        wanted.stream().filter(tag -> !before.contains(tag)).toList(),
        before.stream().map(Tag::key).filter(key -> !keys.contains(key)).toList());
  }
}
