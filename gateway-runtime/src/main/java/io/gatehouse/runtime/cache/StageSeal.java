package io.gatehouse.runtime.cache;

import com.google.crypto.tink.subtle.AesGcmJce;
import io.gatehouse.model.seal.Seal;
import io.gatehouse.runtime.cache.KeptCodec.Unreadable;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What a stage's answers are sealed with while they are kept: AES-256-GCM under keys of the stage's
 * own, each derived from the installation's node key for one day.
 */
final class StageSeal {

  private static final long PERIOD_MILLIS = TimeUnit.DAYS.toMillis(1);

  /** An answer may be kept for a day and an hour, and clocks differ. */
  private static final long MOST_PERIODS_AGO = 2;

  private static final int MOST_KEYS = 8;

  private final Seal nodeKey;
  private final String stage;
  private final Map<Long, AesGcmJce> keys = new ConcurrentHashMap<>();

  /**
   * @param stage as it is named among all of a node
   */
  StageSeal(Seal nodeKey, String stage) {
    this.nodeKey = nodeKey;
    this.stage = stage;
  }

  static long period(long millis) {
    return Math.floorDiv(millis, PERIOD_MILLIS);
  }

  /** Whether anything that is sealed in this period may still be opened. */
  static boolean isCurrent(long period, long nowMillis) {
    long ago = period(nowMillis) - period;
    return ago >= -1 && ago <= MOST_PERIODS_AGO;
  }

  /**
   * @param bound what has to be said again to open it
   */
  byte[] close(long period, byte[] content, byte[] bound) {
    try {
      return key(period).encrypt(content, bound);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] open(long period, byte[] sealed, byte[] bound) throws Unreadable {
    try {
      return key(period).decrypt(sealed, bound);
    } catch (GeneralSecurityException e) {
      throw new Unreadable("sealed under another key, for another answer, or changed");
    }
  }

  private AesGcmJce key(long period) {
    if (keys.size() > MOST_KEYS) {
      keys.clear(); // of days that are past
    }
    return keys.computeIfAbsent(period, this::derived);
  }

  private AesGcmJce derived(long period) {
    try {
      return new AesGcmJce(nodeKey.derived("response cache " + stage + " " + period));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
