package io.gatehouse.admin.console.home;

import io.gatehouse.admin.console.metrics.Traffic;
import java.util.List;

/**
 * What changes by the second.
 *
 * @param before the hour before the last one
 * @param causes of the newest failed requests of the last hour, the most frequent first
 * @param sample whether there were more failed requests than were looked at
 */
public record Figures(Traffic last, Traffic before, List<Cause> causes, boolean sample) {

  public Figures {
    causes = List.copyOf(causes);
  }

  /**
   * Why requests failed.
   *
   * @param words the reason, or the status where the backend gave it
   * @param query finds them in the logs
   */
  public record Cause(String words, int requests, String query) {}
}
