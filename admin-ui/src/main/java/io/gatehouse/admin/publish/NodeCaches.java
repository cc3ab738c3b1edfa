package io.gatehouse.admin.publish;

import io.gatehouse.admin.publish.ClusterClient.ClusterUnavailable;
import io.gatehouse.model.snapshot.LeakReport;
import java.util.List;

/** The response caches of the nodes. */
public interface NodeCaches {

  /**
   * Has all nodes let go of what they keep for a path of a stage.
   *
   * @return how many answers are gone
   * @throws ClusterUnavailable when not all nodes have answered
   */
  int purge(String account, String apiId, String stageName, String path) throws ClusterUnavailable;

  /** Methods of an account whose answers are kept no more, and why; the newest first. */
  List<LeakReport> leaks(String account) throws ClusterUnavailable;
}
