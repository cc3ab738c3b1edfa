package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BucketStateTest {

  private static final long NOW = 1_800_000_000_000_000_000L;
  private static final long MILLI = 1_000_000L;
  private static final Throttle TEN_A_SECOND = Throttle.of("account/123456789012", 10, 5);

  private long number;

  private BucketAsk ask(Throttle limit, long waiting, long ahead, long givenBack) {
    return new BucketAsk(
        1, ++number, limit.interval(), limit.tolerance(), waiting, ahead, givenBack);
  }

  @Test
  void whoWaitsGetsTheBurstAtOnceAndNoMore() {
    var done = BucketState.FULL.apply(ask(TEN_A_SECOND, 7, 0, 0), 3, NOW);
    assertEquals(5, done.answer().count());
    assertEquals(-400 * MILLI, done.answer().first());
    assertEquals(100 * MILLI, done.answer().interval());
    assertEquals(0, done.answer().left());
  }

  @Test
  void aheadOfTimeANodeGetsItsShareOfTheHorizon() {
    Throttle limit = Throttle.of("account/123456789012", 1_000, 500);
    var done = BucketState.FULL.apply(ask(limit, 0, 1_000, 0), 4, NOW);
    assertEquals(25, done.answer().count());
    assertEquals(475, done.answer().left());
  }

  @Test
  void anEmptyBucketSaysWhenToAskAgain() {
    BucketState spent = BucketState.FULL.apply(ask(TEN_A_SECOND, 5, 0, 0), 1, NOW).state();
    // The next token is due in 100 ms, which is within the horizon: sold, and not due yet.
    var next = spent.apply(ask(TEN_A_SECOND, 1, 0, 0), 1, NOW);
    assertEquals(1, next.answer().count());
    assertEquals(100 * MILLI, next.answer().first());
    var none = next.state().apply(ask(TEN_A_SECOND, 1, 0, 0), 1, NOW);
    assertEquals(0, none.answer().count());
    assertEquals(100 * MILLI, none.answer().pause());
    assertEquals(next.state(), none.state());
  }

  @Test
  void whatIsGivenBackCountsOnce() {
    BucketState spent = BucketState.FULL.apply(ask(TEN_A_SECOND, 5, 0, 0), 1, NOW).state();
    BucketAsk back = ask(TEN_A_SECOND, 0, 0, 3);
    var once = spent.apply(back, 1, NOW);
    var twice = once.state().apply(back, 1, NOW);
    assertEquals(3, once.answer().left());
    assertEquals(3, twice.answer().left());
  }

  @Test
  void givingBackNeverFillsABucketBeyondItsBurst() {
    var done = BucketState.FULL.apply(ask(TEN_A_SECOND, 0, 0, 1_000), 1, NOW);
    assertEquals(5, done.answer().left());
    assertTrue(done.state().isFull(NOW));
  }

  @Test
  void whatIsOwedIsTakenOnceHoweverOftenItIsTold() {
    var done = BucketState.FULL.apply(ask(TEN_A_SECOND, 1, 0, 0), 1, NOW);
    var owed = done.state().apply(ask(TEN_A_SECOND, 0, 0, -2), 1, NOW);
    var again = owed.state().apply(ask(TEN_A_SECOND, 0, 0, -2), 1, NOW);
    var less = again.state().apply(ask(TEN_A_SECOND, 0, 0, -1), 1, NOW);
    assertEquals(2, owed.answer().left());
    assertEquals(2, again.answer().left());
    assertEquals(3, less.answer().left());
    long much = Long.MIN_VALUE / 4;
    var debt = less.state().apply(ask(TEN_A_SECOND, 1, 0, much), 1, NOW);
    assertEquals(0, debt.answer().count());
    assertTrue(debt.state().fullAt() - NOW <= 700 * MILLI);
  }

  @Test
  void onlyTheLastGiversAreRemembered() {
    BucketState state = BucketState.FULL;
    for (long node = 0; node < 40; node++) {
      state = state.apply(new BucketAsk(node, 1, 100, 500, 0, 0, 1), 1, NOW).state();
    }
    assertEquals(BucketState.MOST_GIVERS, state.givers().size());
    assertEquals(39, state.givers().getLast().name());
  }

  @Test
  void aBucketThatAFastClockHasSpentFarAheadIsPulledBack() {
    BucketState ahead = new BucketState(NOW + 3_600_000 * MILLI, java.util.List.of());
    var done = ahead.apply(ask(TEN_A_SECOND, 1, 0, 0), 1, NOW);
    assertEquals(0, done.answer().count());
    assertTrue(done.answer().pause() <= 200 * MILLI, "pause " + done.answer().pause());
  }

  @Test
  void overALongTimeNoMoreIsGrantedThanRateAndBurst() {
    Throttle limit = Throttle.of("account/123456789012", 333.3, 20);
    BucketState state = BucketState.FULL;
    long granted = 0;
    for (long now = NOW; now < NOW + 10_000 * MILLI; now += 7 * MILLI) {
      var done = state.apply(ask(limit, 100, 100, 0), 2, now);
      state = done.state();
      granted += done.answer().count();
    }
    assertEquals(3333 + 20 + 33, granted, 2);
  }

  @Test
  void sidesOfASplitMergeToTheEmptierBucket() {
    BucketState a = BucketState.FULL.apply(ask(TEN_A_SECOND, 5, 0, 0), 1, NOW).state();
    BucketState b = BucketState.FULL.apply(ask(TEN_A_SECOND, 2, 0, 0), 1, NOW).state();
    assertEquals(a, a.merge(b));
    assertEquals(a, b.merge(a));
  }

  @Test
  void bytesCarryItAll() {
    BucketState state =
        BucketState.FULL
            .apply(ask(TEN_A_SECOND, 5, 0, 0), 1, NOW)
            .state()
            .apply(ask(TEN_A_SECOND, 0, 0, 1), 1, NOW)
            .state();
    assertEquals(state, BucketState.decode(state.encode()));
    assertArrayEquals(state.encode(), BucketState.decode(state.encode()).encode());
  }

  @Test
  void otherBytesAreRefused() {
    byte[] later = BucketState.FULL.encode();
    later[0] = 2;
    assertThrows(IllegalArgumentException.class, () -> BucketState.decode(later));
    assertThrows(IllegalArgumentException.class, () -> BucketState.decode(new byte[] {1, 2}));
    assertThrows(IllegalArgumentException.class, () -> BucketState.decode(new byte[0]));
  }

  @Test
  void ratesOfAnySizeAreTaken() {
    for (double rate : new double[] {1e-9, 0.001, 0.5, 1, 10_000, 1e9, 1e15}) {
      for (long burst : new long[] {1, 5_000, Integer.MAX_VALUE}) {
        Throttle limit = Throttle.of("account/1", rate, burst);
        var done = BucketState.FULL.apply(ask(limit, 1, 1, 0), 5, NOW);
        assertTrue(done.answer().count() >= 1, rate + " " + burst);
        assertTrue(done.state().fullAt() > NOW, rate + " " + burst);
      }
    }
    assertTrue(Throttle.of("account/1", 0, 5).letsNothingPass());
    assertTrue(Throttle.of("account/1", 5, 0).letsNothingPass());
  }
}
