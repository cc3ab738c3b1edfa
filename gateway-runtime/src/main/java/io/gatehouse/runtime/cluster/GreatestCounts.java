package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import java.util.function.LongSupplier;

/** When a split has healed, each node's count is the greatest that either side knew. */
public final class GreatestCounts
    implements SplitBrainMergePolicy<byte[], MergingValue<byte[]>, byte[]>, HazelcastInstanceAware {

  private LongSupplier epochMillis;

  /** For Hazelcast. */
  public GreatestCounts() {}

  /**
   * @param epochMillis when changes are told to have been
   */
  GreatestCounts(LongSupplier epochMillis) {
    this.epochMillis = epochMillis;
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    epochMillis = CounterOwner.of(instance)::epochMillis;
  }

  /** Either may be missing; of two that cannot both be read, the one that is there stays. */
  @Override
  public byte[] merge(MergingValue<byte[]> merging, MergingValue<byte[]> existing) {
    byte[] theirs = merging == null ? null : merging.getDeserializedValue();
    byte[] ours = existing == null ? null : existing.getDeserializedValue();
    if (theirs == null) {
      return ours;
    }
    try {
      QuotaEntry before = QuotaEntry.of(ours);
      return before
          .changedTo(before.state().merge(QuotaEntry.of(theirs).state()), epochMillis.getAsLong())
          .map(QuotaEntry::encode)
          .orElse(ours);
    } catch (IllegalArgumentException e) {
      return ours == null ? theirs : ours;
    }
  }

  @Override
  public void writeData(ObjectDataOutput out) {}

  @Override
  public void readData(ObjectDataInput in) {}
}
