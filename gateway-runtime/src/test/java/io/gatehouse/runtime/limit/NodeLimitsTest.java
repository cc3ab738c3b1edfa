package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.limit.QuotaLimit.Total;
import io.gatehouse.runtime.limit.Verdict.QuotaExceeded;
import io.gatehouse.runtime.limit.Verdict.QuotaUnreachable;
import io.gatehouse.runtime.limit.Verdict.Throttled;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeLimitsTest {

  private static final String ACCOUNT = "123456789012";
  private static final long MILLI = 1_000_000L;
  private static final Throttle FIVE = Throttle.of("account/" + ACCOUNT, 1, 5);
  private static final Throttle PLENTY = Throttle.of("plan/" + ACCOUNT + "/p/k", 1_000, 500);

  private final PlayedOwners owners = new PlayedOwners();
  private final MemoryRoom disk = new MemoryRoom();
  private final List<Verdict> later = new ArrayList<>();
  private NodeLimits limits = begin();

  private NodeLimits begin() {
    return new NodeLimits(
        new NodeLimits.Parts(
            owners,
            disk.journal("node-1"),
            () -> Long.MAX_VALUE - 5 + owners.now, // wraps while the test runs
            () -> Instant.ofEpochMilli(PlayedOwners.EPOCH + owners.now / MILLI),
            Runnable::run,
            7));
  }

  private Verdict take(List<Throttle> throttles, QuotaLimit quota) {
    Verdict verdict = limits.take(throttles, quota, later::add);
    if (verdict == Verdict.WAITING) {
      owners.answer();
      return later.isEmpty() ? verdict : later.removeLast();
    }
    return verdict;
  }

  private void pass(long millis) {
    for (long end = owners.now + millis * MILLI; owners.now < end; ) {
      owners.now += NodeLimits.TICK_MILLIS * MILLI;
      limits.tick();
      owners.answer();
    }
  }

  /** Time in which no owner answers. */
  private void silence(long millis) {
    for (long end = owners.now + millis * MILLI; owners.now < end; ) {
      owners.now += NodeLimits.TICK_MILLIS * MILLI;
      limits.tick();
      owners.lose();
    }
  }

  private static QuotaLimit quota(long limit, WhenUnreachable when, Total... totals) {
    return new QuotaLimit(ACCOUNT, "p", "k", Period.DAY, limit, 0, 0, List.of(totals), when);
  }

  private static QuotaLimit quota(long limit) {
    return quota(limit, WhenUnreachable.REFUSE);
  }

  private int admitted(int requests, List<Throttle> throttles, QuotaLimit quota) {
    int admitted = 0;
    for (int i = 0; i < requests; i++) {
      admitted += take(throttles, quota) == Verdict.ADMITTED ? 1 : 0;
    }
    return admitted;
  }

  private QuotaState owned() {
    return owners.quotas.values().iterator().next();
  }

  @Test
  void aRequestWithoutLimitsPasses() {
    assertEquals(Verdict.ADMITTED, take(List.of(), null));
  }

  @Test
  void whoHasReadTheTimeBeforeTheFirstRequestAndComesAfterItWaitsAsWell() {
    assertEquals(Verdict.WAITING, limits.take(List.of(FIVE), quota(9), later::add));
    owners.now -= 1_000;
    assertEquals(Verdict.WAITING, limits.take(List.of(FIVE), quota(9), later::add));
    owners.answer();
    owners.answer();
    assertEquals(List.of(Verdict.ADMITTED, Verdict.ADMITTED), List.copyOf(later));
  }

  @Test
  void whoHasReadTheTimeBeforeTheFirstRequestOfAQuotaAndComesAfterItWaitsAsWell() {
    assertEquals(Verdict.WAITING, limits.take(List.of(), quota(9), later::add));
    owners.now -= 1_000;
    assertEquals(Verdict.WAITING, limits.take(List.of(), quota(9), later::add));
  }

  @Test
  void theBurstPassesAndThenTheRate() {
    assertEquals(5, admitted(20, List.of(FIVE), null));
    assertInstanceOf(Throttled.class, take(List.of(FIVE), null));
    pass(1_000);
    assertEquals(1, admitted(20, List.of(FIVE), null));
  }

  @Test
  void aRefusalSaysWhenATokenIsDue() {
    admitted(5, List.of(FIVE), null);
    Throttled refused = assertInstanceOf(Throttled.class, take(List.of(FIVE), null));
    assertEquals(1_000, refused.retryAfterNanos() / MILLI, 1);
    pass(400);
    refused = assertInstanceOf(Throttled.class, take(List.of(FIVE), null));
    assertEquals(600, refused.retryAfterNanos() / MILLI, 1);
  }

  @Test
  void theFirstLimitThatRefusesIsNamedAndTheOthersAreNotSpent() {
    admitted(5, List.of(FIVE), null);
    long before = limits.left(List.of(PLENTY), null).tokens();
    take(List.of(PLENTY), null);
    for (int i = 0; i < 50; i++) {
      Throttled refused = assertInstanceOf(Throttled.class, take(List.of(PLENTY, FIVE), null));
      assertEquals(1, refused.index());
    }
    assertEquals(499, limits.left(List.of(PLENTY), null).tokens());
    assertTrue(before < 0);
  }

  @Test
  void aLimitOfNothingRefusesAllWithoutAsking() {
    Throttled refused =
        assertInstanceOf(
            Throttled.class, take(List.of(Throttle.of("account/" + ACCOUNT, 0, 5)), null));
    assertEquals(Long.MAX_VALUE, refused.retryAfterNanos());
    assertTrue(owners.bucketAsks.isEmpty());
  }

  @Test
  void aKnownCallerIsDecidedWithoutAnybodyElse() {
    for (int i = 0; i < 100; i++) {
      take(List.of(PLENTY), quota(1_000_000));
      pass(25);
    }
    long waited = limits.figures().leaseWait().sum();
    for (int i = 0; i < 200; i++) {
      assertEquals(Verdict.ADMITTED, limits.take(List.of(PLENTY), quota(1_000_000), later::add));
      pass(25);
    }
    assertEquals(waited, limits.figures().leaseWait().sum());
  }

  @Test
  void whoComesTogetherAsksOnce() {
    for (int i = 0; i < 30; i++) {
      assertEquals(Verdict.WAITING, limits.take(List.of(PLENTY), quota(1_000), later::add));
    }
    assertEquals(1, owners.bucketAsks.size());
    owners.answer();
    assertEquals(30, later.size());
    assertTrue(later.stream().allMatch(verdict -> verdict == Verdict.ADMITTED));
    assertTrue(owners.bucketAsks.size() <= 3, owners.bucketAsks.size() + " asks");
  }

  @Test
  void asksOfOneOwnerTravelTogetherAndOneBatchAtATime() {
    limits.take(List.of(Throttle.of("one/1", 10, 10)), null, later::add);
    limits.take(List.of(Throttle.of("one/2", 10, 10)), null, later::add);
    limits.take(List.of(Throttle.of("one/3", 10, 10)), null, later::add);
    limits.take(List.of(Throttle.of("other/1", 10, 10)), null, later::add);
    assertEquals(2, owners.underWay());
    owners.answer();
    assertEquals(3, owners.bucketAsks.size());
    assertEquals(2, owners.bucketAsks.getLast().size());
    assertEquals(4, later.size());
  }

  @Test
  void whileAnOwnerIsSilentANodeServesItsOwnShare() {
    assertEquals(Verdict.WAITING, limits.take(List.of(PLENTY), null, later::add));
    silence(200);
    assertTrue(later.isEmpty());
    silence(100);
    assertEquals(List.of(Verdict.ADMITTED), later);
    int admitted = 1;
    for (int i = 0; i < 2_000; i++) {
      admitted += limits.take(List.of(PLENTY), null, later::add) == Verdict.ADMITTED ? 1 : 0;
      owners.lose();
    }
    assertEquals(250, admitted, 25); // half of the burst, and what came since the first
    assertEquals(admitted, limits.figures().ownShare().sum());
    pass(300);
    assertEquals(Verdict.ADMITTED, take(List.of(PLENTY), null));
    assertEquals(admitted, limits.figures().ownShare().sum());
  }

  @Test
  void whatWasSpentWhenTheOwnerFellSilentIsNotToBeHadAgain() {
    Throttle slow = Throttle.of("plan/" + ACCOUNT + "/p/slow", 10, 100);
    assertEquals(100, admitted(500, List.of(slow), null));
    pass(1_000);
    admitted(50, List.of(slow), null);
    owners.now += 150 * MILLI;
    assertEquals(Verdict.WAITING, limits.take(List.of(slow), null, later::add));
    owners.fail();
    int admitted = 0;
    for (int second = 0; second < 10; second++) {
      silence(1_000);
      for (int i = 0; i < 50; i++) {
        admitted += limits.take(List.of(slow), null, later::add) == Verdict.ADMITTED ? 1 : 0;
      }
    }
    assertEquals(50, admitted, 2); // half of the rate, for there are two nodes
  }

  @Test
  void anOwnerThatFailsIsNotWaitedFor() {
    assertEquals(Verdict.WAITING, limits.take(List.of(PLENTY), null, later::add));
    owners.fail();
    assertEquals(List.of(Verdict.ADMITTED), later);
  }

  @Test
  void tokensThatNobodyUsesGoBack() {
    for (int i = 0; i < 40; i++) {
      take(List.of(PLENTY), null);
      pass(25);
    }
    assertTrue(limits.heldTokens() > 0);
    pass(2_000);
    assertEquals(0, limits.heldTokens());
    assertTrue(
        owners.bucketAsks.stream()
            .flatMap(b -> b.values().stream())
            .anyMatch(a -> a.givenBack() > 0));
  }

  @Test
  void bucketsThatAreNotUsedAreForgotten() {
    for (int i = 0; i < 100; i++) {
      take(List.of(Throttle.of("plan/" + ACCOUNT + "/p/k" + i, 10, 10)), null);
    }
    assertEquals(100, limits.buckets());
    pass(15_000);
    assertEquals(0, limits.buckets());
  }

  @Test
  void aLimitThatIsSetAnewFillsAtItsNewRateAtOnce() {
    assertEquals(5, admitted(20, List.of(FIVE), null));
    Throttle more = Throttle.of(FIVE.key(), 1_000, 2_000);
    assertEquals(0, admitted(100, List.of(more), null));
    pass(200);
    assertEquals(200, admitted(1_000, List.of(more), null), 100);
  }

  @Test
  void aQuotaIsSpentToTheLastAndNotBeyond() {
    assertEquals(37, admitted(100, List.of(), quota(37)));
    QuotaExceeded refused = assertInstanceOf(QuotaExceeded.class, take(List.of(), quota(37)));
    assertEquals(Instant.parse("2026-12-01T00:00:00Z").toEpochMilli(), refused.resetsAt());
    pass(1_500);
    assertEquals(37, owned().used());
  }

  @Test
  void throttledRequestsDoNotCountInAQuota() {
    assertEquals(5, admitted(50, List.of(FIVE), quota(1_000)));
    pass(1_500);
    assertEquals(5, owned().used());
  }

  @Test
  void requestsBeyondAQuotaSpendNoTokens() {
    admitted(3, List.of(), quota(3));
    take(List.of(PLENTY), null);
    assertEquals(0, admitted(100, List.of(PLENTY), quota(3)));
    assertEquals(499, limits.left(List.of(PLENTY), null).tokens());
  }

  @Test
  void theNextPeriodBeginsAnew() {
    admitted(10, List.of(), quota(10));
    pass(18 * 3_600_000 - owners.now / MILLI + 1, 60_000);
    assertEquals(10, admitted(50, List.of(), quota(10)));
    pass(2_000);
    assertEquals(2, owners.quotas.size());
    pass(90_000, 1_000);
    assertEquals(1, limits.quotas());
  }

  private void pass(long millis, long step) {
    for (long end = owners.now + millis * MILLI; owners.now < end; ) {
      owners.now += Math.min(step * MILLI, end - owners.now);
      limits.tick();
      owners.answer();
    }
  }

  @Test
  void aTotalThatIsSetByHandHoldsAtOnceInBothDirections() {
    long today = LocalDate.parse("2026-11-30").toEpochDay();
    assertEquals(10, admitted(50, List.of(), quota(10)));
    QuotaLimit more = quota(10, WhenUnreachable.REFUSE, new Total(today, 25));
    assertEquals(15, admitted(50, List.of(), more));
    QuotaLimit plenty = quota(10, WhenUnreachable.REFUSE, new Total(today, 1_000));
    assertEquals(5, admitted(5, List.of(), plenty));
    QuotaLimit nothing = quota(10, WhenUnreachable.REFUSE, new Total(today, 0));
    assertEquals(0, admitted(50, List.of(), nothing));
  }

  @Test
  void aQuotaWhoseOwnerIsSilentRefusesAfterTwoSecondsAndThenAtOnce() {
    assertEquals(Verdict.WAITING, limits.take(List.of(PLENTY), quota(10), later::add));
    owners.answer();
    later.clear();
    QuotaLimit other =
        new QuotaLimit(ACCOUNT, "p", "x", Period.DAY, 9, 0, 0, List.of(), WhenUnreachable.REFUSE);
    assertEquals(Verdict.WAITING, limits.take(List.of(), other, later::add));
    silence(1_900);
    assertTrue(later.isEmpty());
    silence(200);
    assertInstanceOf(QuotaUnreachable.class, later.getFirst());
    assertInstanceOf(QuotaUnreachable.class, limits.take(List.of(), other, later::add));
    assertEquals(2, limits.figures().unreachable().sum());
    pass(2_000);
    assertEquals(9, admitted(20, List.of(), other));
  }

  @Test
  void aPlanThatServesMeanwhileCountsWhatItServes() {
    QuotaLimit serving = quota(10, WhenUnreachable.SERVE);
    assertEquals(Verdict.WAITING, limits.take(List.of(), serving, later::add));
    silence(2_100);
    assertEquals(List.of(Verdict.ADMITTED), later);
    for (int i = 0; i < 29; i++) {
      assertEquals(Verdict.ADMITTED, limits.take(List.of(), serving, later::add));
    }
    assertEquals(30, limits.figures().overdraft().sum());
    pass(3_000);
    assertEquals(30, owned().used());
    assertInstanceOf(QuotaExceeded.class, take(List.of(), serving));
  }

  @Test
  void useIsCountedForAPlanWithoutQuota() {
    QuotaLimit counting = QuotaLimit.counting(ACCOUNT, "p", "k");
    for (int i = 0; i < 40; i++) {
      assertEquals(Verdict.ADMITTED, limits.take(List.of(), counting, later::add));
    }
    pass(3_000);
    assertEquals(40, owned().used());
    assertEquals(40, owned().nodes().get("node-1").days()[29]);
    assertTrue(later.isEmpty());
  }

  @Test
  void aKilledNodeKnowsWhatItHeldAndHasItReturned() {
    assertEquals(20, admitted(20, List.of(), quota(1_000)));
    pass(300);
    assertEquals(20, admitted(20, List.of(), quota(1_000)));
    assertTrue(limits.leaseDebt() > 0);
    long held = limits.leaseDebt();
    limits = begin();
    pass(3_000);
    assertEquals(40, owned().used());
    assertEquals(40 + held, owned().committed(), "others may come back, too");
    pass(20_000);
    assertEquals(40, owned().committed());
    assertEquals(960, admitted(2_000, List.of(), quota(1_000)));
  }

  @Test
  void headersSayWhatIsLeftForAll() {
    assertEquals(new Limits.Left(-1, -1, -1, -1), limits.left(List.of(), null));
    admitted(4, List.of(FIVE, PLENTY), quota(100));
    var left = limits.left(List.of(FIVE, PLENTY), quota(100));
    assertEquals(1, left.tokens());
    assertEquals(96, left.quota());
    assertEquals(100, left.quotaLimit());
    assertEquals(Instant.parse("2026-12-01T00:00:00Z").toEpochMilli(), left.resetsAt());
  }

  @Test
  void noMoreWaitThanMay() {
    for (int i = 0; i < 2_000; i++) {
      limits.take(List.of(PLENTY), null, later::add);
    }
    assertEquals(512, limits.waiting());
    assertEquals(1_488, limits.figures().throttled().sum());
    owners.answer();
    limits.tick();
    assertEquals(0, limits.waiting());
    assertEquals(512, later.size());
  }
}
