package io.gatehouse.admin.console.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.admin.operations.UsageRecords;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageResponse;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;

class LastDayTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Caller CALLER =
      new Caller("1", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private final List<Metrics.Line> lines = new ArrayList<>();
  private boolean refuses;
  private final TrafficReader traffic = new TrafficReader(new FakeMetrics(), () -> NOON);
  private final LastDay lastDay =
      new LastDay(traffic, new FakePlans(), new FakeUsage(), () -> NOON);

  private void count(String api, String stage, long requests, long failed) {
    lines.add(
        new Metrics.Line(
            Series.ofStage("1", api, stage),
            List.of(
                new Metrics.Point(
                    NOON,
                    requests,
                    failed,
                    0,
                    Optional.of(new Metrics.Percentiles(1, 2, 3)),
                    Optional.empty(),
                    0,
                    0))));
  }

  @Test
  void aStageIsCountedWithItsCanaryAndAnApiWithItsStages() {
    count("a1", "prod", 1_200, 3);
    count("a1", "prod/Canary", 34, 30);
    count("a1", "dev", 1, 0);

    assertEquals(
        "It had 1,234 requests in the last 24 hours.", lastDay.ofStage(CALLER, "a1", "prod"));
    assertEquals("It had 1 request in the last 24 hours.", lastDay.ofStage(CALLER, "a1", "dev"));
    assertEquals("It had no request in the last 24 hours.", lastDay.ofStage(CALLER, "a1", "x"));
    assertEquals("It had 1,235 requests in the last 24 hours.", lastDay.ofApi(CALLER, "a1"));
    Traffic both = traffic.ofStages(CALLER, "a1", Duration.ofDays(1)).get("prod");
    assertEquals(new Traffic(1_234, 33, Optional.empty()), both, "no latency of both");
    assertEquals(
        Set.of("prod", "dev"), traffic.ofAll(CALLER, Duration.ofDays(1)).get("a1").keySet());
  }

  @Test
  void aKeyIsCountedByItsPlans() {
    assertEquals(
        "It had 30 requests by its usage plans yesterday and today (UTC).",
        lastDay.ofKey(CALLER, "k1"));
  }

  @Test
  void whereNobodyMaySayNothingIsSaid() {
    refuses = true;

    assertEquals("", lastDay.ofApi(CALLER, "a1"));
    assertEquals("", lastDay.ofStage(CALLER, "a1", "prod"));
  }

  @Test
  void ratesAreReadableAndNoneIsAlarmingWithoutRequests() {
    assertEquals("–", Traffic.NOTHING.errorRate());
    assertEquals("0 %", new Traffic(10, 0, Optional.empty()).errorRate());
    assertEquals("< 0.1 %", new Traffic(10_000, 1, Optional.empty()).errorRate());
    assertEquals("5.0 %", new Traffic(20, 1, Optional.empty()).errorRate());
    assertEquals(false, new Traffic(20, 1, Optional.empty()).failsOften());
    assertEquals(true, new Traffic(19, 1, Optional.empty()).failsOften());
    assertEquals(false, Traffic.NOTHING.failsOften());
    Traffic one = new Traffic(1, 0, Optional.of(2.0));
    assertEquals(one, Traffic.NOTHING.and(one));
    assertEquals(one, one.and(Traffic.NOTHING));
    assertEquals("2.0 ms", one.latency());
  }

  private final class FakeMetrics extends Metrics {
    @Override
    public List<Line> metricTotals(Caller caller, Asked in) {
      if (refuses) {
        throw ApiError.of(ApiError.Kind.ACCESS_DENIED, "no");
      }
      return lines;
    }
  }

  private static final class FakePlans extends UsagePlans {
    @Override
    public GetUsagePlansResponse getUsagePlans(Caller caller, GetUsagePlansRequest in) {
      assertEquals("k1", in.keyId());
      return GetUsagePlansResponse.builder()
          .items(UsagePlan.builder().id("p1").build(), UsagePlan.builder().id("p2").build())
          .build();
    }
  }

  private static final class FakeUsage extends UsageRecords {
    @Override
    public GetUsageResponse getUsage(Caller caller, GetUsageRequest in) {
      assertEquals("2026-05-31", in.startDate());
      return GetUsageResponse.builder()
          .items(Map.of("k1", List.of(List.of(10L, 5L), List.of(5L, 0L))))
          .build();
    }
  }
}
