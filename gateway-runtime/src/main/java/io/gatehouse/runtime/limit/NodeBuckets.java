package io.gatehouse.runtime.limit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** The buckets of this node: those that were used lately, and not too many of them. */
final class NodeBuckets {

  private static final int MOST = 100_000;
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);
  private static final long IDLE = TimeUnit.SECONDS.toNanos(10);

  private final NodeBucket.Node node;
  private final Batches<BucketAsk, BucketAnswer> batches;
  private final Map<String, NodeBucket> buckets = new ConcurrentHashMap<>();

  NodeBuckets(NodeLimits.Parts parts, Figures figures, Consumer<Parked> wake) {
    LimitOwners owners = parts.owners();
    node = new NodeBucket.Node(parts.incarnation(), new AtomicLong(), owners, figures, wake);
    batches =
        new Batches<>(owners::askBuckets, owners::ownerOf, parts.sender(), parts.nanos(), PATIENCE);
  }

  /** Null where there are too many. */
  NodeBucket of(Throttle limit, long now) {
    NodeBucket bucket = buckets.get(limit.key());
    if (bucket == null) {
      if (buckets.size() >= MOST) {
        return null;
      }
      bucket = buckets.computeIfAbsent(limit.key(), k -> new NodeBucket(node, limit, now));
    }
    return bucket.with(limit, now);
  }

  void want(NodeBucket bucket) {
    batches.want(bucket);
  }

  /** Gives back the first so many, which were taken for a request that does not pass. */
  void giveBack(List<Throttle> throttles, int count, long now) {
    for (int i = 0; i < count; i++) {
      NodeBucket bucket = buckets.get(throttles.get(i).key());
      if (bucket != null) {
        bucket.giveBack(now);
      }
    }
  }

  /** The fewest tokens of all of these; negative where nothing is known. */
  long left(List<Throttle> throttles) {
    long fewest = Long.MAX_VALUE;
    for (Throttle limit : throttles) {
      NodeBucket bucket = buckets.get(limit.key());
      long left = bucket == null ? -1 : bucket.left();
      fewest = left < 0 ? fewest : Math.min(fewest, left);
    }
    return fewest == Long.MAX_VALUE ? -1 : fewest;
  }

  void tick(long now) {
    long idle = buckets.size() < MOST / 2 ? IDLE : IDLE / 10;
    for (NodeBucket bucket : buckets.values()) {
      if (bucket.tick(now)) {
        batches.want(bucket);
      } else if (bucket.isIdle(now, idle)) {
        buckets.remove(bucket.key(), bucket);
      }
    }
  }

  /** Batches are looked after more often. */
  void tickBatches(long now) {
    batches.tick(now);
  }

  int size() {
    return buckets.size();
  }

  long held() {
    return buckets.values().stream().mapToLong(NodeBucket::held).sum();
  }
}
