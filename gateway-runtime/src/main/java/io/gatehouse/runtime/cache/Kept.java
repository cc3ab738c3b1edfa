package io.gatehouse.runtime.cache;

/**
 * An answer that is kept.
 *
 * @param facts what is known of it without opening it
 * @param answer null where it is sealed
 * @param frame all of it as bytes, where it is sealed; else null
 */
record Kept(Facts facts, Answer answer, byte[] frame) {

  /**
   * Where nothing is kept, because the backend's answers are not to be, which is worth knowing for
   * a while: nobody need wait for another's.
   */
  static Kept nothing(long nowMillis, long ttlMillis) {
    Facts facts = new Facts(nowMillis, ttlMillis, 0, 0, "", "", null, new long[0]);
    return new Kept(facts, null, null);
  }

  boolean isNothing() {
    return answer == null && frame == null;
  }

  /**
   * What is known of a kept answer.
   *
   * @param createdMillis epoch milliseconds
   * @param ttlMillis for how long it is good
   * @param staleMillis for how much longer it may stand in for a backend that fails
   * @param backendMillis how long the backend took for it
   * @param path of the request that it answered
   * @param resourcePath of its method
   * @param coding that its body is in; null for none
   * @param inputs marks of what that request had that is not in the key
   */
  record Facts(
      long createdMillis,
      long ttlMillis,
      long staleMillis,
      int backendMillis,
      String path,
      String resourcePath,
      String coding,
      long[] inputs) {

    /** The same for requests that differ in nothing but their keys. */
    long others() {
      long sum = 0;
      for (long mark : inputs) {
        sum += mark;
      }
      return sum;
    }

    boolean has(long mark) {
      for (long known : inputs) {
        if (known == mark) {
          return true;
        }
      }
      return false;
    }

    boolean isGood(long nowMillis) {
      return nowMillis - createdMillis < ttlMillis;
    }

    /** Whether it may stand in for a backend that fails. */
    boolean isUsable(long nowMillis) {
      return nowMillis - createdMillis < ttlMillis + staleMillis;
    }

    /** Whether a purge of this path means it: a path, a resource's path, or one with a star. */
    boolean isUnder(String wanted) {
      return wanted.endsWith("*")
          ? path.startsWith(wanted.substring(0, wanted.length() - 1))
          : path.equals(wanted) || resourcePath.equals(wanted);
    }
  }

  /** Bytes, about. */
  int weight() {
    int inside = isNothing() ? 0 : answer == null ? frame.length : answer.weight();
    return inside + 160 + 8 * facts.inputs().length + facts.path().length();
  }
}
