package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.observed.Figures;
import io.gatehouse.model.observed.MinuteRecord;
import io.gatehouse.model.observed.Series;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.CacheResult;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.Timeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.CanarySettings;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

class MinuteCountsTest {

  private static final String NOON = "2026-06-01T12:00:00Z";
  private static final long MINUTE = Instant.parse(NOON).getEpochSecond() / 60;
  private static final Series PROD = Series.ofStage(SampleApi.ACCOUNT, "pets", "prod");

  private final List<byte[]> spool = new ArrayList<>();
  private volatile Instant now = Instant.parse(NOON);
  private boolean full;
  private final MinuteCounts counts = new MinuteCounts(this::offer, () -> now, 2);

  private boolean offer(byte[] record) {
    if (!full) {
      spool.add(record);
    }
    return !full;
  }

  private static SampleApi sample() {
    return SampleApi.api("pets", "prod")
        .mock("GET", "/pets", 200, "ok")
        .mock("POST", "/pets", 200, "ok");
  }

  private static CompiledStage stage(SampleApi api) {
    return StageCompiler.compile(api.snapshot(1), SampleApi.NO_BACKENDS, SampleApi.NO_AUTHORIZERS);
  }

  private static CompiledStage detailed() {
    return stage(
        sample()
            .stage(
                s ->
                    s.methodSettings(
                        Map.of("*/*", MethodSetting.builder().metricsEnabled(true).build()))));
  }

  /** A request that was answered so. */
  static Exchange exchange(CompiledStage stage, String verb, int status) {
    Request request =
        new Request(
            verb, "/", "", "x", new HeaderList(), Body.EMPTY, "10.0.0.9", "https", "HTTP/1.1");
    Exchange x = new Exchange(request, "id", "extended", "Root=1-2-3", 0, new Timeline(1_000_000));
    x.stage(stage, "/pets");
    x.method(stage.routes().find("/pets", found -> true).value().method(verb), List.of());
    x.response(new Response(status, new HeaderList(), Body.EMPTY));
    return x;
  }

  /** A request that was answered. */
  static Exchange plain() {
    return exchange(stage(sample()), "GET", 200);
  }

  private void over(CompiledStage stage, String verb, int status, long millis) {
    counts.over(exchange(stage, verb, status), 1_000_000 + millis * 1_000_000, 0);
  }

