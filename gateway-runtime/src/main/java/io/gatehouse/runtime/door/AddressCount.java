package io.gatehouse.runtime.door;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/** How many connections each caller's address has open on this node. */
public final class AddressCount {

  private final ConcurrentHashMap<InetAddress, Integer> open = new ConcurrentHashMap<>();
  private final int most;

  /**
   * @param most at a time, 0 for any number
   */
  public AddressCount(int most) {
    this.most = most;
  }

  /** One more; false when that is one too many, and it counts all the same until it leaves. */
  boolean enter(InetAddress address) {
    return most == 0 || open.merge(address, 1, Integer::sum) <= most;
  }

  void leave(InetAddress address) {
    if (most > 0) {
      open.computeIfPresent(address, (a, count) -> count == 1 ? null : count - 1);
    }
  }
}
