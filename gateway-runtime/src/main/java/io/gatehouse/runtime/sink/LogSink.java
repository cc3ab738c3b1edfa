package io.gatehouse.runtime.sink;

import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes records from its place on disk to a receiver, in order and each at least once. While the
 * receiver is down they wait there; beyond the place new ones are dropped and counted.
 */
final class LogSink {

  private static final Logger LOG = LoggerFactory.getLogger(LogSink.class);
  private static final int BYTES_AT_ONCE = 1 << 20;
  private static final long IDLE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long INTERRUPTED_MILLIS = 2_000;

  private final String name;
  private final Spool spool;
  private final SinkPosition position;
  private final Receiver receiver;
  private final Backoff backoff;
  private final InstantSource clock;
  private final LongAdder sent = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final Thread sender;
  private int failures; // in a row, of the sender alone
  private final CountDownLatch ending = new CountDownLatch(1);
  private volatile boolean closing;
  private volatile String failing = "";
  private volatile String lastFailure = "";
  private volatile long lastFailureAt;

  /**
   * @param spool for this sink alone
   */
  LogSink(
      String name,
      Spool spool,
      SinkPosition position,
      Receiver receiver,
      Backoff backoff,
      InstantSource clock) {
    this.name = name;
    this.spool = spool;
    this.position = position;
    this.receiver = receiver;
    this.backoff = backoff;
    this.clock = clock;
    this.sender = Thread.ofPlatform().name("sink-" + name).daemon().start(this::run);
  }

  /** Never waits; false where the record was dropped. */
  boolean offer(byte[] record) {
    return spool.offer(record);
  }

  SinkStatus status() {
    return new SinkStatus(
        name,
        sent.sum(),
        spool.dropped() + refused.sum(),
        spool.waiting(position.number()),
        spool.bytes(),
        failing,
        lastFailure,
        lastFailureAt);
  }

  private void run() {
    try {
      while (!Thread.interrupted()) {
        Spool.Batch batch = next();
        if (batch.records().isEmpty()) {
          if (closing) {
            return;
          }
          LockSupport.parkNanos(IDLE_NANOS);
        } else if (!isSent(batch.first(), batch.records())) {
          if (closing) {
            return; // the next process sends them
          }
          ending.await(backoff.nanos(failures), TimeUnit.NANOSECONDS);
        }
      }
    } catch (InterruptedException stopped) {
      // what was not sent is on disk
    } finally {
      receiver.close();
    }
  }

  private Spool.Batch next() {
    try {
      return spool.read(position.number(), BYTES_AT_ONCE);
    } catch (IOException e) {
      failed(DeliveryFailure.ofReceiver("Disk", e));
      return new Spool.Batch("", 0, List.of());
    }
  }

  /** Halves what is refused for a record's sake, until the record that it is about is alone. */
  private boolean isSent(long first, List<byte[]> records) throws InterruptedException {
    try {
      take(records);
      return arrived(first + records.size() - 1, records.size());
    } catch (DeliveryFailure e) {
      failed(e);
      if (!e.isOfRecords()) {
        return false;
      }
      int half = records.size() / 2;
      if (half > 0) {
        return isSent(first, records.subList(0, half))
            && isSent(first + half, records.subList(half, records.size()));
      }
      refused.increment();
      return arrived(first, 0);
    }
  }

  private void take(List<byte[]> records) throws DeliveryFailure, InterruptedException {
    try {
      receiver.take(records.stream().map(SinkRecord::read).toList());
    } catch (RuntimeException unreadable) {
      throw DeliveryFailure.ofRecords("Unreadable", unreadable); // as of another version
    }
  }

  /** All up to a number have, the last so many just now. */
  private boolean arrived(long number, int records) {
    failures = 0;
    failing = "";
    try {
      position.move(number);
      sent.add(records);
      return true;
    } catch (IOException e) {
      failed(DeliveryFailure.ofReceiver("Disk", e));
      return false;
    }
  }

  private void failed(DeliveryFailure e) {
    if (failures == 0) {
      LOG.warn("sink {} does not take records: {}", name, e.getMessage());
    }
    failures++;
    failing = e.code();
    lastFailure = e.getMessage();
    lastFailureAt = clock.millis();
  }

  /** Takes no new records and begins to send what is left. */
  void beginClose() {
    spool.close();
    closing = true;
    ending.countDown();
    LockSupport.unpark(sender);
  }

  /**
   * What is not sent by then stays on disk.
   *
   * @param millis to wait at most
   */
  void endClose(long millis) throws InterruptedException {
    if (millis > 0) {
      sender.join(millis);
    }
    sender.interrupt();
    sender.join(INTERRUPTED_MILLIS);
  }
}
