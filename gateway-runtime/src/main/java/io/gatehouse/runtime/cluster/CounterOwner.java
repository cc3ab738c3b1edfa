package io.gatehouse.runtime.cluster;

import com.hazelcast.core.HazelcastInstance;
import io.gatehouse.runtime.limit.Side;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What this member knows when counters that it owns are asked: the time, and who is there. Lies in
 * the member's user context, where entry processors find it.
 */
final class CounterOwner {

  private static final String PLACE = CounterOwner.class.getName();

  private final InstantSource clock;
  private final Supplier<Side> side;
  private final KnownPartitions known;

  CounterOwner(InstantSource clock, Supplier<Side> side, KnownPartitions known) {
    this.clock = clock;
    this.side = side;
    this.known = known;
  }

  void put(Map<String, Object> userContext) {
    userContext.put(PLACE, this);
  }

  static CounterOwner of(HazelcastInstance member) {
    if (member.getUserContext().get(PLACE) instanceof CounterOwner owner) {
      return owner;
    }
    throw new IllegalStateException("this member owns no counters");
  }

  Side side() {
    return side.get();
  }

  /** Who is there, and whether the counter of the key was here, too, before others vanished. */
  Side side(HazelcastInstance member, String key) {
    Side now = side.get();
    return now.isWhole() ? now : now.knowing(known.contain(member, key));
  }

  long epochMillis() {
    return clock.millis();
  }

  long epochNanos() {
    Instant now = clock.instant();
    return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
  }
}
