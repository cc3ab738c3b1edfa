package io.gatehouse.runtime.observe;

import io.gatehouse.runtime.exchange.BackendStatus;
import io.gatehouse.runtime.exchange.CompiledStage;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.IssuerStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Counts and latencies in the vendor's names, for Prometheus: of each stage, of its canary, and of
 * the methods whose settings ask for it. What matches no stage is counted together, and so is what
 * is beyond a bound, so that neither callers nor tenants can make series without end.
 */
public final class Metrics implements Observer, AutoCloseable {

  /** Series, at most, of backends that are not well. */
  private static final int MOST_BACKENDS = 100;

  /** Series, at most, of what is counted for accounts. */
  private static final int MOST_ACCOUNTS = 100;

  /** Series, at most, of issuers that do not answer. */
  private static final int MOST_ISSUERS = 100;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final StageSeries stages;
  private final Counter unmatched;

  /** The registry itself does not keep what it reads from. */
  private final List<Supplier<Number>> counted = new CopyOnWriteArrayList<>();

  private final List<Runnable> beforeScrape = new CopyOnWriteArrayList<>();

  public Metrics() {
    this(SeriesBounds.USUAL);
  }

  Metrics(SeriesBounds bounds) {
    stages = new StageSeries(registry, bounds);
    gauge(
        "gatehouse_without_series",
        "Stages and methods counted under other, as their account or the node has too many",
        stages::without);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    gc.bindTo(registry);
    unmatched =
        Counter.builder("gatehouse_unmatched_requests")
            .description("Requests for which no stage was found")
            .register(registry);
  }

  public void gauge(String name, String description, Supplier<Number> value) {
    Gauge.builder(name, value).description(description).register(registry);
  }

  /** Of something that is counted elsewhere and only grows. */
  public void count(String name, String description, Supplier<Number> value) {
    count(name, description, Tags.empty(), value);
  }

  /** The same, of one of few things of a kind. */
  public void count(
      String name, String description, String kind, String which, Supplier<Number> value) {
    count(name, description, Tags.of(kind, which), value);
  }

  private void count(String name, String description, Tags tags, Supplier<Number> value) {
    counted.add(value);
    FunctionCounter.builder(name, value, v -> v.get().doubleValue())
        .description(description)
        .tags(tags)
        .register(registry);
  }

  /**
   * Of few things of a kind: a series for each that there is when metrics are asked for.
   *
   * @param values by what the labels say
   */
  public void rows(
      String name,
      String description,
      List<String> labels,
      Supplier<Map<List<String>, Number>> values) {
    MultiGauge rows = MultiGauge.builder(name).description(description).register(registry);
    beforeScrape.add(
        () ->
            rows.register(
                values.get().entrySet().stream()
                    .map(e -> MultiGauge.Row.of(tags(labels, e.getKey()), e.getValue()))
                    .collect(Collectors.toList()),
                true));
  }

  private static Tags tags(List<String> labels, List<String> values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < labels.size(); i++) {
      tags = tags.and(labels.get(i), values.get(i));
    }
    return tags;
  }

  /** Of something that is counted for accounts: a series for each, as many as may be. */
  public void byAccount(String name, String description, Supplier<Map<String, Long>> values) {
    MultiGauge rows = MultiGauge.builder(name).description(description).register(registry);
    beforeScrape.add(
        () ->
            rows.register(
                values.get().entrySet().stream()
                    .limit(MOST_ACCOUNTS)
                    .map(e -> MultiGauge.Row.of(Tags.of("account", e.getKey()), e.getValue()))
                    .collect(Collectors.toList()),
                true));
  }

  /** Takes nanoseconds. */
  public LongConsumer timer(String name, String description) {
    Timer timer = Timer.builder(name).description(description).register(registry);
    return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * How backends fare: by state, and of those that are not well a series each, as many as may be.
   *
   * @param healthy how many addresses are well
   * @param statuses of those that are not, and of others that there is something to tell of
   */
  public void backends(Supplier<Number> healthy, Supplier<List<BackendStatus>> statuses) {
    String name = "gatehouse_backend_addresses";
    String description = "Addresses of backends by how they are";
    Gauge.builder(name, healthy)
        .description(description)
        .tag("state", "healthy")
        .register(registry);
    for (String state : List.of("unhealthy", "open", "half-open")) {
      Gauge.builder(
              name, () -> statuses.get().stream().filter(s -> s.state().equals(state)).count())
          .description(description)
          .tag("state", state)
          .register(registry);
    }
    MultiGauge unwell =
        MultiGauge.builder("gatehouse_backend_failures")
            .description("Failures in a row of addresses of backends that are not well")
            .register(registry);
    beforeScrape.add(
        () ->
            unwell.register(
                statuses.get().stream()
                    .filter(status -> !status.state().equals("healthy"))
                    .limit(MOST_BACKENDS)
                    .map(Metrics::row)
                    .toList(),
                true));
  }

  /**
   * How issuers of user pools fare: how many there are, how old the oldest keys are, and of those
   * that do not answer a series each, as many as may be.
   *
   * @param failures requests for keys that failed
   * @param statuses of all that were asked
   */
  public void issuers(Supplier<Number> failures, Supplier<List<IssuerStatus>> statuses) {
    count("gatehouse_issuer_failures", "Requests for issuers' keys that failed", failures);
    gauge("gatehouse_issuers", "Issuers of user pools in use", () -> statuses.get().size());
    gauge(
        "gatehouse_issuer_keys_age_seconds",
        "Age of the oldest keys of an issuer in use",
        () -> statuses.get().stream().mapToLong(IssuerStatus::ageMillis).max().orElse(0) / 1000.0);
    MultiGauge unwell =
        MultiGauge.builder("gatehouse_issuer_unanswered")
            .description("Age in seconds of the keys of issuers that do not answer, -1 for none")
            .register(registry);
    beforeScrape.add(
        () ->
            unwell.register(
                statuses.get().stream()
                    .filter(status -> status.failures() > 0)
                    .limit(MOST_ISSUERS)
                    .map(Metrics::row)
                    .toList(),
                true));
  }

  private static MultiGauge.Row<Number> row(IssuerStatus status) {
    return MultiGauge.Row.of(
        Tags.of("account", status.account(), "pool", status.poolId()),
        status.ageMillis() < 0 ? -1 : status.ageMillis() / 1000.0);
  }

  private static MultiGauge.Row<Number> row(BackendStatus status) {
    return MultiGauge.Row.of(
        Tags.of(
            "account",
            status.account(),
            "backend",
            status.backend(),
            "address",
            status.address(),
            "state",
            status.state()),
        status.failures());
  }

  /** In the Prometheus text format. */
  public String scrape() {
    beforeScrape.forEach(Runnable::run);
    return registry.scrape();
  }

  @Override
  public void over(Exchange x, long endNanos, long bytesSent) {
    if (!x.hasStage()) {
      unmatched.increment();
      return;
    }
    stages.count(x, endNanos);
  }

  /** The stage is served no more. */
  public void forget(String apiStage) {
    stages.forget(apiStage);
  }

  /** A canary is counted by itself, under the vendor's name for it. */
  static String stageName(CompiledStage stage) {
    return "true".equals(stage.isCanaryRequest())
        ? stage.stageName() + "/Canary"
        : stage.stageName();
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
