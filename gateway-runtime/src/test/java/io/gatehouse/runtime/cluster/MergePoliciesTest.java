package io.gatehouse.runtime.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import com.hazelcast.spi.merge.MergingValue;
import io.gatehouse.runtime.limit.BucketState;
import io.gatehouse.runtime.limit.QuotaState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What becomes of counters when a split has healed; whole clusters are split elsewhere. */
class MergePoliciesTest {

  private static final byte[] TO_COME = {99, 1, 2, 3, 4, 5, 6, 7, 8, 9};

  private record Value(byte[] bytes) implements MergingValue<byte[]> {
    @Override
    public byte[] getDeserializedValue() {
      return bytes;
    }

    @Override
    public Object getRawValue() {
      return bytes;
    }
  }

  private static byte[] bucket(long fullAt) {
    return new BucketState(fullAt, List.of()).encode();
  }

  private static byte[] quota(long changedAt, Map<String, long[]> used) {
    return new QuotaEntry(changedAt, QuotaState.ofLedger(used)).encode();
  }

  @Test
  void whatBothSidesTookFromABucketCounts() {
    LaterBucket policy = new LaterBucket();
    assertArrayEquals(bucket(9), policy.merge(new Value(bucket(9)), new Value(bucket(5))));
    assertArrayEquals(bucket(9), policy.merge(new Value(bucket(5)), new Value(bucket(9))));
    assertArrayEquals(bucket(5), policy.merge(new Value(bucket(5)), null));
    assertArrayEquals(bucket(5), policy.merge(new Value(TO_COME), new Value(bucket(5))));
    assertArrayEquals(bucket(5), policy.merge(null, new Value(bucket(5))));
  }

  @Test
  void theGreatestCountOfEachNodeStays() {
    byte[] here = quota(7, Map.of("a", new long[] {3, 1}, "b", new long[] {2}));
    byte[] there = quota(6, Map.of("a", new long[] {1, 4}, "c", new long[] {5}));

    QuotaEntry merged =
        QuotaEntry.of(new GreatestCounts(() -> 1_000).merge(new Value(there), new Value(here)));

    assertEquals(3 + 4 + 2 + 5, merged.state().used());
    assertEquals(1_000, merged.changedAt(), "the ledger has to read it again");
  }

  @Test
  void whatIsNoNewsStaysAsItIs() {
    byte[] here = quota(7, Map.of("a", new long[] {3}));
    GreatestCounts policy = new GreatestCounts(() -> 1_000);
    assertArrayEquals(
        here, policy.merge(new Value(quota(6, Map.of("a", new long[] {2}))), new Value(here)));
    assertArrayEquals(here, policy.merge(null, new Value(here)));
    assertArrayEquals(here, policy.merge(new Value(TO_COME), new Value(here)));
    assertArrayEquals(TO_COME, policy.merge(new Value(TO_COME), null));
    assertNull(policy.merge(null, null));
    assertEquals(1_000, QuotaEntry.changedAt(policy.merge(new Value(here), null)));
  }
}
