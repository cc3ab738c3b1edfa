package io.gatehouse.runtime;

import io.gatehouse.runtime.cluster.ClusterMember;
import io.gatehouse.runtime.cluster.SnapshotFeed;
import io.gatehouse.runtime.door.FrontDoor;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a node's front door when the node knows what there is to serve: from the cluster, or when
 * that says nothing for a while, from its own disk.
 */
final class NodeDoor {

  private static final Logger LOG = LoggerFactory.getLogger(NodeDoor.class);

  private final Vertx vertx;
  private final FrontDoor.Parts parts;
  private final String node;
  private final SnapshotFeed feed;
  private final ClusterMember cluster;
  private volatile boolean graceOver;
  private volatile String doorId;
  private volatile String trouble = "";
  private boolean opening;

  /**
   * @param node the node's name
   */
  NodeDoor(
      Vertx vertx, FrontDoor.Parts parts, String node, SnapshotFeed feed, ClusterMember cluster) {
    this.vertx = vertx;
    this.parts = parts;
    this.node = node;
    this.feed = feed;
    this.cluster = cluster;
  }

  /** From now on what is on disk will do. */
  void waitNoMore() {
    graceOver = true;
    openIfReady();
  }

  synchronized void openIfReady() {
    if (opening || !feed.hasCatalog() || !(cluster.swept() || graceOver)) {
      return;
    }
    opening = true;
    String address = parts.host() + ":" + parts.port();
    vertx
        .deployVerticle(
            () -> new FrontDoor(parts),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onSuccess(
            id -> {
              doorId = id;
              LOG.info("{} serves on {}", node, address);
            })
        .onFailure(
            e -> {
              trouble =
                  "the front door cannot listen on "
                      + address
                      + " (GATEHOUSE_LISTEN_PORT): "
                      + e.getMessage();
              LOG.error(trouble);
            });
  }

  /** Nothing when the node serves, else the reason in words. */
  Optional<String> notReady() {
    if (doorId != null) {
      return Optional.empty();
    }
    if (!trouble.isEmpty()) {
      return Optional.of(trouble);
    }
    if (!feed.hasCatalog()) {
      return Optional.of(
          "this node has no snapshots yet: neither its disk nor the cluster says what there is to serve"
              + (cluster.trouble().isEmpty() ? "" : " (" + cluster.trouble() + ")"));
    }
    return Optional.of(
        cluster.trouble().isEmpty() ? "the front door is being opened" : cluster.trouble());
  }

  /** Takes no new request; ends when those in flight have. */
  Future<Void> close() {
    String id = doorId;
    doorId = null;
    trouble = "this node is stopping";
    return id == null ? Future.succeededFuture() : vertx.undeploy(id);
  }
}
