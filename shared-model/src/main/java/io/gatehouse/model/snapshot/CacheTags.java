package io.gatehouse.model.snapshot;

import java.util.regex.Pattern;
import software.amazon.awssdk.services.apigateway.model.Stage;

/**
 * What tags of a stage say about its response cache, beyond what the vendor's settings can: tags
 * are what every tool of the vendor's can set.
 */
public final class CacheTags {

  /**
   * {@link #PUBLIC} declares that the stage's answers do not depend on who calls, so that all
   * callers share them, as they do on the vendor's.
   */
  public static final String SHARING = "gatehouse:cache-sharing";

  public static final String PUBLIC = "public";

  /**
   * For how many seconds after its time a kept answer stands in for a backend that fails (RFC
   * 5861).
   */
  public static final String STALE_IF_ERROR = "gatehouse:stale-if-error";

  /** {@link #ON} has answers tell whether they come from the cache. */
  public static final String HEADER = "gatehouse:cache-header";

  public static final String ON = "on";

  /** A day: what is older helps nobody. */
  public static final int MOST_STALE_SECONDS = 86_400;

  private static final Pattern SECONDS = Pattern.compile("\\d{1,6}");

  private CacheTags() {}

  public static boolean isPublic(Stage stage) {
    return PUBLIC.equals(stage.tags().get(SHARING));
  }

  public static boolean showsHits(Stage stage) {
    return ON.equals(stage.tags().get(HEADER));
  }

  /** 0 where the tag is missing, or is no number of seconds. */
  public static int staleIfErrorSeconds(Stage stage) {
    String text = stage.tags().getOrDefault(STALE_IF_ERROR, "0").strip();
    return SECONDS.matcher(text).matches()
        ? Math.min(Integer.parseInt(text), MOST_STALE_SECONDS)
        : 0;
  }
}
