package io.gatehouse.admin.operations;

import io.gatehouse.model.wire.ApiError;
import java.util.Map;

/** How many tags there may be, and how long. */
public final class TagRules {

  private static final int MOST = 50;
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private TagRules() {}

  public static void check(Map<String, String> tags) {
    if (tags.size() > MOST) {
      throw ApiError.badRequest("A resource can have at most 50 tags, not " + tags.size());
    }
    tags.forEach(
        (key, value) -> {
          if (key.isEmpty() || key.length() > LONGEST_KEY) {
            throw ApiError.badRequest("The key of a tag must have 1 to 128 characters");
          }
          if (value == null || value.length() > LONGEST_VALUE) {
            throw ApiError.badRequest(
                "The value of tag '" + key + "' must have at most 256 characters");
          }
        });
  }
}
