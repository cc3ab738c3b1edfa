package io.gatehouse.runtime.limit;

import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.limit.Asker.Parking;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The limits of this node: each request is decided by what the node holds, and by what the owners
 * said last. One that nobody can decide yet waits, not long and not with too many others.
 */
public final class NodeLimits implements Limits {

  private static final Logger LOG = LoggerFactory.getLogger(NodeLimits.class);

  /** How often {@link #tick} is to be called. */
  public static final long TICK_MILLIS = 25;

  /** For so long a request waits for a bucket's owner. */
  private static final long BUCKET_PATIENCE = TimeUnit.MILLISECONDS.toNanos(250);

  /** For so long a request waits for a quota's owner. */
  private static final long QUOTA_PATIENCE = TimeUnit.SECONDS.toNanos(2);

  private static final long LOOK_AFTER_COUNTERS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final int MOST_PARKED = 50_000;

  /**
   * What they are made of.
   *
   * @param sender asks owners, so that no event loop does
   * @param incarnation names this process, other than any before
   */
  public record Parts(
      LimitOwners owners,
      Journal journal,
      LongSupplier nanos,
      InstantSource clock,
      Executor sender,
      long incarnation) {}

  private final LongSupplier nanos;
  private final InstantSource clock;
  private final NodeBuckets buckets;
  private final NodeQuotas quotas;
  private final Figures figures = new Figures();
  private final Queue<Parked> parked = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private long lookedAfterAt;

  public NodeLimits(Parts parts) {
    this.nanos = parts.nanos();
    this.clock = parts.clock();
    this.buckets = new NodeBuckets(parts, figures, this::again);
    this.quotas = new NodeQuotas(parts, this::again);
    this.lookedAfterAt = nanos.getAsLong();
  }

  @Override
  public Verdict take(List<Throttle> throttles, QuotaLimit quota, Waiter waiter) {
    return decide(throttles, quota, waiter, null);
  }

  /**
   * @param waits null for a request that comes for the first time
   */
  private Verdict decide(List<Throttle> throttles, QuotaLimit quota, Waiter waiter, Parked waits) {
    long now = nanos.getAsLong();
    long since = waits == null ? now : waits.since();
    for (int i = 0; i < throttles.size(); i++) {
      Throttle limit = throttles.get(i);
      NodeBucket bucket = limit.letsNothingPass() ? null : buckets.of(limit, now);
      if (bucket == null) {
        buckets.giveBack(throttles, i, now);
        return nothingPasses(i, limit);
      }
      if (waits == null) {
        bucket.wantedBy(now);
      }
      switch (bucket.take(now, since)) {
        case TAKEN -> {}
        case TAKEN_LOW -> buckets.want(bucket);
        case UNKNOWN -> {
          buckets.giveBack(throttles, i, now);
          Parked request = waits == null ? new Parked(throttles, quota, waiter, now) : waits;
          return switch (park(request, bucket, BUCKET_PATIENCE, now)) {
            case PARKED -> {
              buckets.want(bucket);
              yield Verdict.WAITING;
            }
            case HEARD -> request.over(decide(throttles, quota, waiter, request));
            case FULL -> request.over(throttled(i, bucket, now));
          };
        }
        case NONE, UNREACHABLE -> {
          buckets.giveBack(throttles, i, now);
          return throttled(i, bucket, now);
        }
      }
    }
    return quota == null ? Verdict.ADMITTED : count(throttles, quota, waiter, waits, now);
  }

  private Verdict nothingPasses(int index, Throttle limit) {
    figures.throttled().increment();
    if (limit.letsNothingPass()) {
      return new Verdict.Throttled(index, Long.MAX_VALUE);
    }
    figures.full().increment();
    return new Verdict.Throttled(index, BUCKET_PATIENCE);
  }

  private Verdict throttled(int index, NodeBucket bucket, long now) {
    figures.throttled().increment();
    if (bucket.isDry()) {
      figures.deniedExact().increment();
    }
    return new Verdict.Throttled(index, bucket.retryAfter(now));
  }

