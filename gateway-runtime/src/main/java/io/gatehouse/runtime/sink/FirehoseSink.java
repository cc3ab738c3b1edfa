package io.gatehouse.runtime.sink;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.runtime.log.Logged;
import io.gatehouse.runtime.sink.StreamQueue.Line;
import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes lines of access logs from a place on disk to the streams that tenants have named. A stream
 * that fails is tried again for some minutes, then its lines are dropped and counted; meanwhile it
 * holds no more memory than is free, and never up the others.
 */
final class FirehoseSink {

  static final String NAME = "firehose";

  private static final Logger LOG = LoggerFactory.getLogger(FirehoseSink.class);
  private static final int BYTES_AT_ONCE = 1 << 20;
  private static final long LINGER_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TURN_MILLIS = 50;
  private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(5);
  private static final long INTERRUPTED_MILLIS = 2_000;

  /** Calls at once, and those of them that may be for streams that fail. */
  private static final int MOST_CALLS = 64;

  private static final int MOST_CALLS_OF_FAILING = 16;

  /** Accounts beyond these are counted together. */
  private static final int MOST_ACCOUNTS = 10_000;

  /**
   * What it works with.
   *
   * @param mostBytes of lines in memory
   */
  record Parts(
      Spool spool,
      SinkPosition position,
      FirehoseCalls calls,
      Backoff backoff,
      long mostBytes,
      InstantSource clock,
      LongSupplier nanos) {}

  private final Parts parts;
  private final Map<DeliveryStream, StreamQueue> streams = new LinkedHashMap<>();
  private final Deque<Unplaced> unplaced = new ArrayDeque<>();
  private final BlockingQueue<Runnable> outcomes = new LinkedBlockingQueue<>();
  private final AtomicInteger failingStreams = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder dropped = new LongAdder();
  private final Map<String, LongAdder> droppedByAccount = new ConcurrentHashMap<>();
  private final Thread thread;
  private long readUpTo;
  private long bytes;
  private int calls;
  private int callsOfFailing;
  private volatile boolean closing;
  private volatile String lastCode = "";
  private volatile String lastFailure = "";
  private volatile long lastFailureAt;

  /** Read from disk and not in a queue yet. */
  private record Unplaced(long number, StreamLine line) {}

  FirehoseSink(Parts parts) {
    this.parts = parts;
    this.readUpTo = parts.position().number();
    this.thread = Thread.ofPlatform().name("sink-" + NAME).daemon().start(this::run);
  }

  /** Never waits. */
  void offer(Logged logged) {
    DeliveryStream stream = logged.stream();
    String line = logged.record().access();
    if (stream != null && line != null && !parts.spool().offer(StreamLine.write(stream, line))) {
      countDropped(stream.account(), 1);
    }
  }

  SinkStatus status() {
    return new SinkStatus(
        NAME,
        sent.sum(),
        dropped.sum(),
        parts.spool().waiting(parts.position().number()),
        parts.spool().bytes(),
        failingStreams.get() > 0 ? lastCode : "",
        lastFailure,
        lastFailureAt);
  }

  /** Lines by account, of those that had any dropped. */
  Map<String, Long> droppedByAccount() {
    Map<String, Long> all = new HashMap<>();
    droppedByAccount.forEach((account, lines) -> all.put(account, lines.sum()));
    return all;
  }

  private void run() {
    try {
      while (!isDone()) {
        Runnable outcome = outcomes.poll(TURN_MILLIS, TimeUnit.MILLISECONDS);
        while (outcome != null) {
          outcome.run();
          outcome = outcomes.poll();
        }
        fetch();
        begin();
        keepPosition();
      }
    } catch (InterruptedException stopped) {
      keepPosition();
    }
  }

  /** A stream that fails is not waited for. */
  private boolean isDone() {
    return closing
        && unplaced.isEmpty()
        && parts.spool().waiting(readUpTo) == 0
        && streams.values().stream().allMatch(one -> one.isFailing() && !one.isSending());
  }

  private void fetch() {
    try {
      boolean placed = place();
      while (placed) {
        Spool.Batch batch = parts.spool().readAfter(readUpTo, BYTES_AT_ONCE);
        if (batch.records().isEmpty()) {
          return;
        }
        long number = batch.first();
        for (byte[] record : batch.records()) {
          unplaced.add(new Unplaced(number++, StreamLine.read(record)));
        }
        readUpTo = number - 1;
        placed = place();
      }
    } catch (IOException e) {
      failed("Disk", e.toString());
    }
  }

