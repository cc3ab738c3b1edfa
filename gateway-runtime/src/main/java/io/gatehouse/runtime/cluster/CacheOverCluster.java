package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.model.snapshot.LeakReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * The response caches of an installation's nodes, as the control plane sees them. Waits for the
 * answer, so it is for threads that may.
 */
public final class CacheOverCluster {

  private static final long SECONDS = 10;

  private final Supplier<HazelcastInstance> cluster;

  /**
   * @param cluster a member or a client; may throw what Hazelcast throws when there is none
   */
  public CacheOverCluster(Supplier<HazelcastInstance> cluster) {
    this.cluster = cluster;
  }

  /**
   * Has all nodes let go of what they keep for a path, and keep nothing of what is being fetched
   * for it.
   *
   * @param path of requests, below the stage, as {@code /pets/1}; of a resource, as {@code
   *     /pets/{petId}}; or with a star at its end, which stands for any rest
   * @return how many answers are gone
   * @throws IllegalStateException when not all nodes have answered, so that some may still keep
   *     some
   */
  public int purge(String account, String apiId, String stageName, String path) {
    PurgeResponses purge = new PurgeResponses(account, apiId, stageName, path);
    int gone = everywhere(purge);
    // After the nodes, none of which puts anything of it there any more.
    IMap<String, byte[]> map = cluster.get().getMap(ClusterNames.RESPONSES + account);
    map.removeAll(new KeptUnderPath(ResponsesOverCluster.stage(apiId, stageName), path));
    everywhere(purge); // copies that were taken from the map before
    return gone;
  }

  private int everywhere(PurgeResponses purge) {
    int gone = 0;
    try {
      for (Future<Integer> one :
          cluster
              .get()
              .getExecutorService(ClusterNames.PURGES)
              .submitToAllMembers(purge)
              .values()) {
        gone += one.get(SECONDS, TimeUnit.SECONDS);
      }
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("not all nodes have purged their caches: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("not all nodes have purged their caches", e);
    }
    return gone;
  }

  /** What nodes have found out about an account's caches, the newest first. */
  public List<LeakReport> leaks(String account) {
    IMap<String, String> map = cluster.get().getMap(ClusterNames.LEAKS);
    List<LeakReport> found = new ArrayList<>();
    for (String report : map.values(new KeyOfAccount(account))) {
      found.add(LeakReport.fromJson(report));
    }
    found.sort(Comparator.comparingLong(LeakReport::atMillis).reversed());
    return found;
  }
}
