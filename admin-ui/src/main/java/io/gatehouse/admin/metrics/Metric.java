package io.gatehouse.admin.metrics;

import io.gatehouse.model.observed.Distribution;
import io.gatehouse.model.observed.Figures;
import java.util.Arrays;
import java.util.Optional;

/** What is counted of requests, in the words of the page "API Gateway dimensions and metrics". */
public enum Metric {
  COUNT("Count"),
  ERROR_4XX("4XXError"),
  ERROR_5XX("5XXError"),
  LATENCY("Latency"),
  INTEGRATION_LATENCY("IntegrationLatency"),
  CACHE_HIT_COUNT("CacheHitCount"),
  CACHE_MISS_COUNT("CacheMissCount");

  private final String word;

  Metric(String word) {
    this.word = word;
  }

  public String word() {
    return word;
  }

  public static Optional<Metric> of(String word) {
    return Arrays.stream(values()).filter(metric -> metric.word.equals(word)).findFirst();
  }

  /** As the vendor spells it. */
  public String unit() {
    return isTime() ? "Milliseconds" : "Count";
  }

  boolean isTime() {
    return this == LATENCY || this == INTEGRATION_LATENCY;
  }

  /** Of a metric that is a time. */
  Distribution times(Figures figures) {
    return this == LATENCY ? figures.latency() : figures.integrationLatency();
  }

  /**
   * Of how many requests it was measured: 0 where there is nothing to tell, as of caches where
   * there is none.
   */
  long samples(Figures figures) {
    return switch (this) {
      case COUNT, ERROR_4XX, ERROR_5XX -> figures.count();
      case LATENCY, INTEGRATION_LATENCY -> times(figures).count();
      case CACHE_HIT_COUNT, CACHE_MISS_COUNT ->
          figures.cacheHits() + figures.cacheMisses() == 0 ? 0 : figures.count();
    };
  }

  /** Of a metric that is no time: how many of the requests it was. */
  long sum(Figures figures) {
    return switch (this) {
      case COUNT -> figures.count();
      case ERROR_4XX -> figures.error4xx();
      case ERROR_5XX -> figures.error5xx();
      case CACHE_HIT_COUNT -> figures.cacheHits();
      case CACHE_MISS_COUNT -> figures.cacheMisses();
      case LATENCY, INTEGRATION_LATENCY -> throw new IllegalStateException(word + " is a time");
    };
  }
}
