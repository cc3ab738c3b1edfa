package io.gatehouse.runtime.limit;

import java.util.Arrays;

/**
 * What one node has of a quota in a period. Each figure only grows.
 *
 * @param heard whether the node has told this itself; else it was seen in the ledger
 * @param leased what it was granted
 * @param returned what it has given back of that
 * @param days what it has used, by days of the period
 */
public record NodeCount(boolean heard, long leased, long returned, long[] days) {

  static final NodeCount NOTHING = new NodeCount(false, 0, 0, new long[0]);

  /** What it has used. */
  public long used() {
    long used = 0;
    for (long day : days) {
      used += day;
    }
    return used;
  }

  /** What it holds or has used: more than its leases where it served on without any. */
  long committed() {
    return Math.max(leased - returned, used());
  }

  NodeCount told(QuotaAsk ask) {
    return new NodeCount(
        true,
        Math.max(leased, ask.leased()),
        Math.max(returned, ask.returned()),
        max(days, ask.days()));
  }

  NodeCount merge(NodeCount other) {
    return new NodeCount(
        heard || other.heard,
        Math.max(leased, other.leased),
        Math.max(returned, other.returned),
        max(days, other.days));
  }

  private static long[] max(long[] a, long[] b) {
    if (a.length < b.length) {
      return max(b, a);
    }
    long[] most = Arrays.copyOf(a, a.length);
    for (int day = 0; day < b.length; day++) {
      most[day] = Math.max(a[day], b[day]);
    }
    return most;
  }

  /**
   * What it is granted now: what its requests wait for, and some ahead. A grant whose answer was
   * lost is on its way with this answer.
   */
  long grant(QuotaAsk ask, long available, int nodes) {
    long lease = Math.min(ask.ahead(), Math.max(1, available / (2L * nodes)));
    long wanted = Math.min(ask.waiting(), available) + lease - onTheWay(ask);
    return Math.max(0, Math.min(available, wanted));
  }

  /** What it was granted and has not heard of. */
  public long onTheWay(QuotaAsk ask) {
    return Math.max(
        0, ask.leased() == QuotaAsk.NOT_KNOWN ? leased - returned - used() : leased - ask.leased());
  }

  /** With a part of its leases that it does not hear of yet. */
  NodeCount less(long leases) {
    return leases == 0 ? this : new NodeCount(heard, leased - leases, returned, days);
  }

  NodeCount granted(long grant) {
    return new NodeCount(heard, returned + committed() + grant, returned, days);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NodeCount count
        && heard == count.heard
        && leased == count.leased
        && returned == count.returned
        && Arrays.equals(days, count.days);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(leased * 31 + returned) + Arrays.hashCode(days);
  }

  @Override
  public String toString() {
    return leased + " leased, " + returned + " returned, used " + Arrays.toString(days);
  }
}
