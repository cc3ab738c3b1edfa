package io.gatehouse.admin.console.home;

import java.time.Instant;
import java.util.List;

/**
 * What changes seldom and takes longer to find out.
 *
 * @param nodes that are up
 * @param inSync those that serve the newest revision of every stage that was looked at
 * @param more whether there are APIs that were not looked at
 */
public record Standing(
    int nodes,
    int inSync,
    List<Behind> behind,
    List<NearLimit> nearLimit,
    List<Deployed> deployed,
    boolean more) {

  public Standing {
    behind = List.copyOf(behind);
    nearLimit = List.copyOf(nearLimit);
    deployed = List.copyOf(deployed);
  }

  /** An API with changes that no stage serves yet. */
  public record Behind(String apiId, String name, int changes) {}

  /**
   * A key that has used most of its quota.
   *
   * @param percent used
   */
  public record NearLimit(String planId, String plan, String key, long percent) {}

  /** A deployment. */
  public record Deployed(
      String apiId, String api, String deploymentId, String description, Instant at) {}
}