  private Verdict count(
      List<Throttle> throttles, QuotaLimit limit, Waiter waiter, Parked waits, long now) {
    long millis = clock.millis();
    NodeQuota quota = quotas.of(limit, millis, now);
    if (quota == null) {
      figures.full().increment();
      return withoutWord(throttles, limit, null, millis, now);
    }
    long most = limit.limitIn(quota.quotaKey().startDay());
    switch (quota.take(most, Period.day(millis), now, waits == null ? now : waits.since())) {
      case TAKEN -> {
        return Verdict.ADMITTED;
      }
      case TAKEN_LOW -> {
        quotas.want(quota);
        return Verdict.ADMITTED;
      }
      case UNKNOWN -> {
        buckets.giveBack(throttles, throttles.size(), now);
        Parked request = waits == null ? new Parked(throttles, limit, waiter, now) : waits;
        return switch (park(request, quota, QUOTA_PATIENCE, now)) {
          case PARKED -> {
            quotas.want(quota);
            yield Verdict.WAITING;
          }
          case HEARD -> request.over(decide(throttles, limit, waiter, request));
          case FULL -> request.over(withoutWord(throttles, limit, quota, millis, now));
        };
      }
      case UNREACHABLE -> {
        return withoutWord(throttles, limit, quota, millis, now);
      }
      case NONE -> {
        buckets.giveBack(throttles, throttles.size(), now);
        figures.quotaExceeded().increment();
        (quota.isHeld() ? figures.held() : figures.deniedExact()).increment();
        return new Verdict.QuotaExceeded(quotas.resetsAt(limit, millis));
      }
    }
    throw new IllegalStateException();
  }

  private Verdict withoutWord(
      List<Throttle> throttles, QuotaLimit limit, NodeQuota quota, long millis, long now) {
    if (limit.whenUnreachable() == WhenUnreachable.REFUSE) {
      buckets.giveBack(throttles, throttles.size(), now);
      figures.unreachable().increment();
      return new Verdict.QuotaUnreachable();
    }
    if (quota != null) {
      quota.overdraw(Period.day(millis));
    }
    figures.overdraft().increment();
    return Verdict.ADMITTED;
  }

  private Parking park(Parked request, Asker<?, ?> counter, long patience, long now) {
    if (now - request.since() >= patience) {
      counter.giveUp(now);
      return Parking.HEARD;
    }
    boolean first = request.isNew();
    if (first && waiting.get() >= MOST_PARKED) {
      return Parking.FULL;
    }
    request.waitUntil(request.since() + patience);
    Parking parking = counter.park(request);
    if (parking == Parking.PARKED) {
      if (first) {
        figures.leaseWait().increment();
        waiting.incrementAndGet();
        parked.add(request);
      }
      return parking;
    }
    // From when it may wait, whoever looks after those that do may have it in hand.
    return request.takeInHand() ? parking : Parking.PARKED;
  }

  private void again(Parked request) {
    if (request.takeInHand()) {
      Verdict verdict = decide(request.throttles(), request.quota(), request.waiter(), request);
      if (verdict != Verdict.WAITING) {
        request.over(verdict);
        tell(request.waiter(), verdict);
      }
    }
  }

  private static void tell(Waiter waiter, Verdict verdict) {
    try {
      waiter.decided(verdict);
    } catch (RuntimeException bug) {
      LOG.error("a request that waited for its limits met a bug", bug);
    }
  }

  /** Sees to what was not answered, what is not used any more, and what owners have to know. */
  public void tick() {
    long now = nanos.getAsLong();
    buckets.tickBatches(now);
    quotas.tickBatches(now);
    for (Iterator<Parked> all = parked.iterator(); all.hasNext(); ) {
      Parked request = all.next();
      if (!request.isOver() && request.isDue(now)) {
        again(request);
      }
      if (request.isOver()) {
        all.remove();
        waiting.decrementAndGet();
      }
    }
    if (now - lookedAfterAt >= LOOK_AFTER_COUNTERS) {
      lookedAfterAt = now;
      buckets.tick(now);
      quotas.tick(clock.millis(), now);
    }
  }

  /** Members came or went: owners that are new may not know what this node has. */
  public void membersChanged() {
    quotas.sweep();
  }

  /** Before this node leaves: others may have at once what it holds of quotas. */
  public void leave() {
    quotas.giveAllBack();
  }

  @Override
  public Left left(List<Throttle> throttles, QuotaLimit quota) {
    long tokens = buckets.left(throttles);
    if (quota == null || quota.period() == Period.NONE) {
      return new Left(tokens, -1, -1, -1);
    }
    long millis = clock.millis();
    long limit = quota.limitIn(quotas.startDay(quota, millis));
    long used = quotas.used(quota, millis);
    return new Left(
        tokens, used < 0 ? -1 : Math.max(0, limit - used), limit, quotas.resetsAt(quota, millis));
  }

  /** What they have done since the start. */
  public Figures figures() {
    return figures;
  }

  /** Tokens of buckets that this node holds and nobody has used yet. */
  public long heldTokens() {
    return buckets.held();
  }

  /** Requests that this node was granted of quotas and nobody has used yet: lost with its disk. */
  public long leaseDebt() {
    return quotas.outstanding();
  }

  /** Buckets that this node keeps. */
  public int buckets() {
    return buckets.size();
  }

  /** Counters of quotas that this node keeps. */
  public int quotas() {
    return quotas.size();
  }

  /** Requests that wait for an owner's word. */
  public int waiting() {
    return waiting.get();
  }
}
