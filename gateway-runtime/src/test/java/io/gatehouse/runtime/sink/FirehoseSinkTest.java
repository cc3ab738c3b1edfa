package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.aws.DeliveryStream;
import io.gatehouse.runtime.sink.FirehoseCalls.Failed;
import io.gatehouse.runtime.sink.FirehoseCalls.Outcome;
import io.gatehouse.runtime.sink.FirehoseCalls.Put;
import io.gatehouse.runtime.spool.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirehoseSinkTest {

  private static final String OTHER = "210987654321";

  @TempDir private Path folder;
  private final Streams streams = new Streams();
  private final AtomicLong ahead = new AtomicLong();

  /** Streams that take, refuse a part, fail or say nothing. */
  private static final class Streams implements FirehoseCalls {
    private final Map<String, List<String>> taken = new ConcurrentHashMap<>();
    private final List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> failing = ConcurrentHashMap.newKeySet();
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> halfRefusing = ConcurrentHashMap.newKeySet();
    private final Set<String> calls = ConcurrentHashMap.newKeySet();

    @Override
    public void put(DeliveryStream stream, List<byte[]> lines, Consumer<Outcome> then) {
      String name = stream.account() + "/" + stream.name();
      calls.add(name);
      if (silent.contains(name)) {
        return;
      }
      if (failing.contains(name)) {
        then.accept(new Failed("ResourceNotFoundException", "it answered 400"));
        return;
      }
      sizes.add(lines.size());
      List<Integer> refused = new ArrayList<>();
      boolean half = halfRefusing.remove(name);
      for (int i = 0; i < lines.size(); i++) {
        if (half && i % 2 == 1) {
          refused.add(i);
        } else {
          taken(name).add(SinkSamples.text(lines.get(i)));
        }
      }
      then.accept(new Put(refused, refused.isEmpty() ? "" : "ServiceUnavailableException"));
    }

    List<String> taken(String name) {
      return taken.computeIfAbsent(name, n -> Collections.synchronizedList(new ArrayList<>()));
    }
  }

  private static DeliveryStream stream(String account, String name) {
    return new DeliveryStream("eu-west-1", account, "amazon-apigateway-" + name);
  }

  private static String name(String account, String name) {
    return account + "/amazon-apigateway-" + name;
  }

  private FirehoseSink open(long memory) throws IOException {
    return new FirehoseSink(
        new FirehoseSink.Parts(
            new Spool(folder, 64 << 20, () -> "id"),
            new SinkPosition(folder),
            streams,
            new Backoff(() -> 0),
            memory,
            InstantSource.system(),
            () -> System.nanoTime() + ahead.get()));
  }

  private static void close(FirehoseSink sink) throws InterruptedException {
    sink.beginClose();
    sink.endClose(20_000);
  }

  private static void offer(FirehoseSink sink, DeliveryStream to, int from, int end) {
    for (int i = from; i < end; i++) {
      sink.offer(SinkSamples.logged("r" + i, "prod", null, to));
    }
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "line of r" + i + "\n").toList();
  }

  @Test
  void linesOfAStreamArriveInOrderAndOnceAtMost500AtOnce() throws Exception {
    FirehoseSink sink = open(8 << 20);
    offer(sink, stream(SinkSamples.ACCOUNT, "a"), 0, 2_000);
    SinkSamples.await("all sent", () -> sink.status().sent() == 2_000);
    assertEquals(lines(0, 2_000), streams.taken(name(SinkSamples.ACCOUNT, "a")));
    assertTrue(streams.sizes.stream().allMatch(size -> size <= 500), streams.sizes.toString());
    SinkSamples.await("none waits", () -> sink.status().waiting() == 0);
    close(sink);
    FirehoseSink later = open(8 << 20);
    close(later);
    assertEquals(2_000, streams.taken(name(SinkSamples.ACCOUNT, "a")).size());
  }

  @Test
  void whatAStreamRefusesOfACallIsSentAgainAlone() throws Exception {
    streams.halfRefusing.add(name(SinkSamples.ACCOUNT, "a"));
    FirehoseSink sink = open(8 << 20);
    offer(sink, stream(SinkSamples.ACCOUNT, "a"), 0, 20);
    SinkSamples.await("all sent", () -> sink.status().sent() == 20);
    List<String> taken = streams.taken(name(SinkSamples.ACCOUNT, "a"));
    assertEquals(20, taken.size());
    assertEquals(new HashSet<>(lines(0, 20)), new HashSet<>(taken));
    assertEquals(0, sink.status().dropped());
    assertTrue(sink.status().lastFailure().contains("ServiceUnavailableException"));
    assertEquals("", sink.status().failing());
    close(sink);
  }

  @Test
  void aStreamThatFailsOrSaysNothingHoldsUpNoOther() throws Exception {
    streams.failing.add(name(OTHER, "broken"));
    streams.silent.add(name(OTHER, "silent"));
    FirehoseSink sink = open(64 << 10);
    offer(sink, stream(OTHER, "broken"), 0, 10_000); // more than there is memory for
    offer(sink, stream(OTHER, "silent"), 0, 5);
    SinkSamples.await("broken", () -> sink.status().failing().equals("ResourceNotFoundException"));
    for (int i = 0; i < 20; i++) {
      offer(sink, stream(SinkSamples.ACCOUNT, "a"), i * 100, i * 100 + 100);
      long expected = 100 * (i + 1);
      SinkSamples.await("sent", () -> sink.status().sent() == expected);
    }
    assertEquals(lines(0, 2_000), streams.taken(name(SinkSamples.ACCOUNT, "a")));
    assertTrue(sink.droppedByAccount().get(OTHER) > 5_000, sink.droppedByAccount().toString());
    assertEquals(Set.of(OTHER), sink.droppedByAccount().keySet());
    sink.beginClose();
    sink.endClose(1);
  }

  @Test
  void aStreamThatFailsForLongLosesItsLinesCountedForItsAccount() throws Exception {
    String broken = name(OTHER, "broken");
    streams.failing.add(broken);
    FirehoseSink sink = open(8 << 20);
    offer(sink, stream(OTHER, "broken"), 0, 700);
    SinkSamples.await("failing", () -> !sink.status().failing().isEmpty());
    assertEquals(0, sink.status().dropped());
    ahead.set(TimeUnit.MINUTES.toNanos(6));
    SinkSamples.await("given up", () -> sink.status().dropped() == 700);
    assertEquals(Map.of(OTHER, 700L), sink.droppedByAccount());
    SinkSamples.await("none waits", () -> sink.status().waiting() == 0);
    assertEquals("", sink.status().failing());

    streams.failing.remove(broken);
    offer(sink, stream(OTHER, "broken"), 700, 710);
    SinkSamples.await("tried anew", () -> sink.status().sent() == 10);
    assertEquals(lines(700, 710), streams.taken(broken));
    close(sink);
  }

  @Test
  void whatAStreamDidNotTakeBeforeTheEndTheNextProcessSends() throws Exception {
    streams.failing.add(name(OTHER, "broken"));
    FirehoseSink sink = open(8 << 20);
    offer(sink, stream(OTHER, "broken"), 0, 50);
    offer(sink, stream(SinkSamples.ACCOUNT, "a"), 0, 50);
    close(sink);
    assertEquals(lines(0, 50), streams.taken(name(SinkSamples.ACCOUNT, "a")));
    streams.failing.clear();
    FirehoseSink next = open(8 << 20);
    SinkSamples.await("sent", () -> next.status().waiting() == 0);
    assertEquals(lines(0, 50), streams.taken(name(OTHER, "broken")));
    close(next);
  }

  @Test
  void veryManyBrokenStreamsLeaveRoomForOneThatIsNot() throws Exception {
    FirehoseSink sink = open(500);
    for (int i = 0; i < 30; i++) {
      streams.failing.add(name(OTHER, "b" + i));
      offer(sink, stream(OTHER, "b" + i), 0, 3);
    }
    offer(sink, stream(SinkSamples.ACCOUNT, "a"), 0, 3);
    SinkSamples.await("sent", () -> sink.status().sent() == 3);
    assertTrue(sink.droppedByAccount().containsKey(OTHER));
    sink.beginClose();
    sink.endClose(1);
  }

  @Test
  void aRequestWithoutAStreamOrALineIsNone() throws Exception {
    FirehoseSink sink = open(8 << 20);
    sink.offer(SinkSamples.logged("r1", "prod", null, null));
    close(sink);
    assertEquals(Set.of(), streams.calls);
  }
}
