package io.gatehouse.runtime.limit;

/**
 * The part of the cluster that an owner sees, beside what it is known to be. Members that vanished
 * may live on at the other side of a split, and go on granting there.
 *
 * @param members nodes that are here
 * @param known nodes that were here before some vanished; the same number when all are here
 * @param lostAgoMillis for how long the vanished may have been out of hearing: since they were last
 *     heard of, not since they were missed
 * @param knowsCounter whether what was granted before the others vanished is known here, because
 *     the counter or its copy was
 */
public record Side(int members, int known, long lostAgoMillis, boolean knowsCounter) {

  /** All are here. */
  public static Side whole(int members) {
    return new Side(members, members, 0, true);
  }

  public Side {
    if (members < 1 || known < members) {
      throw new IllegalArgumentException(members + " of " + known + " members");
    }
  }

  /** The same members, for a counter of which they know all or do not. */
  public Side knowing(boolean counter) {
    return new Side(members, known, lostAgoMillis, counter);
  }

  public boolean isWhole() {
    return members == known;
  }
}