  /**
   * Puts what was read into queues. A queue may have as many bytes as are free: one that does not
   * empty leaves room for any other.
   *
   * @return whether all have a place; else a stream that does not fail is waited for
   */
  private boolean place() {
    while (!unplaced.isEmpty()) {
      StreamLine line = unplaced.getFirst().line();
      StreamQueue queue = streams.computeIfAbsent(line.stream(), StreamQueue::new);
      int length = line.line().length;
      if (queue.bytes() + length <= parts.mostBytes() - bytes) {
        queue.add(new Line(unplaced.getFirst().number(), line.line(), parts.nanos().getAsLong()));
        bytes += length;
      } else if (queue.isFailing()) {
        countDropped(line.stream().account(), 1);
      } else if (queue.isEmpty() && isRoomMade()) {
        continue;
      } else {
        return false;
      }
      unplaced.removeFirst();
    }
    return true;
  }

  /** Where very many streams fail at once, the one that holds most gives up its lines. */
  private boolean isRoomMade() {
    Optional<StreamQueue> largest =
        streams.values().stream()
            .filter(one -> one.isFailing() && !one.isSending())
            .max(Comparator.comparingLong(StreamQueue::bytes));
    largest.ifPresent(
        queue -> {
          bytes -= queue.bytes();
          countDropped(queue.stream().account(), queue.lines());
          streams.remove(queue.stream());
        });
    return largest.isPresent();
  }

  private void begin() {
    long nanos = parts.nanos().getAsLong();
    for (StreamQueue queue : List.copyOf(streams.values())) {
      boolean may =
          calls < MOST_CALLS && (!queue.isFailing() || callsOfFailing < MOST_CALLS_OF_FAILING);
      if (may
          && !(closing && queue.isFailing())
          && queue.isDue(nanos, closing ? 0 : LINGER_NANOS)) {
        // Whoever had a turn has the next one last.
        streams.remove(queue.stream());
        streams.put(queue.stream(), queue);
        call(queue);
      }
    }
  }

  private void call(StreamQueue queue) {
    boolean failing = queue.isFailing();
    calls++;
    callsOfFailing += failing ? 1 : 0;
    parts
        .calls()
        .put(
            queue.stream(),
            queue.begin(),
            outcome -> outcomes.add(() -> over(queue, failing, outcome)));
  }

  private void over(StreamQueue queue, boolean wasFailing, FirehoseCalls.Outcome outcome) {
    calls--;
    callsOfFailing -= wasFailing ? 1 : 0;
    long before = queue.bytes();
    int arrived = 0;
    switch (outcome) {
      case FirehoseCalls.Put put -> {
        arrived = queue.arrived(put.refused());
        if (!put.refused().isEmpty()) {
          failed(put.code(), put.refused().size() + " lines were refused: " + put.code());
          rest(queue);
        }
      }
      case FirehoseCalls.Failed failed -> {
        queue.failed();
        failed(failed.code(), queue.stream().name() + ": " + failed.detail());
        rest(queue);
      }
    }
    bytes -= before - queue.bytes();
    if (queue.isEmpty()) {
      streams.remove(queue.stream());
    }
    failingStreams.set((int) streams.values().stream().filter(StreamQueue::isFailing).count());
    sent.add(arrived);
  }

  private void rest(StreamQueue queue) {
    long nanos = parts.nanos().getAsLong();
    queue.rest(parts.backoff(), nanos);
    int gone = queue.expire(nanos - GIVE_UP_NANOS);
    if (gone > 0) {
      countDropped(queue.stream().account(), gone);
    }
  }

  private void failed(String code, String detail) {
    lastCode = code;
    lastFailure = detail.length() > 300 ? detail.substring(0, 300) : detail;
    lastFailureAt = parts.clock().millis();
  }

  private void countDropped(String account, int lines) {
    boolean known =
        droppedByAccount.containsKey(account) || droppedByAccount.size() < MOST_ACCOUNTS;
    droppedByAccount.computeIfAbsent(known ? account : "others", a -> new LongAdder()).add(lines);
    dropped.add(lines);
  }

  /** What is before the oldest line that is still on its way never comes again. */
  private void keepPosition() {
    long oldest = unplaced.isEmpty() ? readUpTo + 1 : unplaced.getFirst().number();
    for (StreamQueue queue : streams.values()) {
      if (!queue.isEmpty()) {
        oldest = Math.min(oldest, queue.first());
      }
    }
    try {
      if (oldest - 1 > parts.position().number()) {
        parts.position().move(oldest - 1);
        parts.spool().forget(oldest - 1);
      }
    } catch (IOException e) {
      LOG.warn("lines may be sent to streams twice after a restart: {}", e.toString());
    }
  }

  /** Takes no new lines and begins to send what is left. */
  void beginClose() {
    parts.spool().close();
    closing = true;
  }

  /**
   * What is not sent by then stays on disk.
   *
   * @param millis to wait at most
   */
  void endClose(long millis) throws InterruptedException {
    if (millis > 0) {
      thread.join(millis);
    }
    thread.interrupt();
    thread.join(INTERRUPTED_MILLIS);
  }
}
