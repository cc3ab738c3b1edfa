package io.gatehouse.admin.console.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.console.parts.Tone;
import io.gatehouse.admin.console.stages.CanaryPresenter.Comparison;
import io.gatehouse.admin.console.stages.CanaryPresenter.Window;
import io.gatehouse.admin.console.stages.CanaryVerdict.Side;
import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.model.observed.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanaryVerdictTest {

  private static Side side(long requests, long error4xx, long error5xx, double p95) {
    return new Side(requests, error4xx, error5xx, Optional.of(p95 / 2), Optional.of(p95));
  }

  private static CanaryVerdict of(Side stage, Side canary) {
    return CanaryVerdict.of(stage, canary);
  }

  @Test
  void fewRequestsOnEitherSideTellNothing() {
    assertEquals(Tone.PLAIN, of(side(9_000, 0, 0, 10), side(99, 0, 99, 10)).tone());
    assertEquals(Tone.PLAIN, of(side(99, 0, 0, 10), side(9_000, 0, 0, 10)).tone());
    assertEquals(Tone.PLAIN, of(Side.NOTHING, Side.NOTHING).tone());
  }

  @Test
  void moreFailuresThanChanceGivesAreWorse() {
    CanaryVerdict verdict = of(side(3_000, 0, 9, 10), side(300, 0, 13, 10));

    assertEquals(Tone.ERROR, verdict.tone());
    assertEquals("Worse: 5xx 4.3 % against 0.3 % of the stage.", verdict.words());
    assertTrue(of(side(900, 10, 0, 10), side(300, 30, 0, 10)).words().startsWith("Worse: 4xx"));
  }

  @Test
  void aFewFailuresMayBeChance() {
    assertEquals(Tone.OK, of(side(900, 0, 0, 10), side(100, 0, 4, 10)).tone());
    assertEquals(Tone.OK, of(side(1_000, 0, 50, 10), side(200, 0, 12, 10)).tone());
    assertEquals(Tone.OK, of(side(1_000, 0, 500, 10), side(1_000, 0, 0, 10)).tone(), "better");
    assertEquals(Tone.OK, of(side(1_000, 0, 1_000, 10), side(1_000, 0, 1_000, 10)).tone());
  }

  @Test
  void aLatencyThatIsFeltIsWorse() {
    assertEquals(Tone.OK, of(side(900, 0, 0, 2), side(300, 0, 0, 9)).tone(), "7 ms more");
    assertEquals(Tone.OK, of(side(900, 0, 0, 100), side(300, 0, 0, 149)).tone(), "a half less");
    assertEquals(
        "Worse: p95 latency 250 ms against 100 ms of the stage.",
        of(side(900, 0, 0, 100), side(300, 0, 0, 250)).words());
  }

  /** Two sides of the same: hardly ever one is called worse. */
  @Test
  void equalSidesAreSeldomCalledWorse() {
    Random random = new Random(5);
    int wrong = 0;
    for (int run = 0; run < 2_000; run++) {
      CanaryVerdict verdict =
          of(side(2_000, 0, failures(random, 2_000), 10), side(200, 0, failures(random, 200), 10));
      wrong += verdict.tone() == Tone.ERROR ? 1 : 0;
    }
    assertTrue(wrong < 60, wrong + " of 2000");
  }

  private static long failures(Random random, int requests) {
    return random.doubles(requests).filter(one -> one < 0.03).count();
  }

  @Test
  void bothSidesAreAskedForTheSameTimeSinceTheCanaryBegan() {
    Instant now = Instant.parse("2026-06-01T12:00:00Z");
    List<Metrics.Asked> asked = new ArrayList<>();
    Metrics metrics = new FakeMetrics(asked);
    Caller caller = new Caller("1", "us-east-1", "a", Set.of(), Caller.Door.CONSOLE);

    CanaryPresenter young =
        new CanaryPresenter(metrics, () -> now, "a1", "prod", now.minusSeconds(300));
    Comparison comparison = young.compare(caller, Window.HOUR);
    assertEquals(now.minusSeconds(300), comparison.since());
    assertEquals(7, comparison.stage().requests());
    assertEquals(
        List.of("prod", "prod/Canary"), asked.stream().map(Metrics.Asked::stageName).toList());
    assertEquals(1, asked.stream().map(Metrics.Asked::from).distinct().count());

    CanaryPresenter old = new CanaryPresenter(metrics, () -> now, "a1", "prod", Instant.EPOCH);
    assertEquals(now.minusSeconds(900), old.compare(caller, Window.QUARTER).since());
  }

  private static final class FakeMetrics extends Metrics {
    private final List<Asked> asked;

    FakeMetrics(List<Asked> asked) {
      this.asked = asked;
    }

    @Override
    public List<Line> metricTotals(Caller caller, Asked in) {
      asked.add(in);
      return in.stageName().equals("prod")
          ? List.of(
              new Line(
                  Series.ofStage("1", "a1", "prod"),
                  List.of(new Point(in.from(), 7, 1, 2, Optional.empty(), Optional.empty(), 0, 0))))
          : List.of();
    }
  }
}
