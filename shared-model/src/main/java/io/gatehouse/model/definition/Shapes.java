package io.gatehouse.model.definition;

import io.gatehouse.model.wire.ApiError;
import java.util.List;
import java.util.Map;

/**
 * What SDK builders take for "not given": null, where tools send empty texts and collections; and
 * the bounds that all parts of a definition share.
 */
final class Shapes {

  private static final int LONGEST_DESCRIPTION = 10_240;

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

  static void checkLength(String what, String value, int most) {
    if (value != null && value.length() > most) {
      throw ApiError.badRequest(what + " must have at most " + most + " characters");
    }
  }

  static void checkDescription(String description) {
    checkLength("Description", description, LONGEST_DESCRIPTION);
  }

  /** The vendor's sentence for its quotas. */
  static ApiError quotaReached(String things) {
    return ApiError.of(
        ApiError.Kind.LIMIT_EXCEEDED,
        "Maximum number of %1$s for this API has been reached. Please contact AWS if you need additional %1$s."
            .formatted(things));
  }

  /** For bounds of our own. */
  static ApiError tooMany(String things, int most) {
    return ApiError.of(
        ApiError.Kind.LIMIT_EXCEEDED,
        "Maximum number of " + things + " for this API has been reached: " + most);
  }
}
