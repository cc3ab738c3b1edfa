package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastException;
import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.model.snapshot.ClusterNames;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the nodes remember of refused requests, as the control plane asks for it. Waits for the
 * nodes, so it is for threads that may.
 */
public final class StoriesOverCluster {

  private static final Logger LOG = LoggerFactory.getLogger(StoriesOverCluster.class);

  /** With each node; they are asked at once. */
  private static final int PATIENCE_SECONDS = 2;

  private final HazelcastInstance cluster;

  /**
   * @param cluster a member or a client
   */
  public StoriesOverCluster(HazelcastInstance cluster) {
    this.cluster = cluster;
  }

  /** The story of a request as JSON; empty where no node that answers in time remembers it. */
  public Optional<String> of(String requestId) {
    Collection<Future<String>> asked;
    try {
      asked =
          cluster
              .getExecutorService(ClusterNames.STORIES)
              .submitToAllMembers(new AskStory(requestId))
              .values();
    } catch (RejectedExecutionException e) {
      LOG.debug("nodes cannot be asked now: {}", e.toString());
      return Optional.empty();
    }
    for (Future<String> answer : asked) {
      String story = await(answer);
      if (!story.isEmpty()) {
        return Optional.of(story);
      }
    }
    return Optional.empty();
  }

  private static String await(Future<String> asked) {
    try {
      return asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException | HazelcastException e) {
      LOG.debug("a node told no story: {}", e.toString());
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
