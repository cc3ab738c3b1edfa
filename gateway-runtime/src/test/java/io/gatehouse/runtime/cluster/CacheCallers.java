package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.cluster.TellingBackend.Told;
import io.gatehouse.runtime.door.SignedCall;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * Callers who go from node to node with requests of all kinds, each at its pace, and look whether
 * the answer is to their request, for them, and no older than it may be.
 */
final class CacheCallers implements AutoCloseable {

  static final int CALLERS = 12;

  private static final long EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(40);
  private static final int ONE_ANEW_OF = 20;
  private static final int ANSWER_MILLIS = 10_000;
  private static final int PATIENCE_SECONDS = 60;
  private static final int MOST_FAULTS = 20;

  /**
   * A request.
   *
   * @param target of the backend, which the answer is to name
   * @param who whom the answer is to be for
   * @param head without its end
   */
  private record Ask(String apiId, String target, String who, String head) {}

  /** From now on a node's answers to some requests are of this epoch or a later one. */
  private record Floor(int node, String apiId, Predicate<String> target, long epoch) {}

  private final WholeNodes nodes;
  private final TellingBackend backend;
  private final List<Ask> asks = new ArrayList<>();
  private final List<Floor> floors = new CopyOnWriteArrayList<>();
  private final Set<Integer> down = ConcurrentHashMap.newKeySet();
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();
  private final AtomicLong answers = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();
  private final AtomicLong broken = new AtomicLong();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  CacheCallers(WholeNodes nodes, TellingBackend backend) throws IOException {
    this.nodes = nodes;
    this.backend = backend;
    for (int id = 0; id < 10; id++) {
      for (int v = 0; v < 3; v++) {
        String target = TellingBackend.OPEN + id + "?v=" + v;
        ask(CachedApis.OPEN, target, TellingBackend.NOBODY, "Cookie: id=" + v);
      }
    }
    for (int id = 0; id < 5; id++) {
      for (String key : CachedApis.KEYS) {
        ask(CachedApis.OWN, "/mine/" + id, key, "x-api-key: " + key);
      }
      for (String cookie : List.of("id=1", "id=2", "id=3")) {
        ask(CachedApis.OWN, "/kin/" + id, cookie, "Cookie: " + cookie);
      }
      for (String user : CachedApis.USERS) {
        String path = "/signed/" + id;
        asks.add(new Ask(CachedApis.OWN, path, CachedApis.userId(user), signed(path, user)));
      }
    }
  }

  private void ask(String apiId, String target, String who, String header) {
    asks.add(new Ask(apiId, target, who, head(apiId, target, header)));
  }

  private static String head(String apiId, String target, String header) {
    String path = "/_aws/execute-api/" + apiId + "/" + CachedApis.STAGE + target;
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n";
  }

  /** Signed once: another signature would be another key. */
  private static String signed(String path, String user) throws IOException {
    byte[] bytes =
        SignedCall.of("/" + CachedApis.STAGE + path, CachedApis.accessKey(user), CachedApis.SECRET)
            .to(CachedApis.OWN)
            .signed()
            .bytes();
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return text.substring(0, text.length() - 2);
  }

  CacheCallers start() {
    for (int number = 0; number < CALLERS; number++) {
      int seed = number;
      threads.add(Thread.ofPlatform().daemon().start(() -> call(seed)));
    }
    return this;
  }

  private void call(int number) {
    Random random = new Random(number);
    long next = System.nanoTime();
    for (int turn = number; !over; turn++) {
      int node = turn % nodes.size();
      if (!down.contains(node)) {
        Ask ask = asks.get(random.nextInt(asks.size()));
        call(node, ask, random.nextInt(ONE_ANEW_OF) == 0);
      }
      next = Math.max(next + EVERY_NANOS, System.nanoTime());
      LockSupport.parkNanos(next - System.nanoTime());
    }
  }

  private void call(int node, Ask ask, boolean anew) {
    long least = anew ? backend.epoch() : floor(node, ask);
    String answer;
    try {
      answer = send(node, ask.head + (anew ? "Cache-Control: max-age=0\r\n" : ""));
    } catch (IOException e) {
      if (down.contains(node)) {
        broken.incrementAndGet();
      } else {
        fault(node, ask, anew, e.toString());
      }
      return;
    }
    answers.incrementAndGet();
    if (answer.contains("x-gatehouse-cache: hit")) {
      hits.incrementAndGet();
    }
    Told told = Told.of(body(answer));
    if (!answer.startsWith("HTTP/1.1 200 ")
        || told == null
        || !told.target().equals(ask.target)
        || !told.who().equals(ask.who)
        || told.epoch() < least) {
      fault(node, ask, anew, "at least of epoch " + least + ": " + answer);
    }
  }

  private long floor(int node, Ask ask) {
    return floors.stream()
        .filter(floor -> floor.node == node && floor.apiId.equals(ask.apiId))
        .filter(floor -> floor.target.test(ask.target))
        .mapToLong(Floor::epoch)
        .max()
        .orElse(0);
  }

  private void fault(int node, Ask ask, boolean anew, String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(
          "node " + node + (anew ? " anew " : " ") + ask.target + " of " + ask.who + ": " + what);
    }
  }

  /** What a node answers, all of it. */
  private String send(int node, String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", nodes.doorPort(node))) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write((head + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(out);
      String answer = out.toString(StandardCharsets.ISO_8859_1);
      if (!answer.contains("\r\n\r\n")
          || !answer
              .toLowerCase()
              .contains("\r\ncontent-length: " + body(answer).length() + "\r\n")) {
        throw new IOException("not the whole answer: " + answer);
      }
      return answer;
    }
  }

  static String body(String answer) {
    return answer.substring(answer.indexOf("\r\n\r\n") + 4);
  }

  /** One request of the test's own. */
  String get(int node, String apiId, String target, String header) throws IOException {
    return send(node, head(apiId, target, header));
  }

  /** From now on no answer of the node to these requests may be older. */
  void expect(long epoch, String apiId, Predicate<String> target, int... nodes) {
    for (int node : nodes) {
      floors.add(new Floor(node, apiId, target, epoch));
    }
  }

  /** A node is killed soon: who is on it may hear nothing more of it. */
  void leave(int node) {
    down.add(node);
  }

  void comeBack(int node) {
    down.remove(node);
  }

  /** How many heard nothing more of a node that was killed. */
  long broken() {
    return broken.get();
  }

  long answers() {
    return answers.get();
  }

  long hits() {
    return hits.get();
  }

  /** Until so many more are answered. */
  void awaitMore(int count) throws TimeoutException {
    long wanted = answers.get() + count;
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (answers.get() < wanted) {
      if (System.nanoTime() > end) {
        throw new TimeoutException(wanted - answers.get() + " are missing; " + faults);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }

  /** What has gone wrong until now. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  @Override
  public void close() throws InterruptedException {
    over = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}
