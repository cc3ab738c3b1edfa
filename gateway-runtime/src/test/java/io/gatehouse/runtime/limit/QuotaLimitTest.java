package io.gatehouse.runtime.limit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gatehouse.model.snapshot.WhenUnreachable;
import io.gatehouse.runtime.limit.QuotaLimit.Total;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuotaLimitTest {

  private static long at(String text) {
    return Instant.parse(text).toEpochMilli();
  }

  private static long day(String text) {
    return LocalDate.parse(text).toEpochDay();
  }

  private static QuotaLimit limit(Period period, List<Total> totals) {
    return new QuotaLimit(
        "123456789012",
        "p",
        "k",
        period,
        100,
        30,
        at("2026-11-25T12:00:00Z"),
        totals,
        WhenUnreachable.REFUSE);
  }

  @Test
  void periodsAreThoseOfTheCalendarInUtc() {
    assertEquals(day("2026-11-30"), Period.DAY.startDay(at("2026-11-30T23:59:59.999Z")));
    assertEquals(day("2026-12-01"), Period.DAY.startDay(at("2026-12-01T00:00:00Z")));
    assertEquals(day("2026-11-29"), Period.WEEK.startDay(at("2026-11-29T00:00:00Z")));
    assertEquals(day("2026-11-22"), Period.WEEK.startDay(at("2026-11-28T23:59:59.999Z")));
    assertEquals(day("2026-11-01"), Period.MONTH.startDay(at("2026-11-30T10:00:00Z")));
    assertEquals(day("2026-12-01"), Period.MONTH.endDay(day("2026-11-01")));
    assertEquals(day("2028-03-01"), Period.MONTH.endDay(day("2028-02-01")));
    assertEquals(day("2026-12-06"), Period.WEEK.endDay(day("2026-11-29")));
  }

  @Test
  void theOffsetCountsInTheFirstPeriodOnly() {
    assertEquals(70, limit(Period.DAY, List.of()).limitIn(day("2026-11-25")));
    assertEquals(100, limit(Period.DAY, List.of()).limitIn(day("2026-11-26")));
    assertEquals(70, limit(Period.WEEK, List.of()).limitIn(day("2026-11-22")));
    assertEquals(70, limit(Period.MONTH, List.of()).limitIn(day("2026-11-01")));
    assertEquals(100, limit(Period.MONTH, List.of()).limitIn(day("2026-12-01")));
  }

  @Test
  void aTotalThatWasSetByHandHoldsForItsPeriod() {
    QuotaLimit limit = limit(Period.MONTH, List.of(new Total(day("2026-11-01"), 5)));
    assertEquals(5, limit.limitIn(day("2026-11-01")));
    assertEquals(100, limit.limitIn(day("2026-12-01")));
  }

  @Test
  void countingAloneLimitsNothing() {
    assertEquals(
        QuotaAsk.NO_LIMIT,
        QuotaLimit.counting("123456789012", "p", "k").limitIn(day("2026-11-01")));
  }

  @Test
  void keysAreReadAsTheyAreWritten() {
    QuotaKey key = new QuotaKey("123456789012", "p", "k", Period.WEEK, day("2026-11-29"));
    assertEquals("123456789012/p/k/W/20786", key.text());
    assertEquals(key, QuotaKey.parse(key.text()));
    assertThrows(IllegalArgumentException.class, () -> QuotaKey.parse("123456789012/p/k/W"));
    assertThrows(IllegalArgumentException.class, () -> QuotaKey.parse("1/p/k/X/1"));
    assertThrows(IllegalArgumentException.class, () -> QuotaKey.parse("1/p/k/W/one"));
  }
}
