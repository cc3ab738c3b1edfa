package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogSinkTest {

  @TempDir private Path folder;
  private final List<String> arrived = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean down;
  private volatile Predicate<String> refusing = id -> false;

  /** Takes what it may. */
  private final class Scripted implements Receiver {
    private volatile boolean closed;

    @Override
    public void take(List<SinkRecord> records) throws DeliveryFailure {
      if (down) {
        throw DeliveryFailure.ofReceiver("Down", "it is down");
      }
      if (records.stream().map(SinkSamples::id).anyMatch(refusing)) {
        throw DeliveryFailure.ofRecords("Bad", new IllegalStateException("a bad one"));
      }
      records.forEach(record -> arrived.add(SinkSamples.id(record)));
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Scripted receiver = new Scripted();

  private LogSink open(Receiver into, long mostBytes) throws IOException {
    return new LogSink(
        "test",
        new Spool(folder, mostBytes, () -> "id"),
        new SinkPosition(folder),
        into,
        new Backoff(() -> 0),
        InstantSource.system());
  }

  private static void close(LogSink sink, long millis) throws InterruptedException {
    sink.beginClose();
    sink.endClose(millis);
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "r" + i).toList();
  }

  private static void offer(LogSink sink, List<String> ids) {
    ids.forEach(id -> assertTrue(sink.offer(SinkSamples.written(id))));
  }

  @Test
  void recordsArriveInOrderAndOnce() throws Exception {
    LogSink sink = open(receiver, 8 << 20);
    offer(sink, ids(0, 500));
    SinkSamples.await("500 sent", () -> sink.status().sent() == 500);
    assertEquals(ids(0, 500), arrived);
    assertEquals(0, sink.status().waiting());
    assertEquals("", sink.status().failing());
    close(sink, 10_000);
    assertTrue(receiver.closed);

    LogSink later = open(receiver, 8 << 20);
    offer(later, ids(500, 510));
    close(later, 10_000);
    assertEquals(ids(0, 510), arrived);
  }

  @Test
  void aReceiverThatIsDownLosesNothing() throws Exception {
    down = true;
    LogSink sink = open(receiver, 8 << 20);
    offer(sink, ids(0, 50));
    SinkSamples.await("failing", () -> sink.status().failing().equals("Down"));
    assertEquals("it is down", sink.status().lastFailure());
    SinkSamples.await("all on disk", () -> sink.status().waiting() == 50);
    down = false;
    SinkSamples.await("all sent", () -> sink.status().sent() == 50);
    assertEquals(ids(0, 50), arrived);
    assertEquals("", sink.status().failing());
    assertEquals(0, sink.status().dropped());
    close(sink, 10_000);
  }

  @Test
  void aRecordThatCannotBeReadIsDroppedAloneAndHoldsUpNothing() throws Exception {
    down = true;
    LogSink sink = open(receiver, 8 << 20);
    offer(sink, ids(0, 5));
    sink.offer(new byte[] {1, 9});
    offer(sink, ids(5, 10));
    SinkSamples.await("all on disk", () -> sink.status().waiting() == 11);
    down = false;
    SinkSamples.await("the others sent", () -> sink.status().sent() == 10);
    assertEquals(ids(0, 10), arrived);
    assertEquals(1, sink.status().dropped());
    close(sink, 10_000);
  }

  @Test
  void whatIsNotSentWhenItClosesTheNextProcessSends() throws Exception {
    down = true;
    LogSink sink = open(receiver, 8 << 20);
    offer(sink, ids(0, 50));
    close(sink, 10_000);
    assertTrue(arrived.isEmpty());
    down = false;
    LogSink next = open(receiver, 8 << 20);
    SinkSamples.await("all sent", () -> next.status().sent() == 50);
    assertEquals(ids(0, 50), arrived);
    close(next, 10_000);
  }

  @Test
  void aReceiverThatHangsIsLeftWhenItCloses() throws Exception {
    CountDownLatch hangs = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    LogSink sink =
        open(
            new Receiver() {
              @Override
              public void take(List<SinkRecord> records) throws InterruptedException {
                hangs.countDown();
                never.await();
              }

              @Override
              public void close() {
                never.countDown();
              }
            },
            8 << 20);
    offer(sink, ids(0, 5));
    hangs.await();
    close(sink, 1);
    LogSink next = open(receiver, 8 << 20);
    SinkSamples.await("all sent", () -> next.status().sent() == 5);
    close(next, 10_000);
  }

  @Test
  void aRecordThatNobodyTakesIsDroppedAndCountedAndHoldsUpNoOther() throws Exception {
    refusing = id -> id.equals("r7") || id.equals("r23");
    down = true;
    LogSink sink = open(receiver, 8 << 20);
    offer(sink, ids(0, 50));
    sink.offer(new byte[] {0, 1, 'k', 0, 0, '{'}); // as of another version
    SinkSamples.await("all on disk", () -> sink.status().waiting() == 51);
    down = false;
    SinkSamples.await("all gone", () -> sink.status().waiting() == 0);
    List<String> all = new ArrayList<>(ids(0, 50));
    all.removeAll(List.of("r7", "r23"));
    assertEquals(all, arrived);
    assertEquals(3, sink.status().dropped());
    assertEquals(48, sink.status().sent());
    close(sink, 10_000);
  }

  @Test
  void beyondItsPlaceNewRecordsAreDroppedAndNobodyWaits() throws Exception {
    down = true;
    LogSink sink = open(receiver, 64 << 10);
    int taken = 0;
    for (String id : ids(0, 1_000)) {
      taken += sink.offer(SinkSamples.written(id)) ? 1 : 0;
    }
    assertTrue(taken > 10 && taken < 200, taken + " taken");
    assertEquals(1_000 - taken, sink.status().dropped());
    down = false;
    long sent = taken;
    SinkSamples.await("the others sent", () -> sink.status().sent() == sent);
    assertFalse(arrived.contains("r999"));
    close(sink, 10_000);
  }
}
