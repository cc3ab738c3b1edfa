package io.gatehouse.runtime.limit;

import java.util.PriorityQueue;
import java.util.Random;
import java.util.SplittableRandom;

/** What happens in a simulated cluster, one thing after the other, by a clock of its own. */
final class SimulatedTime {

  static final long MILLI = 1_000_000L;
  static final long SECOND = 1_000 * MILLI;

  private record Event(long at, long number, Runnable what) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return at == other.at ? Long.compare(number, other.number) : Long.compare(at, other.at);
    }
  }

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long now;
  private long number;

  /** Seeds that follow each other begin alike if they are not stirred. */
  static Random random(long seed) {
    return new Random(new SplittableRandom(seed).nextLong());
  }

  long now() {
    return now;
  }

  void after(long nanos, Runnable what) {
    events.add(new Event(now + nanos, number++, what));
  }

  void runUntil(long end) {
    while (!events.isEmpty() && events.peek().at() <= end) {
      Event next = events.remove();
      now = next.at();
      next.what().run();
    }
    now = end;
  }
}
