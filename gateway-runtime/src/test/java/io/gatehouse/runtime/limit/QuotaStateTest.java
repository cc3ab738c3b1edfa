package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotaStateTest {

  private static final Side THREE = Side.whole(3);
  private static final long NOW = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;

  private static QuotaAsk ask(String node, long leased, long waiting, long ahead, long limit) {
    return new QuotaAsk(node, leased, 0, new long[0], waiting, ahead, limit, 0);
  }

  private static QuotaAsk told(String node, long leased, long returned, long used, long floor) {
    return new QuotaAsk(node, leased, returned, new long[] {used}, 0, 0, 100, floor);
  }

  @Test
  void aLeaseIsNoMoreThanANodesPartOfHalfOfWhatIsLeft() {
    var done = QuotaState.UNKNOWN.apply(ask("a", 0, 0, 1_000, 600), THREE, NOW);
    assertEquals(100, done.answer().own().leased());
    assertEquals(100, done.answer().committed());
  }

  @Test
  void whoWaitsGetsWhatIsLeftAndNoMore() {
    var first = QuotaState.UNKNOWN.apply(ask("a", 0, 7, 0, 10), THREE, NOW);
    var second = first.state().apply(ask("b", 0, 7, 0, 10), THREE, NOW);
    assertEquals(7, first.answer().own().leased());
    assertEquals(3, second.answer().own().leased());
    assertEquals(10, second.state().committed());
  }

  @Test
  void anAskWhoseAnswerWasLostGrantsNothingTwice() {
    QuotaAsk ask = ask("a", 0, 5, 0, 100);
    var once = QuotaState.UNKNOWN.apply(ask, THREE, NOW);
    var twice = once.state().apply(ask, THREE, NOW);
    assertEquals(once.answer(), twice.answer());
    assertEquals(5, twice.state().committed());
  }

  @Test
  void whatIsReturnedIsForOthersAndReturnedOnce() {
    QuotaState spent = QuotaState.UNKNOWN.apply(ask("a", 0, 10, 0, 10), THREE, NOW).state();
    QuotaState returned = spent.apply(told("a", 10, 4, 6, 10), THREE, NOW).state();
    assertEquals(6, returned.committed());
    assertEquals(6, returned.apply(told("a", 10, 4, 6, 10), THREE, NOW).state().committed());
    assertEquals(4, returned.apply(ask("b", 0, 9, 0, 10), THREE, NOW).answer().own().leased());
  }

  @Test
  void aLateMessageTakesNothingBack() {
    QuotaState state = QuotaState.UNKNOWN.apply(ask("a", 0, 10, 0, 100), THREE, NOW).state();
    QuotaState now = state.apply(told("a", 10, 2, 8, 10), THREE, NOW).state();
    assertEquals(now, now.apply(told("a", 10, 0, 3, 10), THREE, NOW).state());
  }

  @Test
  void whatWasServedBeyondLeasesCountsForAll() {
    QuotaState state = QuotaState.UNKNOWN.apply(told("a", 0, 0, 30, 0), THREE, NOW).state();
    assertEquals(30, state.committed());
    var done = state.apply(new QuotaAsk("a", 0, 0, new long[] {30}, 5, 0, 100, 30), THREE, NOW);
    assertEquals(35, done.answer().own().leased());
    assertEquals(35, done.state().committed());
  }

  @Test
  void withoutLimitUseIsCountedAndNothingGranted() {
    QuotaAsk ask = new QuotaAsk("a", 0, 0, new long[] {1, 2, 3}, 0, 50, QuotaAsk.NO_LIMIT, 0);
    var done = QuotaState.UNKNOWN.apply(ask, THREE, NOW);
    assertEquals(0, done.answer().own().leased());
    assertEquals(6, done.state().used());
  }

  @Test
  void anOwnerThatLostTheCounterGrantsNothingOfWhatTheAskingNodeRemembers() {
    QuotaAsk ask = new QuotaAsk("a", 20, 0, new long[] {20}, 90, 0, 100, 70);
    var done = QuotaState.UNKNOWN.apply(ask, THREE, NOW);
    assertEquals(50, done.answer().own().leased());
    // The others come, and it was they who held what was remembered.
    QuotaState more = done.state().apply(told("b", 30, 0, 30, 70), THREE, NOW).state();
    QuotaState all = more.apply(told("c", 20, 0, 20, 70), THREE, NOW).state();
    assertEquals(100, all.committed());
    assertEquals(0, all.hidden());
  }

  @Test
  void aNodeThatKeptNothingTakesOverWhatTheOwnerHasOfIt() {
    QuotaState state = QuotaState.UNKNOWN.apply(ask("a", 0, 10, 0, 100), THREE, NOW).state();
    state = state.apply(told("a", 10, 4, 6, 10), THREE, NOW).state();
    var done = state.apply(ask("a", QuotaAsk.NOT_KNOWN, 5, 0, 100), THREE, NOW);
    NodeCount own = done.answer().own();
    assertEquals(5, own.leased() - own.returned() - own.used());
    assertEquals(11, done.state().committed());
  }

  @Test
  void theLedgersFiguresAreAFloorForWhatNodesSay() {
    QuotaState ledger = QuotaState.ofLedger(Map.of("a", new long[] {40}, "b", new long[] {25}));
    assertEquals(65, ledger.committed());
    QuotaState a = ledger.apply(told("a", 45, 0, 41, 0), THREE, NOW).state();
    assertEquals(70, a.committed());
    assertEquals(66, a.used());
  }

  @Test
  void sidesOfASplitTogetherGrantNoMoreThanTheLimit() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int known = 2 + random.nextInt(4);
      int here = 1 + random.nextInt(known - 1);
      long limit = 1 + random.nextInt(1_000);
      QuotaState state = QuotaState.UNKNOWN;
      long now = NOW;
      for (int i = 0; i < 20; i++) {
        now += random.nextInt(20_000);
        String node = "n" + random.nextInt(known);
        state =
            state
                .apply(
                    leasedSoFar(state, node, 1 + random.nextInt(30), limit), Side.whole(known), now)
                .state();
      }
      QuotaState a = exhausted(state, new Side(here, known, 1_000, true), "n0", limit, now);
      QuotaState b = exhausted(state, new Side(known - here, known, 1_000, true), "n1", limit, now);
      assertTrue(a.merge(b).committed() <= limit, "seed " + seed);
      assertEquals(a.merge(b), b.merge(a), "seed " + seed);
    }
  }

  private static QuotaAsk leasedSoFar(QuotaState state, String node, long waiting, long limit) {
    NodeCount own = state.nodes().getOrDefault(node, NodeCount.NOTHING);
    return new QuotaAsk(node, own.leased(), 0, own.days(), waiting, 0, limit, 0);
  }

  private static QuotaState exhausted(
      QuotaState state, Side side, String node, long limit, long now) {
    QuotaState current = state;
    for (int i = 0; i < 200; i++) {
      current = current.apply(leasedSoFar(current, node, 10, limit), side, now + i * 500).state();
    }
    return current;
  }

  @Test
  void aSideSaysWhatItHoldsBackForTheOther() {
    Side side = new Side(1, 2, 1_000, true);
    QuotaState state = QuotaState.UNKNOWN.apply(ask("a", 0, 0, 0, 100), THREE, NOW).state();
    var done = state.apply(ask("a", 0, 80, 0, 100), side, NOW + 5 * MINUTE);
    assertEquals(50, done.answer().own().leased());
    assertTrue(done.answer().held());
    var whole = done.state().apply(ask("a", 50, 80, 0, 100), Side.whole(2), NOW + 6 * MINUTE);
    assertEquals(100, whole.answer().own().leased());
    assertFalse(whole.answer().held());
  }

  @Test
  void whoOnlyTellsIsHandedNothingThatTheCopyMayNotKnow() {
    QuotaState state = QuotaState.UNKNOWN.apply(ask("a", 0, 10, 0, 100), THREE, NOW).state();
    assertEquals(0, state.apply(told("a", 0, 0, 0, 0), THREE, NOW).answer().own().leased());
    assertEquals(10, state.apply(ask("a", 0, 1, 0, 100), THREE, NOW).answer().own().leased());
  }

  @Test
  void whatWasGrantedAndNotHeardOfIsHandedOutOnlyWithinTheShare() {
    QuotaState state = QuotaState.UNKNOWN.apply(ask("a", 0, 80, 0, 100), THREE, NOW).state();
    Side side = new Side(1, 2, 1_000, true);
    var done = state.apply(ask("a", 0, 80, 0, 100), side, NOW + MINUTE);
    assertEquals(50, done.answer().own().leased());
    assertTrue(done.answer().held());
    var whole = done.state().apply(ask("a", 50, 30, 0, 100), THREE, NOW + 2 * MINUTE);
    assertEquals(80, whole.answer().own().leased());
  }

  @Test
  void whereNobodyKnowsWhatWasGrantedNothingIs() {
    Side side = new Side(2, 3, 1_000, false);
    var done = QuotaState.UNKNOWN.apply(ask("a", 0, 5, 5, 100), side, NOW);
    assertEquals(0, done.answer().own().leased());
    assertTrue(done.answer().held());
  }

  @Test
  void whatWasGivenBackBeforeTheSidesPartedIsNotSharedTwice() {
    QuotaState state = QuotaState.UNKNOWN.apply(ask("a", 0, 100, 0, 100), THREE, NOW).state();
    state = state.apply(told("a", 100, 0, 0, 100), THREE, NOW + 20_000).state();
    state = state.apply(told("a", 100, 100, 0, 100), THREE, NOW + 21_000).state();
    Side half = new Side(1, 2, 1_000, true);
    QuotaState one = exhausted(state, half, "b", 100, NOW + MINUTE);
    QuotaState other = exhausted(state, half, "c", 100, NOW + MINUTE);
    assertEquals(100, one.merge(other).committed());
  }

  @Test
  void moreNodesThanAPeriodSeesAreGrantedNothing() {
    QuotaState state = QuotaState.UNKNOWN;
    for (int i = 0; i < QuotaState.MOST_NODES; i++) {
      state = state.apply(told("node-" + i, 0, 0, 1, 0), THREE, NOW).state();
    }
    var done = state.apply(ask("one more", 0, 5, 5, 1_000_000), THREE, NOW);
    assertEquals(0, done.answer().own().leased());
    assertEquals(QuotaState.MOST_NODES, done.state().nodes().size());
  }

  @Test
  void bytesCarryItAll() {
    QuotaState state = QuotaState.ofLedger(Map.of("ö", new long[] {0, 3, 1L << 40}));
    state = state.apply(ask("a", 0, 300, 0, 1L << 50), THREE, NOW).state();
    state = state.apply(told("b", 5, 1, 2, 1L << 41), THREE, NOW + MINUTE).state();
    assertEquals(state, QuotaState.decode(state.encode()));
  }

  @Test
  void otherBytesAreRefused() {
    byte[] whole = QuotaState.UNKNOWN.apply(ask("a", 0, 300, 0, 900), THREE, NOW).state().encode();
    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThrows(IllegalArgumentException.class, () -> QuotaState.decode(torn));
    }
    whole[0] = 9;
    assertThrows(IllegalArgumentException.class, () -> QuotaState.decode(whole));
  }

  @Test
  void mergingIsTheSameInAnyOrderAndOften() {
    List<QuotaState> states =
        List.of(
            QuotaState.UNKNOWN.apply(told("a", 9, 1, 5, 0), THREE, NOW).state(),
            QuotaState.UNKNOWN.apply(told("a", 7, 2, 4, 0), THREE, NOW + 1).state(),
            QuotaState.UNKNOWN.apply(told("b", 3, 0, 3, 0), THREE, NOW + 2).state(),
            QuotaState.ofLedger(Map.of("b", new long[] {4})));
    QuotaState forth = states.stream().reduce(QuotaState.UNKNOWN, QuotaState::merge);
    QuotaState back = states.reversed().stream().reduce(QuotaState.UNKNOWN, QuotaState::merge);
    assertEquals(forth, back);
    assertEquals(forth, forth.merge(back));
    assertEquals(9, forth.used());
  }
}
