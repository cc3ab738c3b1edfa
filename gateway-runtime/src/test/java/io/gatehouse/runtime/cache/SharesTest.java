package io.gatehouse.runtime.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.exchange.MethodCaching;
import io.gatehouse.runtime.exchange.MethodCaching.Invalidation;
import io.gatehouse.runtime.exchange.StageCaching;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How a node's bytes are shared, and what becomes of stages that ask for more or less. */
class SharesTest {

  private static StageCaching stage(String account, String name, long bytes) {
    return new StageCaching(account + "/api/" + name, account, "api", name, bytes, false);
  }

  private static Map<String, Long> shares(long bytes, StageCaching... stages) {
    return Shares.of(bytes, List.of(stages));
  }

  @Test
  void aloneAStageGetsWhatItAsksForOrAllThatThereIs() {
    assertEquals(Map.of("1/api/a", 50L), shares(100, stage("1", "a", 50)));
    assertEquals(Map.of("1/api/a", 100L), shares(100, stage("1", "a", 500)));
  }

  @Test
  void accountsGetEqualPartsHoweverManyStagesTheyHave() {
    assertEquals(
        Map.of("1/api/a", 50L, "2/api/a", 25L, "2/api/b", 25L),
        shares(100, stage("1", "a", 900), stage("2", "a", 900), stage("2", "b", 900)));
  }

  @Test
  void whatOneLeavesOverIsForTheOthers() {
    assertEquals(
        Map.of("1/api/a", 45L, "2/api/a", 10L, "3/api/a", 45L),
        shares(100, stage("1", "a", 900), stage("2", "a", 10), stage("3", "a", 900)));
  }

  @Test
  void withinAnAccountSizesCount() {
    assertEquals(
        Map.of("1/api/a", 25L, "1/api/b", 75L),
        shares(100, stage("1", "a", 1_000), stage("1", "b", 3_000)));
  }

  @Test
  void aStageThatAsksForNothingGetsNothing() {
    assertEquals(
        Map.of("1/api/a", 0L, "2/api/a", 0L, "2/api/b", 100L),
        shares(100, stage("1", "a", 0), stage("2", "a", 0), stage("2", "b", 900)));
  }

  @Test
  void theWholeIsNeverExceeded() {
    Map<String, Long> shares =
        shares(
            1_000,
            stage("1", "a", 999),
            stage("2", "a", 400),
            stage("2", "b", 400),
            stage("2", "c", 400),
            stage("3", "a", 7),
            stage("4", "a", 300));
    long all = shares.values().stream().mapToLong(Long::longValue).sum();
    assertTrue(all <= 1_000 && all > 990, "" + shares);
  }

  private static MethodCaching method(StageCaching stage) {
    return new MethodCaching(
        stage,
        stage.key() + "|",
        "GET",
        300_000,
        0,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        Invalidation.ANYBODY);
  }

  private static Kept kept(int bytes) {
    Kept.Facts facts = new Kept.Facts(0, 300_000, 0, 1, "/p", "/p", null, new long[0]);
    return new Kept(facts, new Answer(200, List.of(), new byte[bytes], false), null);
  }

  private static CacheKey key(StageCaching stage, int number) {
    return new CacheKey(stage.key() + "|", "" + number);
  }

  private final NodeEntries node =
      new NodeEntries(1 << 20, Optional.empty(), () -> Instant.EPOCH, () -> 0);

  @Test
  void aStageGivesWayWhenAnotherAccountComes() {
    StageCaching first = stage("1", "a", 1 << 30);
    StageEntries entries = node.of(method(first)).stage();
    for (int i = 0; i < 1_000; i++) {
      entries.put(key(first, i), kept(1_000));
    }
    entries.tidy();
    long alone = entries.bytes();
    assertTrue(alone > 900_000 && alone <= 1 << 20, alone + " bytes");

    node.of(method(stage("2", "a", 1 << 30)));
    entries.tidy();

    assertTrue(entries.bytes() <= 1 << 19, entries.bytes() + " bytes");
    assertEquals(Map.of("1/api/a", 1L << 19, "2/api/a", 1L << 19), node.shares());
  }

  @Test
  void anotherSizeTakesEffectWithoutLosingWhatFits() {
    StageCaching small = stage("1", "a", 100_000);
    StageEntries entries = node.of(method(small)).stage();
    entries.put(key(small, 1), kept(1_000));

    StageCaching large = stage("1", "a", 400_000);
    assertEquals(entries, node.of(method(large)).stage());

    assertEquals(Map.of("1/api/a", 400_000L), node.shares());
    assertNotNull(entries.find(key(large, 1)));
  }

  @Test
  void aStageWithoutACacheLeavesItsShareToTheOthers() {
    node.of(method(stage("1", "a", 1 << 30)));
    node.of(method(stage("2", "a", 1 << 30)));

    node.tidy(key -> key.equals("2/api/a"), 0);

    assertEquals(Map.of("2/api/a", 1L << 20), node.shares());
    assertEquals(0, node.count());
  }

  @Test
  void anAnswerLargerThanTheShareIsNotKept() {
    StageCaching tiny = stage("1", "a", 10_000);
    StageEntries entries = node.of(method(tiny)).stage();

    entries.put(key(tiny, 1), kept(20_000));
    entries.tidy();

    assertNull(entries.find(key(tiny, 1)));
    assertEquals(0, entries.bytes());
  }
}
