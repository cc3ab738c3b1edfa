package io.gatehouse.admin.console.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.admin.console.parts.ChartData;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.metrics.Metrics.Asked;
import io.gatehouse.admin.metrics.Metrics.Charts;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.metrics.Metrics.Line;
import io.gatehouse.admin.metrics.Metrics.Percentiles;
import io.gatehouse.admin.metrics.Metrics.Point;
import io.gatehouse.admin.operations.Deployments;
import io.gatehouse.model.observed.Series;
import io.gatehouse.model.wire.ApiError;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.Deployment;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsRequest;
import software.amazon.awssdk.services.apigateway.model.GetDeploymentsResponse;

class MetricsPresenterTest {

  private static final String ACCOUNT = "111111111111";
  private static final Caller CALLER =
      new Caller(ACCOUNT, "us-east-1", "alice", Set.of(), Caller.Door.CONSOLE);
  private static final Instant NOON = Instant.parse("2026-06-01T12:00:00Z");
  private static final Question QUESTION = Question.of(Map.of());

  private final FakeMetrics metrics = new FakeMetrics();
  private final Seen seen = new Seen();
  private final MetricsPresenter presenter =
      new MetricsPresenter(
          metrics, new FakeDeployments(), () -> CALLER, InstantSource.fixed(NOON), seen);

  private static Point point(int minute, long count, double p95) {
    return new Point(
        NOON.plusSeconds(minute * 60L),
        count,
        1,
        0,
        Optional.of(new Percentiles(p95 / 2, p95, p95 * 2)),
        Optional.empty(),
        0,
        0);
  }

  private static Line line(String api, String stage, Point... points) {
    return new Line(Series.ofStage(ACCOUNT, api, stage), List.of(points));
  }

  private void found(int more, Line... lines) {
    metrics.charts =
        new Charts(
            NOON, NOON.plusSeconds(3 * 60), Duration.ofMinutes(1), Arrays.asList(lines), more);
  }

  private ChartData chart(String title) {
    return seen.charts.stream().filter(c -> c.title().equals(title)).findFirst().orElseThrow();
  }

  @Test
  void minutesWithoutRequestsAreZeroAndHaveNoLatency() {
    found(0, line("", "", point(0, 5, 20), point(2, 7, 30)));
    presenter.show(QUESTION, Map.of());

    assertEquals(
        List.of(NOON, NOON.plusSeconds(60), NOON.plusSeconds(120)), chart("Requests").times());
    assertEquals(List.of(5.0, 0.0, 7.0), chart("Requests").lines().getFirst().values());
    ChartData latency = chart("Latency");
    assertEquals(
        List.of("p50", "p95", "p99"), latency.lines().stream().map(ChartData.Line::label).toList());
    assertEquals(Arrays.asList(20.0, null, 30.0), latency.lines().get(1).values());
    assertEquals(
        List.of("Requests", "Errors", "Latency"),
        seen.charts.stream().map(ChartData::title).toList(),
        "no backend and no cache");
    assertEquals(
        List.of("4XXError", "5XXError"),
        chart("Errors").lines().stream().map(ChartData.Line::label).toList());
    assertEquals("Each point is 1 min.", seen.note);
  }

  @Test
  void severalAreComparedByTheNamesThatPeopleGave() {
    found(4, line("a1", "prod", point(0, 5, 20)), line("b2", "dev", point(0, 1, 40)));
    presenter.show(
        QUESTION.with(Grouping.STAGE).with(Question.Percentile.P99), Map.of("a1", "Pets"));

    assertEquals(
        List.of("Pets · prod", "b2 · dev"),
        chart("Requests").lines().stream().map(ChartData.Line::label).toList());
    assertEquals(Arrays.asList(80.0, null, null), chart("Latency (p99)").lines().get(1).values());
    assertEquals(
        "Each point is 1 min. The 2 with most requests are drawn, 4 more are not.", seen.note);
  }

  @Test
  void deploymentsOfTheApiAreMarked() {
    found(0, line("a1", "prod", point(0, 5, 20)));
    presenter.show(QUESTION, Map.of());
    assertEquals(List.of(), chart("Requests").marks());

    presenter.show(QUESTION.withApi("a1"), Map.of());
    assertEquals(
        List.of(new ChartData.Mark(NOON.plusSeconds(70), "Deployment d2: faster")),
        chart("Requests").marks());

    presenter.show(QUESTION.withApi("deleted"), Map.of());
    assertEquals(List.of(), chart("Requests").marks());
  }

  @Test
  void nothingIsSaidToBeNothing() {
    found(0);
    presenter.show(QUESTION, Map.of());

    assertEquals(1, seen.nothing);
    assertEquals(List.of(), seen.charts);
  }

  private static final class Seen implements MetricsPresenter.Screen {
    private List<ChartData> charts = List.of();
    private String note = "";
    private int nothing;

    @Override
    public void show(List<ChartData> shown, String words) {
      charts = shown;
      note = words;
    }

    @Override
    public void showNothing() {
      nothing++;
    }
  }

  private static final class FakeMetrics extends Metrics {
    private Charts charts;

    @Override
    public Charts metricCharts(Caller caller, Asked asked) {
      return charts;
    }
  }

  private static final class FakeDeployments extends Deployments {
    @Override
    public GetDeploymentsResponse getDeployments(Caller caller, GetDeploymentsRequest in) {
      if (!in.restApiId().equals("a1")) {
        throw ApiError.notFound("Invalid API identifier specified");
      }
      return GetDeploymentsResponse.builder()
          .items(
              deployment("d1", NOON.minusSeconds(1), null),
              deployment("d2", NOON.plusSeconds(70), "faster"),
              deployment("d3", NOON.plusSeconds(180), null))
          .build();
    }

    private static Deployment deployment(String id, Instant created, String description) {
      return Deployment.builder().id(id).createdDate(created).description(description).build();
    }
  }
}
