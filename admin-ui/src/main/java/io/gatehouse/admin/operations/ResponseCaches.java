package io.gatehouse.admin.operations;

import io.gatehouse.admin.guard.AccessLevel;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.guard.ConsoleQuery;
import io.gatehouse.admin.guard.Operations;
import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.admin.publish.NodeCaches;
import io.gatehouse.admin.store.StageStore;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.model.wire.ApiError;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What nodes keep of a stage's answers, beyond what the vendor has operations for. */
@ApplicationScoped
public class ResponseCaches implements Operations {

  private static final int LONGEST_PATH = 2048;

  private StageStore stages;
  private NodeCaches caches;

  protected ResponseCaches() {}

  @Inject
  public ResponseCaches(StageStore stages, NodeCaches caches) {
    this.stages = stages;
    this.caches = caches;
  }

  /**
   * Has all nodes let go of what they keep for one path.
   *
   * @param path of requests, below the stage, as {@code /pets/1}; of a resource, as {@code
   *     /pets/{petId}}; or with a star at its end, which stands for any rest
   * @return how many answers are gone
   */
  @ConsoleQuery(AccessLevel.WRITE)
  public int purgeCache(Caller caller, String apiId, String stageName, String path) {
    stages.get(caller, apiId, stageName);
    if (path == null || !path.startsWith("/") || path.length() > LONGEST_PATH) {
      throw ApiError.badRequest(
          "A path to purge begins with / and has at most " + LONGEST_PATH + " characters");
    }
    try {
      return caches.purge(caller.account(), apiId, stageName, path);
    } catch (ClusterUnavailable e) {
      throw ApiError.of(
          ApiError.Kind.SERVICE_UNAVAILABLE,
          "Not all gateway nodes can be reached, so some may still keep answers; flush the cache"
              + " instead, which reaches them when they are back");
    }
  }

  /**
   * Methods of a stage whose answers are kept no more, because they depend on something that is not
   * part of their cache key; the newest first. None, when no node can be reached.
   */
  @ConsoleQuery
  public List<LeakReport> cacheLeaks(Caller caller, String apiId, String stageName) {
    stages.get(caller, apiId, stageName);
    try {
      return caches.leaks(caller.account()).stream()
          .filter(leak -> leak.apiId().equals(apiId) && leak.stageName().equals(stageName))
          .toList();
    } catch (ClusterUnavailable none) {
      return List.of();
    }
  }
}
