package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;

/** Counts the members anew with each that comes or goes. */
record Members(ResponsesOverCluster responses) implements MembershipListener {

  @Override
  public void memberAdded(MembershipEvent event) {
    responses.countMembers();
  }

  @Override
  public void memberRemoved(MembershipEvent event) {
    responses.countMembers();
  }
}
