package io.gatehouse.admin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.observed.Figures;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class StatisticTest {

  private final Figures figures = new Figures();

  StatisticTest() {
    for (int i = 1; i <= 10; i++) {
      figures.request(i <= 2 ? 404 : 200, i * 10_000L);
    }
  }

  private double of(Metric metric, String statistic) {
    return Statistic.parse(statistic).orElseThrow().of(metric, figures).orElse(-1);
  }

  @Test
  void countsAreSumsAndRates() {
    assertEquals(10, of(Metric.COUNT, "Sum"));
    assertEquals(10, of(Metric.COUNT, "SampleCount"));
    assertEquals(1, of(Metric.COUNT, "Average"));
    assertEquals(2, of(Metric.ERROR_4XX, "Sum"));
    assertEquals(0.2, of(Metric.ERROR_4XX, "Average"));
    assertEquals(1, of(Metric.ERROR_4XX, "Maximum"));
    assertEquals(0, of(Metric.ERROR_4XX, "Minimum"));
    assertEquals(0, of(Metric.ERROR_4XX, "p80"));
    assertEquals(1, of(Metric.ERROR_4XX, "p81"));
    assertEquals(0, of(Metric.ERROR_5XX, "Maximum"));
  }

  @Test
  void timesAreMilliseconds() {
    assertEquals(550, of(Metric.LATENCY, "Sum"));
    assertEquals(55, of(Metric.LATENCY, "Average"));
    assertEquals(10, of(Metric.LATENCY, "Minimum"));
    assertEquals(100, of(Metric.LATENCY, "Maximum"));
    assertEquals(50, of(Metric.LATENCY, "p50"), 0.5);
    assertEquals(100, of(Metric.LATENCY, "p99.9"));
    assertEquals(10, of(Metric.LATENCY, "SampleCount"));
  }

  @Test
  void whatWasNotMeasuredHasNoValue() {
    OptionalDouble none = OptionalDouble.empty();
    Statistic sum = Statistic.parse("Sum").orElseThrow();
    assertEquals(none, sum.of(Metric.INTEGRATION_LATENCY, figures));
    assertEquals(none, sum.of(Metric.CACHE_HIT_COUNT, figures), "no cache");

    figures.cache(false);
    assertEquals(0, of(Metric.CACHE_HIT_COUNT, "Sum"));
    assertEquals(0.1, of(Metric.CACHE_MISS_COUNT, "Average"), "of all requests");
  }

  @Test
  void otherWordsAreNoStatistics() {
    for (String word :
        new String[] {"", "sum", "p", "p101", "p100.5", "p-1", "P50", "tm99", "p1e9"}) {
      assertEquals(Optional.empty(), Statistic.parse(word), word);
    }
    assertTrue(Statistic.parse("p100").isPresent());
    assertTrue(Statistic.parse("p0.1").isPresent());
  }
}
