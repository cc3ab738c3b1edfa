package io.gatehouse.runtime.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import io.gatehouse.runtime.cache.KeptFrame;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Puts an answer in the place of an older one, and of no newer. */
final class PutNewer implements EntryProcessor<String, byte[], Boolean> {

  private static final long serialVersionUID = 1L;

  private final byte[] frame;
  private final long createdMillis;
  private final long ttlMillis;

  PutNewer(byte[] frame, long createdMillis, long ttlMillis) {
    this.frame = frame;
    this.createdMillis = createdMillis;
    this.ttlMillis = ttlMillis;
  }

  @Override
  public Boolean process(Map.Entry<String, byte[]> entry) {
    byte[] there = entry.getValue();
    if (there != null && KeptFrame.createdMillis(there) > createdMillis) {
      return false;
    }
    ((ExtendedMapEntry<String, byte[]>) entry).setValue(frame, ttlMillis, TimeUnit.MILLISECONDS);
    return true;
  }

  /** There are no backups. */
  @Override
  public EntryProcessor<String, byte[], Boolean> getBackupProcessor() {
    return null;
  }
}
