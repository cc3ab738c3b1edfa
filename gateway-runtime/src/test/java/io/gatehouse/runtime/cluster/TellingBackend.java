package io.gatehouse.runtime.cluster;

import io.gatehouse.runtime.door.RawBackend;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A backend whose answers say what they were made for: the path, the caller, and the epoch in which
 * they were made, by which an old answer is told from a new one.
 */
final class TellingBackend implements AutoCloseable {

  /** Paths whose answers are for everybody. */
  static final String OPEN = "/open/";

  static final String WHO = "X-Who";
  static final String TENANT = "X-Tenant";
  static final String NOBODY = "nobody";

  private static final long MILLIS = 2;

  /** What an answer says of itself. */
  record Told(String target, String who, long epoch) {

    /**
     * @return null for what no answer of this backend says
     */
    static Told of(String body) {
      String[] words = body.split(" ");
      return words.length == 3 && words[2].matches("\\d+")
          ? new Told(words[0], words[1], Long.parseLong(words[2]))
          : null;
    }
  }

  private final AtomicLong epoch = new AtomicLong();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final RawBackend raw;

  TellingBackend() throws IOException {
    raw =
        new RawBackend(
            (head, out, socket) -> {
              long began = epoch.get();
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MILLIS));
              out.write(answer(head, began));
            });
  }

  String url() {
    return raw.url();
  }

  int port() {
    return raw.port();
  }

  private byte[] answer(String head, long began) {
    String target = head.split(" ")[1];
    calls.computeIfAbsent(target, t -> new AtomicInteger()).incrementAndGet();
    String body = target + " " + who(target, head) + " " + began;
    return ("HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String who(String target, String head) {
    if (!target.startsWith(OPEN)) {
      for (String line : head.split("\r\n")) {
        for (String name : new String[] {WHO, TENANT, "x-api-key", "Cookie"}) {
          if (line.regionMatches(true, 0, name + ": ", 0, name.length() + 2)) {
            return line.substring(name.length() + 2);
          }
        }
      }
    }
    return NOBODY;
  }

  long epoch() {
    return epoch.get();
  }

  /** Answers to requests that come from now on are of the next epoch, which is returned. */
  long nextEpoch() {
    return epoch.incrementAndGet();
  }

  int calls(String target) {
    AtomicInteger count = calls.get(target);
    return count == null ? 0 : count.get();
  }

  int calls() {
    return calls.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
