package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.keyed;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.door.Door;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random callers who come at once, before a backend that answers to each what it was told: nobody
 * may get another's answer, whoever else asks meanwhile.
 */
class NobodyElsesAnswerTest {

  private static final int CALLERS = 4;
  private static final int REQUESTS = 400;
  private static final List<String> SAYING_WHO =
      List.of("Authorization", "Cookie", "x-api-key", "X-Forwarded-Host", "X-Tenant");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everybodyGetsTheirOwn(long seed) throws Exception {
    try (CountingBackend backend = new CountingBackend();
        Door door = new Door(backend.egress(), 100);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      backend.raw.script(
          (head, out, socket) -> {
            backend.calls.incrementAndGet();
            out.write(CountingBackend.answer(told(head)));
          });
      door.serve(
          api("own")
              .method(
                  "GET",
                  "/p/{id}",
                  keyed(
                      "/p/{id}",
                      backend.url() + "/p/{id}",
                      "method.request.header.X-Tenant",
                      "method.request.path.id",
                      "method.request.querystring.page"))
              .snapshot(1));

      List<Future<Integer>> all = new ArrayList<>();
      for (int caller = 0; caller < CALLERS; caller++) {
        Random random = new Random(seed * 31 + caller);
        all.add(callers.submit(() -> ask(door, random)));
      }

      int hits = 0;
      for (Future<Integer> one : all) {
        hits += one.get(120, TimeUnit.SECONDS);
      }
      assertTrue(hits > REQUESTS, hits + " hits"); // else nothing was tried
    }
  }

  private static int ask(Door door, Random random) throws Exception {
    int hits = 0;
    for (int i = 0; i < REQUESTS; i++) {
      String target = "/p/" + random.nextInt(2);
      target += random.nextBoolean() ? "?page=" + random.nextInt(2) : "";
      List<String> headers = new ArrayList<>();
      String who = SAYING_WHO.get(random.nextInt(SAYING_WHO.size()));
      if (random.nextBoolean()) {
        headers.add(who + ": " + random.nextInt(2));
      }
      String answer =
          door.get("/_aws/execute-api/own/dev" + target, headers.toArray(String[]::new));
      String sent = "GET " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers);
      assertEquals(told(sent), body(answer));
      hits += result(answer).equals("hit") ? 1 : 0;
    }
    return hits;
  }

  /** The target and who calls, as the head says. */
  private static String told(String head) {
    String[] lines = head.split("\r\n");
    StringBuilder told = new StringBuilder(lines[0].split(" ")[1]);
    for (String line : lines) {
      for (String name : SAYING_WHO) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ": ")) {
          told.append(' ').append(name).append('=').append(line.substring(name.length() + 2));
        }
      }
    }
    return told.toString();
  }
}
