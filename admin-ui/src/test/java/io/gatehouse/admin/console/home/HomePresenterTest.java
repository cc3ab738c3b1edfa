package io.gatehouse.admin.console.home;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.home.Figures.Cause;
import io.gatehouse.admin.console.home.Standing.Behind;
import io.gatehouse.admin.console.home.Standing.Deployed;
import io.gatehouse.admin.console.home.Standing.NearLimit;
import io.gatehouse.admin.console.metrics.Traffic;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.logs.Found;
import io.gatehouse.admin.logs.Requests;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.operations.DeploymentHistory;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.admin.operations.Logs;
import io.gatehouse.admin.operations.Nodes;
import io.gatehouse.admin.operations.RestApis;
import io.gatehouse.admin.operations.UsagePlans;
import io.gatehouse.admin.operations.UsageRecords;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.snapshot.Acknowledgement;
import io.gatehouse.model.wire.ApiError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsResponse;
import software.amazon.awssdk.services.apigateway.model.GetRestApisRequest;
import software.amazon.awssdk.services.apigateway.model.GetRestApisResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlanKeysResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsagePlansResponse;
import software.amazon.awssdk.services.apigateway.model.GetUsageRequest;
import software.amazon.awssdk.services.apigateway.model.GetUsageResponse;
import software.amazon.awssdk.services.apigateway.model.QuotaSettings;
import software.amazon.awssdk.services.apigateway.model.RestApi;
import software.amazon.awssdk.services.apigateway.model.UsagePlan;
import software.amazon.awssdk.services.apigateway.model.UsagePlanKey;

