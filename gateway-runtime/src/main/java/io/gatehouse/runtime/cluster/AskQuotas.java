package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.gatehouse.runtime.limit.NodeCount;
import io.gatehouse.runtime.limit.QuotaAnswer;
import io.gatehouse.runtime.limit.QuotaAsk;
import io.gatehouse.runtime.limit.QuotaState;
import io.gatehouse.runtime.limit.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A node's asks for leases of quotas, and what it has used, answered where the counters lie. */
public final class AskQuotas
    implements EntryProcessor<String, byte[], byte[]>, DataSerializable, HazelcastInstanceAware {

  private static final long serialVersionUID = 1;
  private static final int ANSWER = 4 * Long.BYTES + 2;

  private final transient Map<String, QuotaAsk> asks = new HashMap<>();
  private final transient KeptStates kept = new KeptStates();
  private transient HazelcastInstance member;

  /** For Hazelcast, which fills it in. */
  public AskQuotas() {}

  AskQuotas(Map<String, QuotaAsk> asks) {
    this.asks.putAll(asks);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  /** Null, which is no answer, for what this member cannot read. */
  @Override
  public byte[] process(Map.Entry<String, byte[]> entry) {
    QuotaAsk ask = asks.get(entry.getKey());
    if (ask == null) {
      return null;
    }
    CounterOwner owner = CounterOwner.of(member);
    long now = owner.epochMillis();
    try {
      QuotaEntry before = QuotaEntry.of(entry.getValue());
      Side side = owner.side(member, entry.getKey());
      QuotaState.Applied applied = before.state().apply(ask, side, now);
      // What is handed out is brought to the backup, though it was granted before.
      Optional<QuotaEntry> changed =
          applied.answer().own().onTheWay(ask) > 0
              ? Optional.of(new QuotaEntry(now, applied.state()))
              : before.changedTo(applied.state(), now);
      changed.ifPresent(
          after -> kept.set(entry, after.encode(), QuotaEntry.liveMillis(entry.getKey(), now)));
      return encode(applied.answer());
    } catch (IllegalArgumentException e) {
      return null; // of a version to come
    }
  }

  @Override
  public EntryProcessor<String, byte[], byte[]> getBackupProcessor() {
    return kept;
  }

  private static byte[] encode(QuotaAnswer answer) {
    NodeCount own = answer.own();
    ByteBuffer bytes =
        ByteBuffer.allocate(ANSWER + own.days().length * Long.BYTES)
            .putLong(answer.committed())
            .putLong(answer.used())
            .put((byte) (answer.held() ? 1 : 0))
            .put((byte) (own.heard() ? 1 : 0))
            .putLong(own.leased())
            .putLong(own.returned());
    bytes.asLongBuffer().put(own.days());
    return bytes.array();
  }

  static QuotaAnswer decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    long committed = bytes.getLong();
    long used = bytes.getLong();
    boolean held = bytes.get() != 0;
    boolean heard = bytes.get() != 0;
    long leased = bytes.getLong();
    long returned = bytes.getLong();
    long[] days = new long[bytes.remaining() / Long.BYTES];
    bytes.asLongBuffer().get(days);
    return new QuotaAnswer(new NodeCount(heard, leased, returned, days), committed, used, held);
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(asks.size());
    for (Map.Entry<String, QuotaAsk> one : asks.entrySet()) {
      QuotaAsk ask = one.getValue();
      out.writeString(one.getKey());
      out.writeString(ask.node());
      out.writeLong(ask.leased());
      out.writeLong(ask.returned());
      out.writeLongArray(ask.days());
      out.writeLong(ask.waiting());
      out.writeLong(ask.ahead());
      out.writeLong(ask.limit());
      out.writeLong(ask.floor());
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      asks.put(
          in.readString(),
          new QuotaAsk(
              in.readString(),
              in.readLong(),
              in.readLong(),
              in.readLongArray(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong()));
    }
  }
}
