package io.gatehouse.runtime.cluster;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.map.ExtendedMapEntry;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What an owner has decided, on its way to the backup: the bytes themselves, because a backup that
 * decided again would do so at another time.
 */
public final class KeptStates implements EntryProcessor<String, byte[], byte[]>, DataSerializable {

  private static final long serialVersionUID = 1;

  /** Partitions of one member work on the same processor at once. */
  private final transient Map<String, Kept> kept = new ConcurrentHashMap<>();

  /** For Hazelcast, which fills it in. */
  public KeptStates() {}

  private record Kept(byte[] value, long liveMillis) {}

  /** Sets the entry here, and at the backup later. */
  void set(Map.Entry<String, byte[]> entry, byte[] value, long liveMillis) {
    Kept now = new Kept(value, liveMillis);
    kept.put(entry.getKey(), now);
    set(entry, now);
  }

  private static void set(Map.Entry<String, byte[]> entry, Kept now) {
    ((ExtendedMapEntry<String, byte[]>) entry)
        .setValue(now.value, now.liveMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public byte[] process(Map.Entry<String, byte[]> entry) {
    Kept now = kept.get(entry.getKey());
    if (now != null) {
      set(entry, now);
    }
    return null;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    Map<String, Kept> all = Map.copyOf(kept);
    out.writeInt(all.size());
    for (Map.Entry<String, Kept> one : all.entrySet()) {
      out.writeString(one.getKey());
      out.writeByteArray(one.getValue().value);
      out.writeLong(one.getValue().liveMillis);
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      kept.put(in.readString(), new Kept(in.readByteArray(), in.readLong()));
    }
  }
}
