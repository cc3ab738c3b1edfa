package io.gatehouse.runtime.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One bucket as this node sees it: the tokens that it holds, and what the owner said last. Takes
 * are free of locks; the owner's answers and who waits for them are under the bucket's own.
 */
final class NodeBucket implements Asker<BucketAsk, BucketAnswer> {

  /** Tokens that nobody has used for so long go back. */
  static final long KEEP = 1_000_000_000L;

  /** For so long an owner that did not answer is not asked again. */
  private static final long RETRY = 100_000_000L;

  private static final long MEASURE = 10_000_000L;
  private static final int MOST_WAITING = 512;

  /** Where nothing was left before, only about as many wait as may get something. */
  private static final int FEW_WAITING = 16;

  /** What all buckets of a node share. */
  record Node(
      long id, AtomicLong numbers, LimitOwners owners, Figures figures, Consumer<Parked> wake) {}

  private final Node node;
  private final String key;
  private final long giver;
  private final Slots slots = new Slots();
  private final AtomicLong wanted = new AtomicLong();
  private final AtomicBoolean inLine = new AtomicBoolean();
  private final OwnShare share = new OwnShare();

  /** Tokens that were used without the owner's word, and that it has to hear of. */
  private final AtomicLong owed = new AtomicLong();

  private volatile Throttle limit;
  private volatile long heardAt;
  private volatile boolean dry;
  private volatile long dryUntil;
  private volatile long left = -1;
  private volatile boolean unreachable;
  private volatile long failedAt;
  private volatile long usedAt;

  private List<Parked> waiting = new ArrayList<>(); // guarded by this, as all below
  private long givenBack; // in all
  private long told; // of what was given back, less what is owed
  private long askedAt;
  private long wantedThen;
  private double demand; // tokens a nanosecond

  NodeBucket(Node node, Throttle limit, long now) {
    this.node = node;
    this.key = limit.key();
    this.giver = node.id() + node.numbers().incrementAndGet();
    this.limit = limit;
    this.askedAt = now;
    this.usedAt = now;
    this.heardAt = now - KEEP; // others may have read the time before, and come after
  }

  /** Has the limit hold from now on, which may have been set anew. */
  NodeBucket with(Throttle current, long now) {
    if (current != limit && !current.equals(limit)) {
      limit = current;
      dry = false;
      heardAt = now - KEEP;
    }
    return this;
  }

  void wantedBy(long now) {
    wanted.incrementAndGet();
    usedAt = now;
  }

  /**
   * @param since when the request came: what the owner said later, it said for this one, too
   */
  Took take(long now, long since) {
    Took took = slots.take(now);
    if (took != Took.NONE) {
      return took;
    }
    if (unreachable) {
      return takeOwn(now);
    }
    if (dry && dryUntil - now > 0 || slots.untilDue(now) > 0) {
      return Took.NONE;
    }
    return heardAt - since >= 0 ? Took.NONE : Took.UNKNOWN;
  }

  private Took takeOwn(long now) {
    if (!share.take(limit, node.owners().nodes(), now)) {
      return Took.NONE;
    }
    owed.incrementAndGet();
    node.figures().ownShare().increment();
    return Took.TAKEN;
  }

  void giveBack(long now) {
    slots.giveBack(now);
  }

  @Override
  public synchronized Parking park(Parked parked) {
    if (heardAt - parked.since() >= 0) {
      return Parking.HEARD;
    }
    long most = left == 0 ? Math.min(MOST_WAITING, FEW_WAITING + 2 * lease()) : MOST_WAITING;
    if (waiting.size() >= most) {
      return Parking.FULL;
    }
    waiting.add(parked);
    return Parking.PARKED;
  }

  private long lease() {
    return limit.lease(node.owners().nodes());
  }

  /** Until the owner answers, this node's own share is what there is. */
  @Override
  public synchronized void giveUp(long now) {
    failedAt = now;
    if (!unreachable) {
      share.begin(limit, node.owners().nodes(), left, now);
      unreachable = true;
    }
  }

