package io.gatehouse.runtime.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One counter of a quota as this node sees it: what it may still use, what it has used, and what
 * the owner said last. Takes are free of locks.
 */
final class NodeQuota implements Asker<QuotaAsk, QuotaAnswer> {

  /** A lease lasts about as long. */
  private static final long LEASE = TimeUnit.SECONDS.toNanos(10);

  /** What was not used for so long goes back, but for what demand wants. */
  private static final long KEEP = TimeUnit.SECONDS.toNanos(5);

  /** An owner that had nothing left, or did not answer, is asked again so often. */
  private static final long RESTORED = TimeUnit.SECONDS.toNanos(20);

  private static final long RETRY = TimeUnit.SECONDS.toNanos(1);

  /** For so long it holds that nothing is left; others give back. */
  private static final long FRESH = 2 * RETRY;

  private static final long SWEEP = TimeUnit.MILLISECONDS.toNanos(QuotaState.SWEEP_MILLIS) / 2;
  private static final long MEASURE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final int MOST_WAITING = 512;
  private static final long[] NOTHING = {};

  /** What all quotas of a node share. */
  record Node(String name, Consumer<Parked> wake) {}

  private final Node node;
  private final QuotaKey key;
  private final String text;
  private final Journal.Slot slot;
  private final Leases leases;
  private final AtomicBoolean inLine = new AtomicBoolean();
  private volatile long limit;
  private volatile boolean based;
  private volatile long heardAt;
  private volatile long committed;
  private volatile long usedByOthers;
  private volatile boolean exhausted;
  private volatile boolean held;
  private volatile boolean refused;
  private volatile boolean unreachable;
  private volatile long usedAt;

  private List<Parked> waiting = new ArrayList<>(); // guarded by this, as all below
  private long toldUsed;
  private long toldReturned;
  private long toldAt;
  private long measuredAt;
  private long wantedThen;
  private double demand; // requests a nanosecond
  private long trimmedAt;
  private boolean sweep;
  private boolean restored;
  private long restoredAt;
  private boolean failed;
  private long quietSince;
  private long failedAt;

  /**
   * @param slot where it counts, from where it counted before
   */
  NodeQuota(Node node, QuotaKey key, Journal.Slot slot, long limit, long now) {
    this.node = node;
    this.key = key;
    this.text = key.text();
    this.slot = slot;
    this.limit = limit;
    this.based = slot.isBased();
    this.committed = slot.committed();
    // What was not taken over whole is taken over again.
    long spent = sum(slot.days()) + (based ? slot.returned() : 0);
    this.leases = new Leases(based ? slot.leased() : 0, spent);
    this.heardAt = now - KEEP; // others may have read the time before, and come after
    this.usedAt = now;
    this.measuredAt = now;
    this.wantedThen = sum(slot.days());
    this.trimmedAt = now;
    this.toldAt = now - SWEEP;
    this.quietSince = now - 1;
  }

  /**
   * @param limit of the period; negative for none
   * @param since when the request came: what the owner said later, it said for this one, too
   */
  Took take(long limit, long epochDay, long now, long since) {
    if (limit != this.limit) {
      limit(limit, now);
    }
    if (limit < 0) {
      overdraw(epochDay);
      usedAt = now;
      return Took.TAKEN;
    }
    Took took = leases.take();
    if (took != Took.UNKNOWN) {
      slot.use(day(epochDay));
      usedAt = now;
      return took;
    }
    refused = true;
    if (unreachable) {
      return Took.UNREACHABLE;
    }
    boolean known = exhausted && now - heardAt < FRESH || heardAt - since >= 0;
    return known ? Took.NONE : Took.UNKNOWN;
  }

  void overdraw(long epochDay) {
    leases.overdraw();
    slot.use(day(epochDay));
  }

  private int day(long epochDay) {
    return (int) Math.max(0, Math.min(epochDay - key.startDay(), 30));
  }

  /**
   * What it held when the process before this one ended. It is told at once and spent first; what
   * nobody wants goes back later: nodes that come back meanwhile remember it as committed, and an
   * owner that has lost all would take it for what a node holds that nobody has heard of.
   */
  synchronized void restored(long now) {
    restored = true;
    restoredAt = now;
    sweep = true;
  }

  /** Gives back all that is held, until there is demand again. */
  synchronized void giveAllBack() {
    giveBack(0);
  }

  /** The limit was set anew: what is held was granted under the old one. */
  private synchronized void limit(long current, long now) {
    if (current != limit) {
      if (!restored) {
        giveBack(0);
      }
      exhausted = false;
      heardAt = now - KEEP;
      limit = current;
    }
  }

  private void giveBack(long keep) {
    long count = based ? leases.giveBack(keep) : 0;
    if (count > 0) {
      slot.returned(slot.returned() + count);
      // Else an owner that has lost all would take it for what another holds.
      committed = Math.max(0, committed - count);
      slot.committed(committed);
    }
  }

  @Override
  public synchronized Parking park(Parked parked) {
    if (heardAt - parked.since() >= 0) {
      return Parking.HEARD;
    }
    if (waiting.size() >= MOST_WAITING) {
      return Parking.FULL;
    }
    waiting.add(parked);
    return Parking.PARKED;
  }

