package io.gatehouse.runtime.limit;

/**
 * The part of the cluster that an owner sees, beside what it is known to be. Members that vanished
 * may live on at the other side of a split, and go on granting there.
 *
 * @param members nodes that are here
 * @param known nodes that were here before some vanished; the same number when all are here
 * @param lostAgoMillis for how long the vanished may have been out of hearing: since they were last
 *     heard of, not since they were missed
 */
public record Side(int members, int known, long lostAgoMillis) {

  /** All are here. */
  public static Side whole(int members) {
    return new Side(members, members, 0);
  }

  public Side {
    if (members < 1 || known < members) {
      throw new IllegalArgumentException(members + " of " + known + " members");
    }
  }

  boolean isWhole() {
    return members == known;
  }
}
