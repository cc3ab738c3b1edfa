package io.gatehouse.model.snapshot;

import io.gatehouse.model.wire.ApiError;
import java.util.Locale;
import java.util.Map;

/**
 * What a node does with a request whose quota it cannot ask the cluster about: a tag of the usage
 * plan says it, because tags are what every tool of the vendor's can set.
 */
public enum WhenUnreachable {
  REFUSE,
  SERVE;

  public static final String TAG = "gatehouse:when-unreachable";

  /** What the tags say; tags that say nothing, or nothing known, refuse. */
  public static WhenUnreachable of(Map<String, String> tags) {
    return SERVE.word().equals(tags.get(TAG)) ? SERVE : REFUSE;
  }

  /**
   * @throws ApiError bad request, naming the tag and what would be right
   */
  public static void check(Map<String, String> tags) {
    String value = tags.get(TAG);
    if (value != null && !value.equals(REFUSE.word()) && !value.equals(SERVE.word())) {
      throw ApiError.badRequest(
          "Invalid value of tag " + TAG + ": " + value + ". Must be one of: [refuse, serve]");
    }
  }

  /** As the tag says it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
