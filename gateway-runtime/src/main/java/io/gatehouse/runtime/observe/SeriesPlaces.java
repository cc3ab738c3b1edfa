package io.gatehouse.runtime.observe;

import java.util.HashMap;
import java.util.Map;

/** Who has series of its own: so many of each account, so many in all. A place is kept. */
final class SeriesPlaces {

  private final int mostOfAccount;
  private final int most;
  private final Map<String, Integer> byAccount = new HashMap<>();
  private int taken;

  SeriesPlaces(int mostOfAccount, int most) {
    this.mostOfAccount = mostOfAccount;
    this.most = most;
  }

  synchronized boolean take(String account) {
    int own = byAccount.getOrDefault(account, 0);
    if (own >= mostOfAccount || taken >= most) {
      return false;
    }
    byAccount.put(account, own + 1);
    taken++;
    return true;
  }

  synchronized void giveBack(String account) {
    byAccount.computeIfPresent(account, (a, own) -> own == 1 ? null : own - 1);
    taken--;
  }
}
