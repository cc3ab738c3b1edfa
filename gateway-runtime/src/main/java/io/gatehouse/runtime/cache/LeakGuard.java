package io.gatehouse.runtime.cache;

import io.gatehouse.model.snapshot.SnapshotCodec;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Finds out whether a method's answers depend on something that is not in their key. Now and then a
 * caller who could be given a kept answer, and whose request differs from the one that it was made
 * for, is given the backend's own; two answers that take turns so, each for its own callers, are a
 * finding. An answer that has changed once is none.
 */
final class LeakGuard {

  /** Findings after which answers are shared no more. */
  static final int MOST_FINDINGS = 3;

  /** Checks that may be made at once. */
  private static final int MOST_CHECKS = 10;

  /** Hits by differing requests for each further check: the backend gets no more than that. */
  private static final int HITS_FOR_A_CHECK = 100;

  private static final int MOST_REMEMBERED = 64;

  private int checks = MOST_CHECKS;
  private int differing;
  private int findings;
  private final Map<CacheKey, String> differences =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CacheKey, String> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  /** A hit by a request that differs: whether it is one to be checked. */
  synchronized boolean takesCheck() {
    if (++differing % HITS_FOR_A_CHECK == 0 && checks < MOST_CHECKS) {
      checks++;
    }
    return checks > 0 && checks-- > 0;
  }

  /**
   * A caller's own answer was another than the kept one.
   *
   * @return whether that is one finding too many
   */
  synchronized boolean differs(CacheKey key, Answer kept, Answer own) {
    String pair = pair(digest(kept), digest(own));
    if (pair.equals(differences.put(key, pair))) {
      findings++;
    }
    return findings >= MOST_FINDINGS;
  }

  private static String digest(Answer answer) {
    return answer.status() + " " + SnapshotCodec.sha256(answer.body());
  }

  private static String pair(String one, String other) {
    return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
  }
}
