package io.gatehouse.runtime.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.cluster.MembershipEvent;
import com.hazelcast.cluster.MembershipListener;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Counts the members anew with each that comes or goes. One that is back has perhaps been on the
 * other side of a split, where answers were replaced that this node still has copies of.
 */
final class ReturningMembers implements MembershipListener {

  private static final int MOST_REMEMBERED = 1_000;

  private final ResponsesOverCluster responses;

  /** Guarded by this. */
  private final Set<Address> gone = new LinkedHashSet<>();

  ReturningMembers(ResponsesOverCluster responses) {
    this.responses = responses;
  }

  @Override
  public synchronized void memberAdded(MembershipEvent event) {
    responses.countMembers();
    if (gone.remove(event.getMember().getAddress())) {
      responses.missed();
    }
  }

  @Override
  public synchronized void memberRemoved(MembershipEvent event) {
    responses.countMembers();
    if (gone.size() < MOST_REMEMBERED) {
      gone.add(event.getMember().getAddress());
    }
  }
}
