package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.admin.logs.Found;
import io.gatehouse.admin.logs.LogQuery;
import io.gatehouse.admin.logs.LogSettings;
import io.gatehouse.admin.logs.LogStore;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Datapoint;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;

/**
 * The control plane and the database in it are killed under load, and come back: no log line and no
 * count is missing or there twice.
 */
@ExtendWith(Installation.Shared.class)
@Order(8)
class DeliveryIT {

  private static final String STAGE = "prod";
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration DEAD = Duration.ofSeconds(20);
  private static final int BEFORE_THE_END = 1000;
  private static final int AFTER_THE_START = 400;
  private static final int PAGE = 5000;

  private static final List<String> DROPS =
      List.of(
          "gatehouse_log_dropped_total",
          "gatehouse_spool_logs_dropped_total",
          "gatehouse_spool_metrics_dropped_total",
          "gatehouse_minute_records_dropped_total");

  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: NAME, version: "1.0"}
      paths:
        /x:
          get:
            security: [{api_key: []}]
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration:
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: "200"}}
      components:
        securitySchemes:
          api_key: {type: apiKey, name: x-api-key, in: header}
      """;

  private final Installation installation;
  private final ApiGatewayClient client;
  private final Instant began = InstantSource.system().instant();
  private final String name = "Delivered " + began.toEpochMilli();
  private String apiId;
  private String key;

  /** By the ids that callers were given; what they were answered. */
  private final Map<String, Integer> served = new ConcurrentHashMap<>();

  private final Queue<String> unanswered = new ConcurrentLinkedQueue<>();

  DeliveryIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  @Test
  void noLogLineAndNoCountIsMissingAfterTheControlPlaneWasKilledUnderLoad() throws Exception {
    publish();
    Set<String> early = untilEveryRequestIsLogged();
    Map<String, Double> dropped = drops();

    try (Load load = new Load()) {
      untilServed(served.size() + BEFORE_THE_END);
      installation.kill("control");
      load.awaitServed(DEAD);
      installation.scripts.succeed("start", "--only", "control");
      untilServed(served.size() + AFTER_THE_START);
    }
    assertEquals(List.of(), List.copyOf(unanswered));
    long refused = served.values().stream().filter(status -> status == 403).count();

    untilEquals((double) served.size(), () -> sum("Count"));
    untilEquals((double) refused, () -> sum("4XXError"));
    untilEquals(0, () -> missing(early).size());
    assertStoredOnce();
    assertEquals(served.size(), sum("Count"), "what came last has counted something twice");
    assertEquals(dropped, drops());
  }

  private void publish() {
    apiId =
        client
            .importRestApi(r -> r.body(SdkBytes.fromUtf8String(DOCUMENT.replace("NAME", name))))
            .id();
    client.createDeployment(r -> r.restApiId(apiId).stageName(STAGE));
    client.updateStage(
        r ->
            r.restApiId(apiId)
                .stageName(STAGE)
                .patchOperations(
                    replace("/*/*/logging/loglevel", "INFO"),
                    replace("/*/*/throttling/rateLimit", "-1"),
                    replace("/*/*/throttling/burstLimit", "-1")));
    var made = client.createApiKey(r -> r.name(name).enabled(true));
    key = made.value();
    String plan =
        client.createUsagePlan(r -> r.name(name).apiStages(s -> s.apiId(apiId).stage(STAGE))).id();
    client.createUsagePlanKey(r -> r.usagePlanId(plan).keyId(made.id()).keyType("API_KEY"));
  }

  private static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
  }

  /**
   * Until each node has served a request that is stored: only by INFO one without a fault is.
   *
   * @return requests before that, which need not all be logged
   */
  private Set<String> untilEveryRequestIsLogged() {
    for (String node : installation.nodes()) {
      Set<String> tried = ConcurrentHashMap.newKeySet();
      untilEquals(
          true,
          () -> {
            call(node, key).ifPresent(tried::add);
            return stored().stream().anyMatch(id -> tried.contains(id) && served.get(id) == 200);
          });
    }
    return Set.copyOf(served.keySet());
  }

  /** Calls one node as its customer and the other one as nobody, at a steady rate. */
  private final class Load implements AutoCloseable {

    private static final int CALLERS = 2;
    private static final long EVERY_MILLIS = 15;

    private final ScheduledExecutorService callers = Executors.newScheduledThreadPool(2 * CALLERS);

    Load() {
      for (int i = 0; i < CALLERS; i++) {
        every(() -> call(installation.nodes().get(0), key));
        every(() -> call(installation.nodes().get(1), "the-key-of-nobody"));
      }
    }

    private void every(Runnable call) {
      callers.scheduleAtFixedRate(call, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Until so many were served as are in that time. */
    void awaitServed(Duration time) {
      untilServed(served.size() + 2 * CALLERS * time.toMillis() / EVERY_MILLIS);
    }

    /** What has begun is answered. */
    @Override
    public void close() {
      callers.shutdown();
      untilEquals(true, callers::isTerminated);
    }
  }

  /**
   * @return the request's id, of an answer
   */
  private Optional<String> call(String node, String apiKey) {
    try {
      HttpResponse<String> answer =
          installation.call(node, apiId, STAGE, "/x", "x-api-key", apiKey);
      String id = answer.headers().firstValue("x-amzn-RequestId").orElseThrow();
      served.put(id, answer.statusCode());
      return Optional.of(id);
    } catch (Exception e) {
      unanswered.add(node + ": " + e);
      return Optional.empty();
    }
  }

  private void untilServed(long number) {
    untilEquals(true, () -> served.size() >= number || !unanswered.isEmpty());
  }

  private static void untilEquals(Object wanted, Supplier<Object> asked) {
    long deadline = System.nanoTime() + SOON.toNanos();
    Object now = asked.get();
    while (!wanted.equals(now) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      now = asked.get();
    }
    assertEquals(wanted, now);
  }

  /** Of the API's requests in the log store, by their ids, the newest first. */
  private List<String> stored() {
    LogStore store =
        new LogStore(
            LogSettings.of(
                Map.of(
                    "GATEHOUSE_DATA_DIR",
                    installation.home.resolve("data").resolve("control").toString())),
            InstantSource.system());
    try {
      List<String> ids = new ArrayList<>();
      Optional<Long> before = Optional.empty();
      boolean more = true;
      while (more) {
        Found page =
            store.search(
                installation.get("GATEHOUSE_ACCOUNT"),
                LogQuery.parse("api:" + apiId),
                store.kept(),
                before,
                PAGE);
        assertTrue(page.complete());
        page.entries().forEach(entry -> ids.add(entry.request().requestId()));
        more = page.more();
        before = more ? Optional.of(page.entries().getLast().order()) : before;
      }
      return ids;
    } finally {
      store.close();
    }
  }

  private Set<String> missing(Set<String> early) {
    Set<String> missing = ConcurrentHashMap.newKeySet();
    missing.addAll(served.keySet());
    missing.removeAll(early);
    stored().forEach(missing::remove);
    return missing;
  }

  private void assertStoredOnce() {
    Map<String, Long> times =
        stored().stream().collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    times.forEach((id, n) -> assertEquals(1, n, id));
    assertTrue(served.keySet().containsAll(times.keySet()), "requests that nobody has made");
  }

  private double sum(String metric) {
    try (CloudWatchClient metrics = installation.cloudWatch()) {
      return metrics
          .getMetricStatistics(
              r ->
                  r.namespace("AWS/ApiGateway")
                      .metricName(metric)
                      .dimensions(
                          Dimension.builder().name("ApiName").value(name).build(),
                          Dimension.builder().name("Stage").value(STAGE).build())
                      .startTime(began.minusSeconds(60))
                      .endTime(InstantSource.system().instant().plusSeconds(120))
                      .period(60)
                      .statistics(Statistic.SUM))
          .datapoints()
          .stream()
          .mapToDouble(Datapoint::sum)
          .sum();
    }
  }

  /** What all nodes have dropped, by meter. */
  private Map<String, Double> drops() throws Exception {
    Map<String, Double> drops = new TreeMap<>();
    for (int node = 0; node < installation.nodes().size(); node++) {
      List<String> lines = installation.operations(node, "/metrics").body().lines().toList();
      for (String meter : DROPS) {
        List<String> found = lines.stream().filter(line -> line.startsWith(meter)).toList();
        assertEquals(1, found.size(), meter);
        String value = found.getFirst().substring(found.getFirst().lastIndexOf(' ') + 1);
        drops.merge(meter, Double.parseDouble(value), Double::sum);
      }
    }
    return drops;
  }
}