class HomePresenterTest {

  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Caller CALLER =
      new Caller("111111111111", "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);

  private final List<String> apis = new ArrayList<>(List.of("pets", "gone"));
  private final Map<String, Integer> statuses = new TreeMap<>();
  private boolean nodeBLate;
  private long left = 100;

  private final HomePresenter presenter =
      new HomePresenter(
          new FakeRestApis(),
          new FakeMetrics(),
          new FakeLogs(),
          new FakeNodes(),
          new FakeHistory(),
          new FakeDeployments(),
          new FakePlans(),
          new FakeUsage(),
          () -> NOON);

  @Test
  void theLastHourIsComparedWithTheOneBefore() {
    Figures figures = presenter.figures(CALLER);

    assertEquals(200, figures.last().requests());
    assertEquals("1.5 %", figures.last().errorRate());
    assertEquals("12 ms", figures.last().latency());
    assertEquals(Traffic.NOTHING, figures.before());
    assertEquals("–", figures.before().errorRate());
    assertEquals("–", figures.before().latency());
  }

  @Test
  void failuresAreCountedByTheirCauseAndLeadToTheLogs() {
    statuses.put("a", 502);
    statuses.put("b", 404);
    statuses.put("c", 502);

    assertEquals(
        List.of(
            new Cause("502 of the backend", 2, "status:502"),
            new Cause("404 of the backend", 1, "status:404")),
        presenter.figures(CALLER).causes());
  }

  @Test
  void whatIsNotDeployedAndWhatWasIsTold() {
    Standing standing = presenter.standing(CALLER);

    assertEquals(List.of(new Behind("pets", "name of pets", 2)), standing.behind());
    assertEquals(
        List.of(
            new Deployed("pets", "name of pets", "d2", "second", NOON),
            new Deployed("pets", "name of pets", "d1", "", NOON.minusSeconds(60))),
        standing.deployed(),
        "the last first; an API that was deleted meanwhile is left out");
  }

  @Test
  void aNodeIsInSyncWhenItServesTheNewestOfEveryStage() {
    assertEquals(2, presenter.standing(CALLER).inSync());

    nodeBLate = true;
    assertEquals(2, presenter.standing(CALLER).nodes());
    assertEquals(1, presenter.standing(CALLER).inSync());
  }

  @Test
  void keysNearTheirQuotaAreTold() {
    assertEquals(List.of(), presenter.standing(CALLER).nearLimit());

    left = 15;
    assertEquals(
        List.of(new NearLimit("p1", "Free", "Acme", 85)), presenter.standing(CALLER).nearLimit());
  }

  @Test
  void aTenantWithoutApisHasNothingToLookAt() {
    assertTrue(presenter.hasApis(CALLER));
    apis.clear();
    assertFalse(presenter.hasApis(CALLER));
  }

  private final class FakeRestApis extends RestApis {
    @Override
    public GetRestApisResponse getRestApis(Caller caller, GetRestApisRequest in) {
      return GetRestApisResponse.builder()
          .items(
              apis.stream()
                  .map(id -> RestApi.builder().id(id).name("name of " + id).build())
                  .toList())
          .build();
    }
  }

  private static final class FakeMetrics extends Metrics {
    @Override
    public List<Line> metricTotals(Caller caller, Asked in) {
      Point point =
          new Point(
              in.from(),
              200,
              1,
              2,
              Optional.of(new Percentiles(3, 12, 20)),
              Optional.empty(),
              0,
              0);
      return in.until().isAfter(NOON)
          ? List.of(new Line(new Series("1", "", "", "", ""), List.of(point)))
          : List.of();
    }
  }

  private final class FakeLogs extends Logs {
    @Override
    public Found searchLogs(Caller caller, Asked in, Optional<Long> before, int most) {
      return new Found(
          statuses.entrySet().stream()
              .map(
                  one ->
                      new Found.Entry(
                          1, Requests.served(CALLER.account(), one.getKey(), NOON, one.getValue())))
              .toList(),
          false,
          true);
    }
  }

  private final class FakeNodes extends Nodes {
    private final List<NodeView> up = List.of(new NodeView("a", "a:1"), new NodeView("b", "b:1"));

    @Override
    public List<NodeView> nodes(Caller caller) {
      return up;
    }

    @Override
    public StageReceipt receipt(Caller caller, String apiId, String stageName) {
      return new StageReceipt(
          7, up, List.of(heard("a", 7), heard("b", nodeBLate && stageName.equals("dev") ? 6 : 7)));
    }

    private static Acknowledgement heard(String node, long revision) {
      return new Acknowledgement(node, "k", revision, "hash", 1, Optional.empty());
    }
  }

  private static final class FakeHistory extends DeploymentHistory {
    @Override
    public List<StageBehind> stagesBehind(Caller caller, String apiId) {
      if (apiId.equals("gone")) {
        throw ApiError.notFound("Invalid API identifier specified");
      }
      return List.of(new StageBehind("dev", 2), new StageBehind("prod", 5));
    }
  }

  private static final class FakeDeployments extends Deployments {
    @Override
    public GetDeploymentsResponse getDeployments(Caller caller, GetDeploymentsRequest in) {
      return GetDeploymentsResponse.builder()
          .items(
              Deployment.builder().id("d1").createdDate(NOON.minusSeconds(60)).build(),
              Deployment.builder().id("d2").description("second").createdDate(NOON).build())
          .build();
    }
  }

  private static final class FakePlans extends UsagePlans {
    @Override
    public GetUsagePlansResponse getUsagePlans(Caller caller, GetUsagePlansRequest in) {
      return GetUsagePlansResponse.builder()
          .items(
              UsagePlan.builder()
                  .id("p1")
                  .name("Free")
                  .quota(QuotaSettings.builder().limit(100).period("DAY").build())
                  .build(),
              UsagePlan.builder().id("p2").name("Open").build())
          .build();
    }

    @Override
    public GetUsagePlanKeysResponse getUsagePlanKeys(Caller caller, GetUsagePlanKeysRequest in) {
      return GetUsagePlanKeysResponse.builder()
          .items(UsagePlanKey.builder().id("k1").name("Acme").build())
          .build();
    }
  }

  private final class FakeUsage extends UsageRecords {
    @Override
    public GetUsageResponse getUsage(Caller caller, GetUsageRequest in) {
      return GetUsageResponse.builder()
          .items(Map.of("k1", List.of(List.of(100 - left, left))))
          .build();
    }
  }
}
