package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.Exchange;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The series of a stage or a method. All have the same labels, as Prometheus wants it; those of a
 * stage have an empty {@code method}, which is the same as none.
 */
final class StageMeters {

  /** Up to where latencies are told apart: percentiles are between two of these. */
  private static final Duration[] LATENCIES =
      LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000)
          .mapToObj(Duration::ofMillis)
          .toArray(Duration[]::new);

  private final Counter count;
  private final Counter error4xx;
  private final Counter error5xx;
  private final Timer latency;
  private final Timer integrationLatency;
  private final Counter cacheHits;
  private final Counter cacheMisses;

  /**
   * @param method empty for a stage, as {@code resource}
   */
  StageMeters(
      MeterRegistry registry,
      String account,
      String api,
      String stage,
      String method,
      String resource) {
    Tags tags =
        Tags.of(
            "account", account, "api", api, "stage", stage, "method", method, "resource", resource);
    count = counter(registry, "gatehouse_count", "Requests", tags);
    error4xx = counter(registry, "gatehouse_4xx_error", "Answers 400 to 499", tags);
    error5xx = counter(registry, "gatehouse_5xx_error", "Answers 500 to 599", tags);
    latency = timer(registry, "gatehouse_latency", "First byte in to last byte out", tags);
    integrationLatency =
        timer(
            registry, "gatehouse_integration_latency", "Backend called to its answer's head", tags);
    cacheHits =
        counter(registry, "gatehouse_cache_hit_count", "Answers from the response cache", tags);
    cacheMisses =
        counter(
            registry,
            "gatehouse_cache_miss_count",
            "Answers of methods with caching that were not in the response cache",
            tags);
  }

  private static Counter counter(
      MeterRegistry registry, String name, String description, Tags tags) {
    return Counter.builder(name).description(description).tags(tags).register(registry);
  }

  private static Timer timer(MeterRegistry registry, String name, String description, Tags tags) {
    return Timer.builder(name)
        .description(description)
        .tags(tags)
        .serviceLevelObjectives(LATENCIES)
        .register(registry);
  }

  void count(Exchange x, long endNanos) {
    count.increment();
    int status = x.status();
    if (status >= 500) {
      error5xx.increment();
    } else if (status >= 400) {
      error4xx.increment();
    }
    latency.record(endNanos - x.timeline().start(), TimeUnit.NANOSECONDS);
    if (x.backendNanos() >= 0) {
      integrationLatency.record(x.backendNanos(), TimeUnit.NANOSECONDS);
    }
    if (x.cacheResult() != null) {
      (x.cacheResult() == CacheResult.HIT ? cacheHits : cacheMisses).increment();
    }
  }

  void removeFrom(MeterRegistry registry) {
    registry.remove(count);
    registry.remove(error4xx);
    registry.remove(error5xx);
    registry.remove(latency);
    registry.remove(integrationLatency);
    registry.remove(cacheHits);
    registry.remove(cacheMisses);
  }
}