  @Override
  public void giveUp(long now) {
    unreachable = true;
  }

  /** Whether the refusal is because of the other side of a split. */
  boolean isHeld() {
    return held;
  }

  long used() {
    return sum(slot.days());
  }

  private static long sum(long[] days) {
    long sum = 0;
    for (long day : days) {
      sum += day;
    }
    return sum;
  }

  /** What all nodes have used, as far as this one knows. */
  long usedByAll() {
    return usedByOthers + used();
  }

  long outstanding() {
    return leases.held();
  }

  QuotaKey quotaKey() {
    return key;
  }

  Journal.Slot slot() {
    return slot;
  }

  @Override
  public String key() {
    return text;
  }

  @Override
  public AtomicBoolean inLine() {
    return inLine;
  }

  @Override
  public synchronized QuotaAsk ask(long now) {
    measure(now);
    long ahead = limit < 0 ? 0 : Math.max(0, target() - leases.held());
    if (refused && limit > 0 && ahead == 0) {
      ahead = 1;
    }
    refused = false;
    sweep = false;
    toldAt = now;
    return new QuotaAsk(
        node.name(),
        based ? leases.leased() : QuotaAsk.NOT_KNOWN,
        based ? slot.returned() : 0,
        based ? slot.days() : NOTHING,
        waiting.size(),
        ahead,
        limit,
        committed);
  }

  private long target() {
    return (long) Math.ceil(demand * (limit > 0 && committed >= limit ? RETRY : LEASE));
  }

  private void measure(long now) {
    if (now - measuredAt >= MEASURE) {
      long used = used();
      demand = Math.max((double) (used - wantedThen) / (now - measuredAt), demand / 2);
      measuredAt = now;
      wantedThen = used;
    }
  }

  @Override
  public void answered(QuotaAsk ask, QuotaAnswer answer, boolean late, long now) {
    heard(ask, answer, now).forEach(node.wake());
  }

  private synchronized List<Parked> heard(QuotaAsk ask, QuotaAnswer answer, long now) {
    NodeCount own = answer.own();
    boolean granted =
        based ? own.leased() > leases.leased() : own.leased() > own.returned() + own.used();
    if (!based) {
      base(own);
    } else if (granted) {
      slot.leased(own.leased());
      leases.grant(own.leased());
    }
    committed = answer.committed();
    slot.committed(committed);
    usedByOthers = answer.used() - own.used();
    toldReturned = ask.returned();
    toldUsed = sum(ask.days());
    unreachable = false;
    failed = false;
    if (ask.waiting() + ask.ahead() == 0) {
      return List.of();
    }
    held = answer.held();
    exhausted = !granted && limit == ask.limit();
    if (exhausted) {
      heardAt = now;
    }
    List<Parked> woken = waiting;
    waiting = new ArrayList<>();
    return woken;
  }

  /** Takes over what the owner has of this node, which has kept nothing of it. */
  private void base(NodeCount own) {
    slot.leased(own.leased());
    slot.returned(own.returned());
    for (int day = 0; day < own.days().length; day++) {
      slot.add(day, own.days()[day]);
    }
    slot.based();
    leases.base(own.leased(), own.returned() + own.used());
    wantedThen += own.used();
    based = true;
  }

  @Override
  public synchronized void failed(long now) {
    failedAt = now;
    failed = true;
  }

  /** Has the owner told again, though it was told before: it may have lost what it knew. */
  synchronized void sweep() {
    sweep = true;
  }

  /**
   * Gives back what nobody uses.
   *
   * @return whether there is something to tell or to ask
   */
  synchronized boolean tick(long now) {
    if (restored && now - restoredAt >= RESTORED) {
      restored = false;
      giveBack(0);
    }
    if (quietSince == usedAt && !sweep && !refused && !isUntold() && waiting.isEmpty()) {
      return false;
    }
    if (limit >= 0 && !restored) {
      trim(now);
    }
    if (failed && now - failedAt < RETRY / 4) {
      return false;
    }
    if (now - usedAt >= SWEEP && leases.held() == 0 && !isUntold()) {
      quietSince = usedAt;
    }
    return sweep
        || !waiting.isEmpty()
        || now - toldAt >= RETRY && (isUntold() || refused)
        || now - toldAt >= SWEEP && (leases.held() > 0 || now - usedAt < SWEEP);
  }

  /** Others may need what this node does not, most of all where nothing else is left. */
  private void trim(long now) {
    boolean scarce = committed >= limit;
    if (now - trimmedAt >= (scarce ? RETRY : KEEP)) {
      trimmedAt = now;
      measure(now);
      if (now - usedAt >= KEEP) {
        demand = 0;
      }
      giveBack(scarce ? (long) (demand * RETRY) : target());
    }
  }

  private boolean isUntold() {
    return !based || toldReturned != slot.returned() || toldUsed != used();
  }

  /** Whether the owner knows all, and nothing more comes. */
  synchronized boolean isDone(long now, long after) {
    return !isUntold() && now - usedAt >= after && waiting.isEmpty();
  }

  /** Whether this node has nothing of the counter that the owner would not give it again. */
  synchronized boolean isIdle(long now, long after) {
    return isDone(now, after) && leases.held() == 0;
  }
}
