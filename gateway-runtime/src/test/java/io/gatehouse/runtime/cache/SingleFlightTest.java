package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.exchange.CacheResult;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many callers who want the same at once. */
class SingleFlightTest {

  private static final int CALLERS = 300;
  private static final String PATH = "/_aws/execute-api/one/dev/pets";

  private final AtomicInteger under = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final CountDownLatch all = new CountDownLatch(1);
  private CountingBackend backend;
  private Door door;

  @BeforeEach
  void open() throws Exception {
    backend = new CountingBackend();
    door = new Door(backend.egress(), 1000);
    door.serve(api("one").proxy("GET", "/pets", backend.url() + "/pets").snapshot(1));
  }

  @AfterEach
  void close() throws Exception {
    all.countDown();
    door.close();
    backend.close();
  }

  /** The first call answers when all callers have come. */
  private interface Answering {
    void to(int call, OutputStream out, Socket socket) throws Exception;
  }

  private List<String> allAtOnce(Answering answering) throws Exception {
    backend.raw.script(
        (head, out, socket) -> {
          int call = backend.calls.incrementAndGet();
          most.accumulateAndGet(under.incrementAndGet(), Math::max);
          all.await();
          under.decrementAndGet();
          answering.to(call, out, socket);
        });
    List<String> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> asked = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        asked.add(callers.submit(() -> door.get(PATH)));
      }
      until(CALLERS);
      all.countDown();
      for (Future<String> one : asked) {
        answers.add(one.get(60, TimeUnit.SECONDS));
      }
    }
    return answers;
  }

  private void until(int inFlight) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (door.inFlight.count() < inFlight) {
      assertTrue(System.nanoTime() < end, door.inFlight.count() + " have come");
      Thread.onSpinWait();
    }
  }

  @Test
  void hundredsOfCallersMakeOneCall() throws Exception {
    List<String> answers =
        allAtOnce((call, out, socket) -> out.write(CountingBackend.answer("answer " + call)));

    assertEquals(1, backend.calls.get());
    assertEquals(List.of("answer 1"), answers.stream().map(CachedApi::body).distinct().toList());
    assertEquals(CALLERS - 1, answers.stream().filter(a -> result(a).equals("hit")).count());
  }

  @Test
  void whatIsNotForOthersEachFetchesForItself() throws Exception {
    List<String> answers =
        allAtOnce(
            (call, out, socket) ->
                out.write(
                    CountingBackend.answer(
                        "200 OK", "Set-Cookie: id=" + call + "\r\n", "answer " + call)));

    assertEquals(CALLERS, backend.calls.get());
    assertEquals(CALLERS, answers.stream().map(CachedApi::body).distinct().count());
  }

  @Test
  void aBackendThatCannotBeAskedIsNotAskedByEachOfThem() throws Exception {
    List<String> answers = allAtOnce((call, out, socket) -> socket.close());

    assertEquals(List.of("504"), answers.stream().map(a -> a.substring(9, 12)).distinct().toList());
    assertTrue(backend.calls.get() <= 2, backend.calls.get() + " calls, with the one repetition");
    assertEquals(1, most.get());
  }

  @Test
  void whenTheFirstGoesAwayAnotherFetchesItForAll() throws Exception {
    backend.raw.script(
        (head, out, socket) -> {
          if (backend.calls.incrementAndGet() == 1) {
            all.await();
          }
          out.write(CountingBackend.answer("answer " + backend.calls.get()));
        });
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
        Socket first = new Socket("127.0.0.1", door.port)) {
      first
          .getOutputStream()
          .write(("GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      backend.raw.next();
      List<Future<String>> others = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        others.add(callers.submit(() -> door.get(PATH)));
      }
      until(21);

      first.close();

      for (Future<String> one : others) {
        assertEquals("answer 2", body(one.get(30, TimeUnit.SECONDS)));
      }
      assertEquals(2, backend.calls.get());
    }
  }

  @Test
  void aStreamWhoseCallerIsSlowHoldsUpNobodyForLong() throws Exception {
    String piece = "x".repeat(60_000);
    String chunk = Integer.toHexString(piece.length()) + "\r\n" + piece + "\r\n";
    backend.raw.script(
        (head, out, socket) -> {
          backend.calls.incrementAndGet();
          out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes());
          for (int i = 0; i < 400; i++) {
            out.write(chunk.getBytes()); // 24 MB: more than buffers take
          }
          out.write("0\r\n\r\n".getBytes());
        });
    try (Socket slow = new Socket()) {
      slow.setReceiveBufferSize(4096);
      slow.connect(new java.net.InetSocketAddress("127.0.0.1", door.port));
      slow.getOutputStream()
          .write(("GET " + PATH + " HTTP/1.1\r\nHost: x\r\n\r\n").getBytes(StandardCharsets.UTF_8));
      backend.raw.next();

      String other = door.get(PATH);

      assertEquals("miss", result(other));
      assertTrue(other.length() > 24_000_000);
    }
  }

  @Test
  void anAnswerIsFetchedAnewByOneWhileOthersStillGetTheOldOne() throws Exception {
    backend.raw.script(
        (head, out, socket) -> {
          backend.calls.incrementAndGet();
          door.ahead.addAndGet(TimeUnit.SECONDS.toNanos(2)); // which it takes
          out.write(CountingBackend.answer("answer " + backend.calls.get()));
        });
    assertEquals("answer 1", body(door.get(PATH)));
    // Drawn so, an answer is fetched anew five times as long before its end as the backend takes.
    door.draw = Math.exp(-5);
    door.clockAhead.set(294_000);

    assertEquals("answer 2", body(door.get(PATH)));
    door.draw = 1;
    assertEquals("hit", result(door.get(PATH)));
    // An exchange may end after the one that began when its answer had arrived.
    List<CacheResult> results = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      results.add(door.exchange().cacheResult());
    }
    assertEquals(
        List.of(CacheResult.HIT, CacheResult.MISS, CacheResult.MISS),
        results.stream().sorted().toList());
  }
}
