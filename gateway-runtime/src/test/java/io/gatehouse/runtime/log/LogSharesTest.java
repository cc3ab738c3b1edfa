package io.gatehouse.runtime.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogSharesTest {

  private static final int RATE = 1000;
  private static final long MILLI = 1_000_000;

  private final LogShares shares = new LogShares(RATE, 0);

  /** An account that wants so many lines each millisecond. */
  private record Wanting(String account, int lines) {}

  /** What each gets in ten seconds; the first is always the first to ask. */
  private Map<String, Integer> inTenSeconds(Wanting... accounts) {
    Map<String, Integer> got = new HashMap<>();
    for (long millis = 1; millis <= 10_000; millis++) {
      for (Wanting wanting : accounts) {
        for (int i = 0; i < wanting.lines(); i++) {
          if (shares.take(wanting.account(), millis * MILLI)) {
            got.merge(wanting.account(), 1, Integer::sum);
          }
        }
      }
    }
    return got;
  }

  private static void assertAbout(int lines, int got) {
    assertTrue(got > lines * 0.85 && got < lines * 1.2, () -> got + " instead of " + lines);
  }

  @Test
  void whoIsAloneHasAll() {
    assertAbout(10 * RATE, inTenSeconds(new Wanting("noisy", 10)).get("noisy"));
  }

  @Test
  void halfIsLeftForOthersWhoWantIt() {
    Map<String, Integer> got = inTenSeconds(new Wanting("noisy", 20), new Wanting("other", 1));
    assertTrue(got.get("other") > 5 * RATE, got::toString);
    assertTrue(got.get("noisy") > 5 * RATE, got::toString);
    assertTrue(got.get("noisy") < 7 * RATE, got::toString);
  }

  @Test
  void whoWantsLittleGetsAllOfIt() {
    for (long millis = 1; millis <= 10_000; millis++) {
      for (int i = 0; i < 20; i++) {
        shares.take("noisy", millis * MILLI);
      }
      if (millis % 5 == 0) {
        assertTrue(shares.take("other", millis * MILLI));
      }
    }
  }

  @Test
  void whatIsDroppedIsCountedByAccount() {
    shares.dropped("a", 0);
    shares.dropped("a", 0);
    shares.take("b", 0);
    assertEquals(Map.of("a", 2L), shares.dropped());
  }

  @Test
  void accountsWithoutEndShareOneShare() {
    for (int i = 0; i < 20_000; i++) {
      shares.dropped("account" + i, 0);
    }
    assertEquals(10_001, shares.dropped().size());
    assertEquals(10_000L, shares.dropped().get("others"));
  }
}
