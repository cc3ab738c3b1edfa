package io.gatehouse.runtime.cache;

import static io.gatehouse.runtime.cache.CachedApi.api;
import static io.gatehouse.runtime.cache.CachedApi.body;
import static io.gatehouse.runtime.cache.CachedApi.result;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.LeakReport;
import io.gatehouse.runtime.cache.KeptCodec.Unreadable;
import io.gatehouse.runtime.door.Door;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers as they lie in memory and in the cluster. */
class SealedAnswersTest {

  private static final long NOW = 1_800_000_000_000L;
  private static final Kept.Facts FACTS =
      new Kept.Facts(NOW, 300_000, 0, 12, "/pets/1", "/pets/{id}", null, new long[] {1, -2});
  private static final Answer ANSWER =
      new Answer(
          200,
          List.of("Content-Type", "text/plain", "X-Secret", "in a header"),
          "the secret of the body".getBytes(StandardCharsets.UTF_8),
          true);
  private static final CacheKey KEY = new CacheKey("1/api/dev|", "a");
  private static final Seal NODE_KEY = new Seal(new byte[Seal.KEY_BYTES]);

  /** A cluster in a map. */
  private static final class Shelf implements SharedResponses {
    final Map<Address, byte[]> frames = new ConcurrentHashMap<>();

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public void get(Address address, Consumer<byte[]> found) {
      found.accept(frames.get(address));
    }

    @Override
    public void put(Address address, Shared answer) {
      frames.put(address, answer.frame().get());
    }

    @Override
    public void removed(Address address) {
      frames.remove(address);
    }

    @Override
    public void stop(LeakReport report) {}
  }

  private static StageSeal seal(String stage) {
    return new StageSeal(NODE_KEY, stage);
  }

  private static boolean has(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).contains(text);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whatLiesInTheClusterShowsNothingWhenItIsToBeEncrypted(boolean encrypted) throws Exception {
    Shelf shelf = new Shelf();
    try (CountingBackend backend = new CountingBackend();
        Door first = Door.sharing(backend.egress(), shelf);
        Door second = Door.sharing(backend.egress(), shelf)) {
      backend.raw.script(
          (head, out, socket) -> {
            backend.calls.incrementAndGet();
            out.write(CountingBackend.answer("200 OK", "X-Secret: in a header\r\n", "of the body"));
          });
      for (Door door : List.of(first, second)) {
        door.serve(
            api("sealed")
                .proxy("GET", "/pets", backend.url() + "/pets")
                .stage(
                    stage ->
                        CachedApi.on(stage, all -> all.cacheDataEncrypted(encrypted), Map.of()))
                .snapshot(1));
      }
      String path = "/_aws/execute-api/sealed/dev/pets";

      first.get(path);

      byte[] frame = shelf.frames.values().iterator().next();
      assertEquals(!encrypted, has(frame, "of the body"));
      assertEquals(!encrypted, has(frame, "in a header"));
      assertEquals("hit", result(first.get(path)), "from the node's own memory");
      String there = second.get(path);
      assertEquals("hit", result(there), "from the cluster");
      assertEquals("of the body", body(there));
      assertEquals(1, backend.calls.get());
    }
  }

  @Test
  void aNodeWithoutAKeyKeepsNothingThatIsToBeSealedAndSaysSoOnceForEachStage() throws Exception {
    List<String> said = new CopyOnWriteArrayList<>();
    Handler log = new Saying(said);
    Logger logger = Logger.getLogger(ResponseCache.class.getName());
    logger.addHandler(log);
    try (CountingBackend backend = new CountingBackend();
        Door door = Door.withoutKey(backend.egress())) {
      for (String api : List.of("one", "two")) {
        door.serve(
            api(api)
                .proxy("GET", "/pets", backend.url() + "/pets")
                .stage(stage -> CachedApi.on(stage, all -> all.cacheDataEncrypted(true), Map.of()))
                .snapshot(1));
        for (int request = 0; request < 3; request++) {
          assertEquals("none", result(door.get("/_aws/execute-api/" + api + "/dev/pets")));
        }
      }
      assertEquals(6, backend.calls.get());
      assertEquals(6, door.cache.counts().unsealedRequests());
      assertEquals(0, door.cache.count());
      assertEquals(2, said.size(), said::toString);
      assertTrue(
          said.getFirst().contains("API one") && said.getLast().contains("API two"), "" + said);
    } finally {
      logger.removeHandler(log);
    }
  }

