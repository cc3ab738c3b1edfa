package io.gatehouse.admin.console.metrics;

import io.gatehouse.admin.guard.Caller;
import io.gatehouse.admin.metrics.Metrics;
import io.gatehouse.admin.metrics.Metrics.Asked;
import io.gatehouse.admin.metrics.Metrics.Grouping;
import io.gatehouse.admin.metrics.Metrics.Line;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What was asked of APIs and stages lately. */
@ApplicationScoped
public class TrafficReader {

  private Metrics metrics;
  private InstantSource clock;

  /** For the container's proxies. */
  protected TrafficReader() {}

  @Inject
  public TrafficReader(Metrics metrics, InstantSource clock) {
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Of each stage of an API, its canary included, by name; stages without requests are left out.
   *
   * @param last the span up to now
   */
  public Map<String, Traffic> ofStages(Caller caller, String apiId, Duration last) {
    Map<String, Traffic> stages = new HashMap<>();
    for (Line line : totals(caller, apiId, Grouping.STAGE, last)) {
      // a canary's figures are beside its stage's, as prod/Canary
      String stage = line.of().stageName().split("/", 2)[0];
      stages.merge(stage, Traffic.of(line), Traffic::and);
    }
    return stages;
  }

  /** The same of all APIs, by their ids and then by stage. */
  public Map<String, Map<String, Traffic>> ofAll(Caller caller, Duration last) {
    Map<String, Map<String, Traffic>> apis = new HashMap<>();
    for (Line line : totals(caller, "", Grouping.STAGE, last)) {
      apis.computeIfAbsent(line.of().apiId(), id -> new HashMap<>())
          .merge(line.of().stageName().split("/", 2)[0], Traffic.of(line), Traffic::and);
    }
    return apis;
  }

  private List<Line> totals(Caller caller, String apiId, Grouping by, Duration last) {
    Instant now = clock.instant();
    return metrics.metricTotals(
        caller, new Asked(apiId, "", "", "", by, now.minus(last), now.plusSeconds(60), last));
  }
}
