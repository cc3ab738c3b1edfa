package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stages of which this node has purged something. Those on the other side of a split have not heard
 * of it, and are told when it has healed.
 */
final class PurgedStages {

  private static final Logger LOG = LoggerFactory.getLogger(PurgedStages.class);

  private static final int MOST_REMEMBERED = 1_000;
  private static final String EVERYTHING = "/*";

  private record Stage(String account, String apiId, String stageName) {}

  /** Guarded by this; the oldest makes way. */
  private final Set<Stage> purged = new LinkedHashSet<>();

  synchronized void purged(String account, String apiId, String stageName) {
    Stage stage = new Stage(account, apiId, stageName);
    purged.remove(stage);
    purged.add(stage);
    if (purged.size() > MOST_REMEMBERED) {
      Iterator<Stage> oldest = purged.iterator();
      oldest.next();
      oldest.remove();
    }
  }

  private synchronized Set<Stage> taken() {
    Set<Stage> all = Set.copyOf(purged);
    purged.clear();
    return all;
  }

  /** Has all nodes let go of all that they keep of these stages, which need not be remembered. */
  void repeat(HazelcastInstance member) {
    CacheOverCluster cache = new CacheOverCluster(() -> member);
    for (Stage stage : taken()) {
      try {
        cache.purge(stage.account, stage.apiId, stage.stageName, EVERYTHING);
      } catch (RuntimeException e) {
        LOG.warn(
            "other nodes may still keep what was purged of stage {} of API {}: {}",
            stage.stageName,
            stage.apiId,
            e.toString());
      }
    }
    forget();
  }

  /** The repetitions. */
  private synchronized void forget() {
    purged.clear();
  }
}
