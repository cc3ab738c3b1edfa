package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import io.gatehouse.model.snapshot.ClusterNames;
import java.io.Serializable;
import java.util.concurrent.Callable;

/** Has one node let go of what it keeps for a path. */
final class PurgeResponses implements Callable<Integer>, Serializable, HazelcastInstanceAware {

  private static final long serialVersionUID = 1L;

  private final String account;
  private final String apiId;
  private final String stageName;
  private final String path;
  private transient HazelcastInstance member;

  PurgeResponses(String account, String apiId, String stageName, String path) {
    this.account = account;
    this.apiId = apiId;
    this.stageName = stageName;
    this.path = path;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  @Override
  public Integer call() {
    return member.getUserContext().get(ClusterNames.PURGES) instanceof ResponsesOverCluster here
        ? here.purgeHere(account, apiId, stageName, path)
        : 0;
  }
}
