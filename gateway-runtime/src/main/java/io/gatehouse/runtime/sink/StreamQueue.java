package io.gatehouse.runtime.sink;

import io.gatehouse.model.aws.DeliveryStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lines on their way to one stream, in order. Used by one thread. */
final class StreamQueue {

  /** What the vendor takes at once. */
  private static final int MOST_LINES = 500;

  /**
   * A line.
   *
   * @param number in the sink's place on disk
   * @param since when it came here, by the node's monotonic clock
   */
  record Line(long number, byte[] bytes, long since) {}

  private final DeliveryStream stream;
  private final Deque<Line> waiting = new ArrayDeque<>();
  private List<Line> sending = List.of();
  private long bytes;
  private int failures;
  private long restsUntil;

  StreamQueue(DeliveryStream stream) {
    this.stream = stream;
  }

  DeliveryStream stream() {
    return stream;
  }

  /** Of all its lines. */
  long bytes() {
    return bytes;
  }

  int lines() {
    return waiting.size() + sending.size();
  }

  boolean isEmpty() {
    return waiting.isEmpty() && sending.isEmpty();
  }

  boolean isSending() {
    return !sending.isEmpty();
  }

  /** Whether its last call failed. */
  boolean isFailing() {
    return failures > 0;
  }

  /** The number of its oldest line. */
  long first() {
    return sending.isEmpty() ? waiting.getFirst().number() : sending.getFirst().number();
  }

  void add(Line line) {
    waiting.add(line);
    bytes += line.bytes().length;
  }

  /**
   * Whether it has lines to be sent now.
   *
   * @param linger how long a line waits for others to go with it
   */
  boolean isDue(long nanos, long linger) {
    return sending.isEmpty()
        && !waiting.isEmpty()
        && (failures > 0
            ? nanos - restsUntil >= 0
            : waiting.size() >= MOST_LINES || nanos - waiting.getFirst().since() >= linger);
  }

  /** Takes as many of the oldest as may go at once. */
  List<byte[]> begin() {
    List<Line> taken = new ArrayList<>();
    long length = 1_000;
    while (taken.size() < MOST_LINES && !waiting.isEmpty()) {
      length += PutRecordBatch.length(waiting.getFirst().bytes().length);
      if (!taken.isEmpty() && length > PutRecordBatch.MOST_BYTES) {
        break;
      }
      taken.add(waiting.removeFirst());
    }
    sending = taken;
    return taken.stream().map(Line::bytes).toList();
  }

  /**
   * Some of what was sent has arrived.
   *
   * @param refused indexes of what has not: that alone is sent again
   * @return how many have arrived
   */
  int arrived(List<Integer> refused) {
    List<Line> again = refused.stream().map(sending::get).toList();
    int arrived = sending.size() - again.size();
    bytes -= length(sending) - length(again);
    putBack(again);
    if (refused.isEmpty()) {
      failures = 0;
    }
    return arrived;
  }

  private static long length(List<Line> lines) {
    return lines.stream().mapToLong(line -> line.bytes().length).sum();
  }

  /** Nothing of it has arrived. */
  void failed() {
    putBack(sending);
  }

  private void putBack(List<Line> lines) {
    lines.reversed().forEach(waiting::addFirst);
    sending = List.of();
  }

  /** Is tried again at that time, after so many failures in a row. */
  void rest(Backoff backoff, long nanos) {
    failures++;
    restsUntil = nanos + backoff.nanos(failures);
  }

  /**
   * Gives up lines that came before a time.
   *
   * @return how many
   */
  int expire(long before) {
    int gone = 0;
    while (!waiting.isEmpty() && waiting.getFirst().since() - before < 0) {
      bytes -= waiting.removeFirst().bytes().length;
      gone++;
    }
    return gone;
  }
}