  /** All that was handed over, by minute. */
  private TreeMap<Long, Map<Series, Figures>> handedOver() {
    counts.handOver();
    TreeMap<Long, Map<Series, Figures>> sums = new TreeMap<>();
    for (byte[] record : spool) {
      try {
        MinuteRecord read = MinuteRecord.decode(record);
        Map<Series, Figures> sum = sums.computeIfAbsent(read.epochMinute(), m -> new HashMap<>());
        read.figures()
            .forEach((series, f) -> sum.computeIfAbsent(series, s -> new Figures()).add(f));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return sums;
  }

  @Test
  void aRequestCountsInItsStage() {
    CompiledStage stage = stage(sample());
    over(stage, "GET", 200, 10);
    over(stage, "GET", 404, 20);
    over(stage, "POST", 502, 30);

    assertEquals(List.of(PROD), List.copyOf(handedOver().get(MINUTE).keySet()));
    Figures figures = handedOver().get(MINUTE).get(PROD);
    assertEquals(3, figures.count());
    assertEquals(1, figures.error4xx());
    assertEquals(1, figures.error5xx());
    assertEquals(60_000, figures.latency().sum());
    assertEquals(10_000, figures.latency().min());
    assertEquals(30_000, figures.latency().max());
    assertEquals(0, figures.integrationLatency().count());
  }

  @Test
  void theBackendsTimeAndTheCachesAnswersAreCounted() {
    CompiledStage stage = stage(sample());
    Exchange hit = exchange(stage, "GET", 200);
    hit.cacheResult(CacheResult.HIT);
    counts.over(hit, 2_000_000, 0);
    Exchange miss = exchange(stage, "GET", 200);
    miss.cacheResult(CacheResult.MISS);
    miss.backendStarted(1_000_000);
    miss.backendEnded(1_700_000);
    counts.over(miss, 2_000_000, 0);

    Figures figures = handedOver().get(MINUTE).get(PROD);
    assertEquals(1, figures.cacheHits());
    assertEquals(1, figures.cacheMisses());
    assertEquals(1, figures.integrationLatency().count());
    assertEquals(700, figures.integrationLatency().sum());
  }

  @Test
  void withDetailedMetricsAMethodIsCountedByItselfToo() {
    CompiledStage stage = detailed();
    over(stage, "GET", 200, 1);
    over(stage, "GET", 200, 1);
    over(stage, "POST", 500, 1);

    Map<Series, Figures> minute = handedOver().get(MINUTE);
    assertEquals(3, minute.get(PROD).count());
    assertEquals(2, minute.get(PROD.method("GET", "/pets")).count());
    assertEquals(1, minute.get(PROD.method("POST", "/pets")).error5xx());
  }

  @Test
  void aCanaryIsCountedApart() {
    CompiledStage stage =
        stage(
            sample()
                .canary(sample())
                .stage(
                    s ->
                        s.canarySettings(
                            CanarySettings.builder()
                                .percentTraffic(50.0)
                                .deploymentId("dep2")
                                .build())));
    over(stage, "GET", 200, 1);
    over(stage.split().canary(), "GET", 200, 1);

    Map<Series, Figures> minute = handedOver().get(MINUTE);
    assertEquals(1, minute.get(PROD).count());
    assertEquals(1, minute.get(Series.ofStage(SampleApi.ACCOUNT, "pets", "prod/Canary")).count());
  }

  @Test
  void aRequestCountsInTheMinuteInWhichItEnds() {
    CompiledStage stage = stage(sample());
    over(stage, "GET", 200, 1);
    now = now.plusSeconds(59);
    over(stage, "GET", 200, 1);
    now = now.plusSeconds(1);
    over(stage, "GET", 200, 90_000);

    assertEquals(2, handedOver().get(MINUTE).get(PROD).count());
    assertEquals(1, handedOver().get(MINUTE + 1).get(PROD).count());
  }

  @Test
  void partsOfAMinuteAddUpAndNothingIsHandedOverTwice() {
    CompiledStage stage = stage(sample());
    over(stage, "GET", 200, 1);
    counts.handOver();
    counts.handOver();
    over(stage, "GET", 200, 2);
    counts.handOver();

    assertEquals(2, spool.size());
    assertEquals(2, handedOver().get(MINUTE).get(PROD).count());
  }

  @Test
  void whatTheDiskDoesNotTakeIsHandedOverLater() {
    full = true;
    CompiledStage stage = stage(sample());
    over(stage, "GET", 200, 1);
    counts.handOver();
    over(stage, "GET", 200, 2);
    counts.handOver();
    assertEquals(List.of(), spool);

    full = false;
    assertEquals(2, handedOver().get(MINUTE).get(PROD).count());
    assertEquals(0, counts.dropped());
  }

  @Test
  void aDiskThatTakesNothingForLongLosesTheOldestAndThatIsCounted() {
    full = true;
    CompiledStage stage = stage(sample());
    for (int i = 0; i < 300; i++) {
      over(stage, "GET", 200, 1);
      counts.handOver();
    }
    assertEquals(44, counts.dropped());

    full = false;
    assertEquals(256, handedOver().get(MINUTE).get(PROD).count());
  }

  @Test
  void nothingIsLostWhileManyThreadsCountAndOneHandsOver() throws InterruptedException {
    CompiledStage stage = detailed();
    int each = 20_000;
    CountDownLatch done = new CountDownLatch(6);
    for (int t = 0; t < 6; t++) {
      Thread.ofPlatform()
          .start(
              () -> {
                for (int i = 0; i < each; i++) {
                  over(stage, "GET", 200, 1);
                }
                done.countDown();
              });
    }
    while (done.getCount() > 0) {
      counts.handOver();
    }
    done.await();

    assertEquals(6 * each, handedOver().get(MINUTE).get(PROD).count());
    assertEquals(6 * each, handedOver().get(MINUTE).get(PROD.method("GET", "/pets")).count());
  }

  @Test
  void anAccountHasSoManyMethodsAndOthersHaveTheirs() {
    AdmittedSeries places = new AdmittedSeries(2, 3);
    Series other = Series.ofStage("222222222222", "x", "prod").method("GET", "/");

    assertTrue(places.admits(PROD.method("GET", "/1"), 0));
    assertTrue(places.admits(PROD.method("GET", "/2"), 0));
    assertEquals(false, places.admits(PROD.method("GET", "/3"), 0));
    assertTrue(places.admits(other, 0));
    assertEquals(false, places.admits(Series.ofStage("333333333333", "x", "p"), 0), "in all");
    assertTrue(places.admits(PROD.method("GET", "/2"), 60), "who has a place keeps it");
    assertTrue(places.admits(PROD.method("GET", "/3"), 61), "/1 was not used for an hour");
    assertEquals(false, places.admits(PROD.method("GET", "/4"), 61));
    assertEquals(3, places.refused());
  }
}
