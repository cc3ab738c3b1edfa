package io.gatehouse.runtime.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.gatehouse.runtime.limit.BucketState;

/** When a split has healed, what both sides have taken from a bucket counts. */
public final class LaterBucket
    implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, byte[]> {

  /** For Hazelcast. */
  public LaterBucket() {}

  /** Either may be missing; of two that cannot both be read, the one that is there stays. */
  @Override
  public byte[] merge(MergingValue<byte[]> merging, MergingValue<byte[]> existing) {
    byte[] theirs = merging == null ? null : merging.getDeserializedValue();
    byte[] ours = existing == null ? null : existing.getDeserializedValue();
    if (theirs == null || ours == null) {
      return ours == null ? theirs : ours;
    }
    try {
      return BucketState.decode(ours).merge(BucketState.decode(theirs)).encode();
    } catch (IllegalArgumentException e) {
      return ours;
    }
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
