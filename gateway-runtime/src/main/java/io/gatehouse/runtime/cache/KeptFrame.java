package io.gatehouse.runtime.cache;

import io.gatehouse.runtime.cache.KeptCodec.Unreadable;

/** What the cluster may know of the bytes that it holds. */
public final class KeptFrame {

  private KeptFrame() {}

  /** Epoch milliseconds; 0 for bytes that nobody can read. */
  public static long createdMillis(byte[] frame) {
    try {
      return KeptCodec.factsOf(frame).createdMillis();
    } catch (Unreadable e) {
      return 0;
    }
  }

  /**
   * Whether a purge of this path means it; what nobody can read goes with every purge.
   *
   * @param path as {@link ResponseCache#purge} takes it
   */
  public static boolean isUnder(byte[] frame, String path) {
    try {
      return KeptCodec.factsOf(frame).isUnder(path);
    } catch (Unreadable e) {
      return true;
    }
  }
}
