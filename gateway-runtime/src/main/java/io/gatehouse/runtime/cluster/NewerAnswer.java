package io.gatehouse.runtime.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import io.gatehouse.runtime.cache.KeptFrame;

/**
 * When a split has healed, of two kept answers the one that was asked for later stays. What only
 * the smaller side keeps goes: the larger one may have purged it meanwhile.
 */
public final class NewerAnswer
    implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, byte[]> {

  @Override
  public byte[] merge(MergingValue<byte[]> merging, MergingValue<byte[]> existing) {
    byte[] theirs = merging == null ? null : merging.getDeserializedValue();
    byte[] ours = existing == null ? null : existing.getDeserializedValue();
    if (theirs == null || ours == null) {
      return ours;
    }
    return KeptFrame.createdMillis(theirs) > KeptFrame.createdMillis(ours) ? theirs : ours;
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