  /** Whether nothing was left in the cluster when the owner spoke last. */
  boolean isDry() {
    return dry || left == 0;
  }

  /** Nanoseconds until a token may be had. */
  long retryAfter(long now) {
    if (unreachable) {
      return OwnShare.interval(limit, node.owners().nodes());
    }
    if (dry && dryUntil - now > 0) {
      return dryUntil - now + Throttle.HORIZON;
    }
    long until = slots.untilDue(now);
    return until > 0 ? until : limit.interval();
  }

  /**
   * Tokens left in the cluster as the owner said last, with those held here; negative if unknown.
   */
  long left() {
    return left < 0 ? left : left + slots.held();
  }

  long held() {
    return slots.held();
  }

  @Override
  public String key() {
    return key;
  }

  @Override
  public AtomicBoolean inLine() {
    return inLine;
  }

  @Override
  public synchronized BucketAsk ask(long now) {
    Throttle of = limit;
    measure(now);
    boolean idle = now - usedAt >= KEEP || demand * KEEP < 1;
    long ahead = idle ? 0 : (long) Math.ceil(demand * Throttle.HORIZON);
    ahead = Math.max(0, Math.min(ahead, lease()) - slots.held());
    if (unreachable && ahead == 0) {
      ahead = 1;
    }
    long back = givenBack - owed.get();
    if (of.letsNothingPass() || waiting.isEmpty() && ahead == 0 && back == told) {
      return null;
    }
    return new BucketAsk(
        giver,
        node.numbers().incrementAndGet(),
        of.interval(),
        of.tolerance(),
        waiting.size(),
        ahead,
        back);
  }

  private void measure(long now) {
    if (now - askedAt >= MEASURE) {
      long count = wanted.get();
      demand = Math.max((double) (count - wantedThen) / (now - askedAt), demand / 2);
      askedAt = now;
      wantedThen = count;
    }
  }

  @Override
  public void answered(BucketAsk ask, BucketAnswer answer, boolean late, long now) {
    // Tokens that come too late are no more: given back, they would add to those of now.
    if (!late) {
      heard(ask, answer, now).forEach(node.wake());
      giveSurplusBack(now);
    }
  }

  /** Who waited may have gone, and a node holds no more than it may hold ahead. */
  private synchronized void giveSurplusBack(long now) {
    long surplus = slots.held() - lease();
    while (surplus > 0 && slots.take(now + 2 * Throttle.HORIZON) != Took.NONE) {
      givenBack++;
      surplus--;
    }
  }

  private synchronized List<Parked> heard(BucketAsk ask, BucketAnswer answer, long now) {
    if (answer.count() > 0) {
      slots.grant(now + answer.first(), answer.interval(), answer.count(), now);
    }
    told = ask.givenBack();
    unreachable = false;
    left = answer.left();
    if (ask.waiting() + ask.ahead() == 0) {
      return List.of();
    }
    dry = answer.count() == 0;
    dryUntil = now + answer.pause();
    if (answer.left() == 0) {
      heardAt = now;
    }
    List<Parked> woken = waiting;
    waiting = new ArrayList<>();
    return woken;
  }

  @Override
  public void failed(long now) {
    giveUp(now);
    List<Parked> woken;
    synchronized (this) {
      woken = waiting;
      waiting = new ArrayList<>();
    }
    woken.forEach(node.wake());
  }

  /**
   * Takes tokens out that nobody uses. True if there is something to give back, or an owner that
   * did not answer is to be asked again.
   */
  synchronized boolean tick(long now) {
    givenBack += slots.expire(now, KEEP);
    boolean untold = givenBack - owed.get() != told;
    return unreachable ? now - failedAt >= RETRY : untold;
  }

  /** Whether nothing would be missed if this node forgot the bucket. */
  synchronized boolean isIdle(long now, long after) {
    return now - usedAt >= after
        && waiting.isEmpty()
        && givenBack - owed.get() == told
        && slots.held() == 0;
  }
}
