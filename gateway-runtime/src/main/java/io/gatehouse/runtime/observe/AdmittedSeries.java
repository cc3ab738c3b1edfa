package io.gatehouse.runtime.observe;

import io.gatehouse.model.observed.Series;
import java.util.HashMap;
import java.util.Map;

/**
 * Which methods are counted by themselves: so many of each account, so many in all. Who has a place
 * keeps it while it is used, so that what is counted does not jump.
 */
final class AdmittedSeries {

  /** A place that was not used for so long is given away when another wants it. */
  private static final int KEPT_MINUTES = 60;

  private final int mostOfAccount;
  private final int most;
  private final Map<String, Map<Series, Long>> accounts = new HashMap<>();
  private int size;
  private long refused;

  AdmittedSeries(int mostOfAccount, int most) {
    this.mostOfAccount = mostOfAccount;
    this.most = most;
  }

  synchronized boolean admits(Series series, long epochMinute) {
    Map<Series, Long> own = accounts.computeIfAbsent(series.account(), a -> new HashMap<>());
    if (own.replace(series, epochMinute) != null) {
      return true;
    }
    if (own.size() >= mostOfAccount || size >= most) {
      tidy(epochMinute);
      own = accounts.computeIfAbsent(series.account(), a -> new HashMap<>());
    }
    if (own.size() >= mostOfAccount || size >= most) {
      refused++;
      return false;
    }
    own.put(series, epochMinute);
    size++;
    return true;
  }

  private void tidy(long epochMinute) {
    accounts.values().forEach(own -> own.values().removeIf(m -> m < epochMinute - KEPT_MINUTES));
    accounts.values().removeIf(Map::isEmpty);
    size = accounts.values().stream().mapToInt(Map::size).sum();
  }

  /** How often a method had no place. */
  synchronized long refused() {
    return refused;
  }
}
