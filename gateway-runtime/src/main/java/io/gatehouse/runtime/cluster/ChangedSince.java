package io.gatehouse.runtime.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import com.hazelcast.query.Predicate;
import java.io.IOException;
import java.util.Map;

/** Counters of quotas that have changed since a time. */
public final class ChangedSince implements Predicate<String, byte[]>, DataSerializable {

  private static final long serialVersionUID = 1;

  private long epochMillis;

  /** For Hazelcast, which fills it in. */
  public ChangedSince() {}

  ChangedSince(long epochMillis) {
    this.epochMillis = epochMillis;
  }

  @Override
  public boolean apply(Map.Entry<String, byte[]> entry) {
    return QuotaEntry.changedAt(entry.getValue()) >= epochMillis;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeLong(epochMillis);
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    epochMillis = in.readLong();
  }
}