  private static final class Saying extends Handler {
    private final List<String> said;

    Saying(List<String> said) {
      this.said = said;
    }

    @Override
    public void publish(LogRecord entry) {
      said.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Test
  void aSealedAnswerOpensForItsKeyUnderItsStagesKeyAlone() throws Exception {
    byte[] frame = KeptCodec.seal(FACTS, ANSWER, KEY, seal("1/api/dev"), NOW);

    Kept kept = KeptCodec.decode(frame, KEY, seal("1/api/dev"), NOW);
    Answer opened = KeptCodec.open(kept, KEY, seal("1/api/dev"), NOW);

    assertTrue(opened.tellsTheSame(ANSWER));
    assertEquals(ANSWER.headers(), opened.headers());
    assertFalse(has(frame, "secret"));
    for (String other : new String[] {"1/api/prod", "2/api/dev"}) {
      assertThrows(Unreadable.class, () -> KeptCodec.decode(frame, KEY, seal(other), NOW), other);
    }
    CacheKey otherKey = new CacheKey("1/api/dev|", "b");
    assertThrows(Unreadable.class, () -> KeptCodec.decode(frame, otherKey, seal("1/api/dev"), NOW));
    assertThrows(Unreadable.class, () -> KeptCodec.decode(frame, KEY, null, NOW));
    StageSeal otherNode = new StageSeal(new Seal(Arrays.copyOf(new byte[] {1}, 32)), "1/api/dev");
    assertThrows(Unreadable.class, () -> KeptCodec.decode(frame, KEY, otherNode, NOW));
  }

  @Test
  void aSealedAnswersFactsCannotBeChanged() throws Exception {
    byte[] frame = KeptCodec.seal(FACTS, ANSWER, KEY, seal("1/api/dev"), NOW);

    for (int at = 0; at < frame.length; at++) {
      byte[] changed = frame.clone();
      changed[at] ^= 1;
      assertThrows(
          Unreadable.class,
          () -> KeptCodec.decode(changed, KEY, seal("1/api/dev"), NOW),
          "byte " + at);
    }
  }

  @Test
  void keysAreOfOneDayAndOldOnesOpenNothing() throws Exception {
    byte[] frame = KeptCodec.seal(FACTS, ANSWER, KEY, seal("1/api/dev"), NOW);
    long day = TimeUnit.DAYS.toMillis(1);

    assertNotEquals(StageSeal.period(NOW), StageSeal.period(NOW + day));
    KeptCodec.decode(frame, KEY, seal("1/api/dev"), NOW + day);
    assertThrows(
        Unreadable.class, () -> KeptCodec.decode(frame, KEY, seal("1/api/dev"), NOW + 3 * day));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 1023, 5_000, 1 << 20})
  void anAnswerInTheClearComesBackAsItWas(int bytes) throws Exception {
    byte[] body = new byte[bytes];
    Arrays.fill(body, (byte) 'x');
    Answer answer = new Answer(203, ANSWER.headers(), body, false);

    byte[] frame = KeptCodec.encode(FACTS, answer);
    Kept kept = KeptCodec.decode(frame, KEY, null, NOW);

    assertArrayEquals(body, kept.answer().body());
    assertEquals(203, kept.answer().status());
    assertEquals(FACTS.others(), kept.facts().others());
    assertEquals(FACTS.path(), kept.facts().path());
    assertTrue(bytes < 5_000 || frame.length < bytes / 10, "it is packed");
  }

  @Test
  void damagedBytesAreNoAnswer() {
    byte[] frame = KeptCodec.encode(FACTS, ANSWER);

    for (int length = 0; length < frame.length; length++) {
      byte[] cut = Arrays.copyOf(frame, length);
      assertThrows(Unreadable.class, () -> KeptCodec.decode(cut, KEY, null, NOW));
    }
    byte[] other = frame.clone();
    other[0] = 9;
    assertThrows(Unreadable.class, () -> KeptCodec.decode(other, KEY, null, NOW));
    byte[] longer = Arrays.copyOf(frame, frame.length + 1);
    assertThrows(Unreadable.class, () -> KeptCodec.decode(longer, KEY, null, NOW));
  }
}
