package io.gatehouse.runtime.observe;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import io.gatehouse.runtime.exchange.Exchange;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Counts every request by the minute in which it ends, for the control plane: of its stage, and of
 * its method where the settings ask for it. What was counted is handed over every few seconds, in
 * records that add up, so that a node that is killed forgets no more than that.
 */
public final class MinuteCounts implements Observer {

  /** How often what was counted is handed over. */
  public static final long HAND_OVER_MILLIS = 10_000;

  private static final long MILLIS_OF_MINUTE = 60_000;

  /**
   * Methods of one account that are counted by themselves; others count under their stage alone.
   */
  private static final int MOST_OF_ACCOUNT = 500;

  private static final int MOST_METHODS = 5_000;

  /** In one record. */
  private static final int MOST_SERIES = 100;

  /** Records that wait for their place on the disk. */
  private static final int MOST_WAITING = 256;

  private final Predicate<byte[]> spool;
  private final InstantSource clock;
  private final AdmittedSeries admitted = new AdmittedSeries(MOST_OF_ACCOUNT, MOST_METHODS);
  private final MinuteStripe[] stripes;
  private final Deque<byte[]> waiting = new ArrayDeque<>();
  private long dropped;

  /**
   * @param spool takes a record, or answers that it cannot now
   * @param threads that will count
   */
  public MinuteCounts(Predicate<byte[]> spool, InstantSource clock, int threads) {
    this.spool = spool;
    this.clock = clock;
    // Twice as many, so that threads whose numbers follow each other hardly ever share one.
    stripes = new MinuteStripe[Integer.highestOneBit(Math.max(1, threads) * 4 - 1)];
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new MinuteStripe(admitted);
    }
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (x.hasStage()) {
      int own = (int) Thread.currentThread().threadId() & stripes.length - 1;
      stripes[own].count(x, clock.millis() / MILLIS_OF_MINUTE, endNanos);
    }
  }

  /** Hands over what was counted since the last time; not for an event loop. */
  public synchronized void handOver() {
    TreeMap<Long, Map<Series, Figures>> sums = new TreeMap<>();
    for (MinuteStripe stripe : stripes) {
      stripe.moveTo(sums);
    }
    sums.forEach(this::pack);
    while (!waiting.isEmpty() && spool.test(waiting.peekFirst())) {
      waiting.removeFirst();
    }
    while (waiting.size() > MOST_WAITING) {
      waiting.removeFirst();
      dropped++;
    }
  }

  private void pack(long epochMinute, Map<Series, Figures> sum) {
    Map<Series, Figures> part = new HashMap<>();
    for (Map.Entry<Series, Figures> one : sum.entrySet()) {
      part.put(one.getKey(), one.getValue());
      if (part.size() == MOST_SERIES) {
        waiting.addLast(new MinuteRecord(epochMinute, part).encode());
        part = new HashMap<>();
      }
    }
    if (!part.isEmpty()) {
      waiting.addLast(new MinuteRecord(epochMinute, part).encode());
    }
  }

  /** Records that were lost, because the disk did not take them for long. */
  public synchronized long dropped() {
    return dropped;
  }

  /** How often a method was counted under its stage alone, because there are too many. */
  public long withoutPlace() {
    return admitted.refused();
  }
}
