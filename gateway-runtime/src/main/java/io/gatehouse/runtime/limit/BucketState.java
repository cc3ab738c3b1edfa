package io.gatehouse.runtime.limit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A bucket as its owner keeps it: the generic cell rate algorithm's theoretical arrival time, at
 * which the bucket is full again if nothing more is taken, and who has given back last, so that a
 * message that comes twice counts once.
 *
 * @param fullAt epoch nanoseconds
 * @param givers at most {@value #MOST_GIVERS}, who gave back last of all at the end
 */
public record BucketState(long fullAt, List<Giver> givers) {

  /** A bucket that nobody has used. */
  public static final BucketState FULL = new BucketState(0, List.of());

  static final int MOST_GIVERS = 16;

  /** Owners' clocks may differ by this much before a bucket counts as set by a wrong clock. */
  private static final long CLOCKS_DIFFER = 1_000_000_000L;

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + Long.BYTES;
  private static final int GIVER = 3 * Long.BYTES;

  /** Who gave back, by which of its asks last, and what it has given back in all. */
  public record Giver(long name, long number, long givenBack) {}

  /** The bucket after an ask, and the answer. */
  public record Applied(BucketState state, BucketAnswer answer) {}

  /**
   * @param nodes how many share the bucket
   * @param now epoch nanoseconds by the owner's clock
   */
  public Applied apply(BucketAsk ask, int nodes, long now) {
    long last = now + ask.tolerance() + Throttle.HORIZON;
    long full = fullAt > last + CLOCKS_DIFFER ? last : fullAt;
    List<Giver> after = givers;
    long back = givenBack(ask);
    if (back != 0) {
      full -=
          Math.max(
                  Math.min(back, full / ask.interval()),
                  Math.min(0, (full - last) / ask.interval()))
              * ask.interval();
      after = givenBackBy(ask);
    }
    long begin = Math.max(full, now);
    long due = Math.max(0, now + ask.tolerance() - begin) / ask.interval();
    long sellable = Math.max(0, last - begin) / ask.interval();
    long lease = Math.min(ask.ahead(), Throttle.lease(ask.interval(), nodes));
    long wanted = Math.min(ask.waiting(), due) + lease;
    if (wanted == 0 && ask.waiting() > 0) {
      wanted = 1; // so that who waits is told when
    }
    long count = Math.min(sellable, wanted);
    long first = begin + ask.interval() - ask.tolerance() - now;
    return new Applied(
        new BucketState(count == 0 ? full : begin + count * ask.interval(), after),
        new BucketAnswer(
            first,
            ask.interval(),
            count,
            count == 0 ? Math.max(0, first - Throttle.HORIZON) : 0,
            Math.max(0, due - count)));
  }

  /** What was not given back, or owed, by asks before this one. */
  private long givenBack(BucketAsk ask) {
    for (Giver giver : givers) {
      if (giver.name() == ask.node()) {
        return ask.number() > giver.number() ? ask.givenBack() - giver.givenBack() : 0;
      }
    }
    return ask.givenBack();
  }

  private List<Giver> givenBackBy(BucketAsk ask) {
    List<Giver> after = new ArrayList<>(givers.size() + 1);
    for (Giver giver : givers) {
      if (giver.name() != ask.node()) {
        after.add(giver);
      }
    }
    after.add(new Giver(ask.node(), ask.number(), ask.givenBack()));
    return after.size() > MOST_GIVERS ? after.subList(1, after.size()) : after;
  }

  /** Whether the bucket, by now, is as good as one that was never used. */
  public boolean isFull(long now) {
    return fullAt <= now;
  }

  /**
   * Where the cluster was split, each side has spent of the bucket: what is left is less than at
   * either.
   */
  public BucketState merge(BucketState other) {
    return other.fullAt > fullAt ? other : this;
  }

  /** As bytes, the version of their order first. */
  public byte[] encode() {
    ByteBuffer bytes = ByteBuffer.allocate(HEAD + givers.size() * GIVER);
    bytes.put(VERSION).putLong(fullAt);
    givers.forEach(
        giver -> bytes.putLong(giver.name()).putLong(giver.number()).putLong(giver.givenBack()));
    return bytes.array();
  }

  /**
   * @throws IllegalArgumentException for what is no bucket of this version
   */
  public static BucketState decode(byte[] encoded) {
    if (encoded.length < HEAD || encoded[0] != VERSION || (encoded.length - HEAD) % GIVER != 0) {
      throw new IllegalArgumentException("no bucket of version " + VERSION);
    }
    ByteBuffer bytes = ByteBuffer.wrap(encoded, 1, encoded.length - 1);
    long fullAt = bytes.getLong();
    List<Giver> givers = new ArrayList<>();
    while (bytes.hasRemaining()) {
      givers.add(new Giver(bytes.getLong(), bytes.getLong(), bytes.getLong()));
    }
    return new BucketState(fullAt, givers);
  }
}
