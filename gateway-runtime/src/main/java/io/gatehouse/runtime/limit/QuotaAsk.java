package io.gatehouse.runtime.limit;

/**
 * What a node tells a quota's owner, and what it asks for. All figures of its own are sums since
 * the period began and only grow, so that it does not matter how often an ask arrives.
 *
 * @param node the node's name, kept over restarts
 * @param leased what it was granted, as far as it knows; {@link #NOT_KNOWN} where it kept nothing
 *     and takes over what the owner has of it
 * @param returned what it has given back of that
 * @param days what it has used, by days of the period
 * @param waiting requests that wait
 * @param ahead requests to come that it would like a lease for; 0 where it only tells
 * @param limit what all nodes may use in the period; {@link #NO_LIMIT} for no limit
 * @param floor what was committed in all when the node was last told, its own included; counts
 *     where the owner has lost what it knew
 */
public record QuotaAsk(
    String node,
    long leased,
    long returned,
    long[] days,
    long waiting,
    long ahead,
    long limit,
    long floor) {

  /** Use is counted and not limited. */
  public static final long NO_LIMIT = -1;

  /** The node has kept nothing of this counter. */
  public static final long NOT_KNOWN = -1;
}
