package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.gatehouse.runtime.limit.QuotaState;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** What the ledger knows, brought to where the counters lie: the greatest of each count stays. */
public final class MergeQuotas
    implements EntryProcessor<String, byte[], byte[]>, DataSerializable, HazelcastInstanceAware {

  private static final long serialVersionUID = 1;
  private static final byte[] DONE = {};

  private final transient Map<String, QuotaState> known = new HashMap<>();
  private final transient KeptStates kept = new KeptStates();
  private transient HazelcastInstance member;

  /** For Hazelcast, which fills it in. */
  public MergeQuotas() {}

  MergeQuotas(Map<String, QuotaState> known) {
    this.known.putAll(known);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  @Override
  public byte[] process(Map.Entry<String, byte[]> entry) {
    QuotaState more = known.get(entry.getKey());
    if (more != null) {
      long now = CounterOwner.of(member).epochMillis();
      QuotaEntry before = QuotaEntry.of(entry.getValue());
      before
          .changedTo(before.state().merge(more), now)
          .ifPresent(
              after -> kept.set(entry, after.encode(), QuotaEntry.liveMillis(entry.getKey(), now)));
    }
    return DONE;
  }

  @Override
  public EntryProcessor<String, byte[], byte[]> getBackupProcessor() {
    return kept;
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(known.size());
    for (Map.Entry<String, QuotaState> one : known.entrySet()) {
      out.writeString(one.getKey());
      out.writeByteArray(one.getValue().encode());
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      known.put(in.readString(), QuotaState.decode(in.readByteArray()));
    }
  }
}
