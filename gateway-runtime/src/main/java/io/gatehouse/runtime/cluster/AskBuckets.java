package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.gatehouse.runtime.limit.BucketAnswer;
import io.gatehouse.runtime.limit.BucketAsk;
import io.gatehouse.runtime.limit.BucketState;
import io.gatehouse.runtime.limit.Side;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A node's asks for tokens, answered where the buckets lie. */
public final class AskBuckets
    implements EntryProcessor<String, byte[], byte[]>, DataSerializable, HazelcastInstanceAware {

  private static final long serialVersionUID = 1;
  private static final double SLOWEST = 1L << 61;
  private static final int ANSWER = 5 * Long.BYTES;

  /** A bucket that is full is as good as none; it stays for this long, so that it need not move. */
  private static final long IDLE_MILLIS = TimeUnit.MINUTES.toMillis(2);

  private static final long MOST_IDLE_MILLIS = TimeUnit.DAYS.toMillis(30);

  private final transient Map<String, BucketAsk> asks = new HashMap<>();
  private final transient KeptStates kept = new KeptStates();
  private transient HazelcastInstance member;

  /** For Hazelcast, which fills it in. */
  public AskBuckets() {}

  AskBuckets(Map<String, BucketAsk> asks) {
    this.asks.putAll(asks);
  }

  @Override
  public void setHazelcastInstance(HazelcastInstance instance) {
    this.member = instance;
  }

  /** Null, which is no answer, for what this member cannot read. */
  @Override
  public byte[] process(Map.Entry<String, byte[]> entry) {
    BucketAsk ask = asks.get(entry.getKey());
    if (ask == null || ask.interval() <= 0) {
      return null;
    }
    CounterOwner owner = CounterOwner.of(member);
    try {
      byte[] before = entry.getValue();
      long now = owner.epochNanos();
      Side side = owner.side();
      BucketState.Applied applied =
          (before == null ? BucketState.FULL : BucketState.decode(before))
              .apply(shared(ask, side), side.members(), now);
      long fullInMillis = TimeUnit.NANOSECONDS.toMillis(applied.state().fullAt() - now);
      kept.set(
          entry,
          applied.state().encode(),
          Math.clamp(fullInMillis + IDLE_MILLIS, IDLE_MILLIS, MOST_IDLE_MILLIS));
      return encode(applied.answer());
    } catch (IllegalArgumentException e) {
      return null; // of a version to come
    }
  }

  /**
   * Fewer than half of the nodes that there were: the others are likely to go on elsewhere with the
   * bucket as it is, so that here it fills at these nodes' share of the rate.
   */
  static BucketAsk shared(BucketAsk ask, Side side) {
    if (2 * side.members() >= side.known()) {
      return ask;
    }
    double slower = (double) side.known() / side.members();
    return new BucketAsk(
        ask.node(),
        ask.number(),
        (long) Math.min(ask.interval() * slower, SLOWEST),
        ask.tolerance(),
        ask.waiting(),
        ask.ahead(),
        ask.givenBack());
  }

  @Override
  public EntryProcessor<String, byte[], byte[]> getBackupProcessor() {
    return kept;
  }

  private static byte[] encode(BucketAnswer answer) {
    return ByteBuffer.allocate(ANSWER)
        .putLong(answer.first())
        .putLong(answer.interval())
        .putLong(answer.count())
        .putLong(answer.pause())
        .putLong(answer.left())
        .array();
  }

  static BucketAnswer decode(byte[] encoded) {
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    return new BucketAnswer(
        bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.getLong());
  }

  @Override
  public void writeData(ObjectDataOutput out) throws IOException {
    out.writeInt(asks.size());
    for (Map.Entry<String, BucketAsk> one : asks.entrySet()) {
      BucketAsk ask = one.getValue();
      out.writeString(one.getKey());
      for (long part :
          new long[] {
            ask.node(),
            ask.number(),
            ask.interval(),
            ask.tolerance(),
            ask.waiting(),
            ask.ahead(),
            ask.givenBack()
          }) {
        out.writeLong(part);
      }
    }
  }

  @Override
  public void readData(ObjectDataInput in) throws IOException {
    for (int left = in.readInt(); left > 0; left--) {
      asks.put(
          in.readString(),
          new BucketAsk(
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong(),
              in.readLong()));
    }
  }
}
