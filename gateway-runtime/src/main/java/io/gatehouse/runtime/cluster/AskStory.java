package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import io.gatehouse.model.snapshot.ClusterNames;
import java.io.Serializable;
import java.util.concurrent.Callable;

/** The control plane's ask for what a node remembers of one request; empty for nothing. */
final class AskStory implements Callable<String>, HazelcastInstanceAware, Serializable {

  private static final long serialVersionUID = 1;

  private final String requestId;
  private transient HazelcastInstance member;

  AskStory(String requestId) {
    this.requestId = requestId;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  @Override
  public String call() {
    return member.getUserContext().get(ClusterNames.STORIES) instanceof RememberedStories here
        ? here.byId().apply(requestId).orElse("")
        : "";
  }
}
