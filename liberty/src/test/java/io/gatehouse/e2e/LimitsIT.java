package io.gatehouse.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;
import software.amazon.awssdk.services.apigateway.model.CreateUsagePlanRequest;
import software.amazon.awssdk.services.apigateway.model.Op;
import software.amazon.awssdk.services.apigateway.model.PatchOperation;
import software.amazon.awssdk.services.apigateway.model.QuotaPeriodType;

/** Throttles, quotas and kept answers of two nodes, set by the SDK and met by callers. */
@ExtendWith(Installation.Shared.class)
@Order(8)
class LimitsIT {

  private static final Duration SOON = Duration.ofSeconds(30);

  /** Each answer tells its own request's id. */
  private static final String DOCUMENT =
      """
      openapi: 3.0.1
      info: {title: Limited, version: "1.0"}
      paths:
        /who:
          get:
            security: [{api_key: []}]
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration: &who
              type: mock
              requestTemplates: {application/json: '{"statusCode": 200}'}
              responses: {default: {statusCode: "200", responseTemplates: {application/json: '$context.requestId'}}}
        /kept:
          get:
            responses: {"200": {description: ok}}
            x-amazon-apigateway-integration: *who
      components:
        securitySchemes:
          api_key: {type: apiKey, name: x-api-key, in: header}
      """;

  private final Installation installation;
  private final ApiGatewayClient client;

  /** Requests of this test by its API key. */
  private long admitted;

  LimitsIT(Installation installation) {
    this.installation = installation;
    this.client = installation.apiGateway();
  }

  private record Limited(String apiId, String key, String keyId, String planId) {}

  private Limited publish() {
    return publish(plan -> {});
  }

  private Limited publish(Consumer<CreateUsagePlanRequest.Builder> limits) {
    String apiId = client.importRestApi(r -> r.body(SdkBytes.fromUtf8String(DOCUMENT))).id();
    client.createDeployment(r -> r.restApiId(apiId).stageName("prod"));
    var key = client.createApiKey(r -> r.name("customer of " + apiId).enabled(true));
    String plan =
        client
            .createUsagePlan(
                r ->
                    r.name("plan of " + apiId)
                        .apiStages(s -> s.apiId(apiId).stage("prod"))
                        .applyMutation(limits))
            .id();
    client.createUsagePlanKey(r -> r.usagePlanId(plan).keyId(key.id()).keyType("API_KEY"));
    return new Limited(apiId, key.value(), key.id(), plan);
  }

  private HttpResponse<String> who(int node, Limited api) throws Exception {
    HttpResponse<String> answer =
        installation.call(
            installation.nodes().get(node), api.apiId(), "prod", "/who", "x-api-key", api.key());
    if (answer.statusCode() == 200) {
      admitted++;
    }
    return answer;
  }

  private HttpResponse<String> kept(int node, Limited api) throws Exception {
    return installation.call(installation.nodes().get(node), api.apiId(), "prod", "/kept");
  }

  private interface Call {
    HttpResponse<String> at(int node) throws Exception;
  }

  /** Until every node answers so. */
  private void until(Call call, Predicate<HttpResponse<String>> wanted) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    for (int node = 0; node < installation.nodes().size(); node++) {
      HttpResponse<String> answer = call.at(node);
      while (!wanted.test(answer)) {
        assertTrue(
            System.nanoTime() < deadline,
            "node " + node + " still answers " + answer.statusCode() + " " + answer.body());
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        answer = call.at(node);
      }
    }
  }

  private void patchPlan(Limited api, Map<String, String> values) {
    client.updateUsagePlan(
        r ->
            r.usagePlanId(api.planId())
                .patchOperations(
                    values.entrySet().stream()
                        .map(e -> replace(e.getKey(), e.getValue()))
                        .toList()));
  }

  private static PatchOperation replace(String path, String value) {
    return PatchOperation.builder().op(Op.REPLACE).path(path).value(value).build();
  }

  /** Until so many were admitted, now at one node and now at the other; leases move meanwhile. */
  private void useUp(Limited api, long most) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    for (int node = 0; admitted < most; node = 1 - node) {
      if (System.nanoTime() > deadline) {
        fail("only " + admitted + " of " + most + " were admitted; " + limitMetrics());
      }
      HttpResponse<String> answer = who(node, api);
      assertTrue(Set.of(200, 429).contains(answer.statusCode()), answer.body());
    }
  }

  private String limitMetrics() throws Exception {
    StringBuilder told = new StringBuilder();
    for (int node = 0; node < installation.nodes().size(); node++) {
      told.append("\nnode ").append(node + 1).append('\n');
      installation
          .operations(node, "/metrics")
          .body()
          .lines()
          .filter(line -> line.startsWith("gatehouse_limit_"))
          .forEach(line -> told.append(line).append('\n'));
    }
    return told.toString();
  }

  private List<Long> usage(Limited api) {
    String today = LocalDate.now(ZoneOffset.UTC).toString();
    return client
        .getUsage(
            r -> r.usagePlanId(api.planId()).keyId(api.keyId()).startDate(today).endDate(today))
        .items()
        .get(api.keyId())
        .getFirst();
  }

  private void untilUsageIs(Limited api, List<Long> wanted) {
    long deadline = System.nanoTime() + SOON.toNanos();
    List<Long> told = usage(api);
    while (!told.equals(wanted) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
      told = usage(api);
    }
    assertEquals(wanted, told);
  }

  @Test
  void aQuotaHoldsForBothNodesAndOutlivesTheirDeath() throws Exception {
    Limited api = publish(plan -> plan.quota(q -> q.limit(60).period(QuotaPeriodType.MONTH)));
    until(node -> who(node, api), answer -> answer.statusCode() == 200);

    useUp(api, 30);
    untilUsageIs(api, List.of(30L, 30L));

    installation.kill("node-1");
    installation.kill("node-2");
    installation.scripts.succeed("start", "--only", "node-1", "--only", "node-2");

    useUp(api, 60);
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> refused = who(i % 2, api);
      assertEquals(429, refused.statusCode());
      assertEquals("{\"message\":\"Limit Exceeded\"}", refused.body());
      assertTrue(refused.headers().firstValueAsLong("Retry-After").orElse(0) > 0);
    }
    untilUsageIs(api, List.of(60L, 0L));

    client.updateUsage(
        r ->
            r.usagePlanId(api.planId())
                .keyId(api.keyId())
                .patchOperations(replace("/remaining", "5")));
    useUp(api, 65);
    for (int i = 0; i < 10; i++) {
      assertEquals(429, who(i % 2, api).statusCode());
    }
    untilUsageIs(api, List.of(65L, 0L));
  }

  @Test
  void aRateHoldsForBothNodesTogether() throws Exception {
    Limited api = publish();
    until(node -> who(node, api), answer -> answer.statusCode() == 200);
    patchPlan(api, Map.of("/throttle/rateLimit", "4", "/throttle/burstLimit", "8"));
    until(
        node -> who(node, api),
        answer -> answer.headers().firstValue("RateLimit-Policy").orElse("").contains("q=8"));

    long began = System.nanoTime();
    long before = admitted;
    HttpResponse<String> refused = null;
    for (int i = 0; i < 300; i++) {
      HttpResponse<String> answer = who(i % 2, api);
      refused = answer.statusCode() == 200 ? refused : answer;
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    assertTrue(
        admitted - before <= 4 * seconds + 8 + 2,
        admitted - before + " were admitted in " + seconds + " seconds");
    assertEquals(429, refused.statusCode());
    assertEquals("{\"message\":\"Too Many Requests\"}", refused.body());
    assertEquals("1", refused.headers().firstValue("Retry-After").orElse(""));
    assertEquals(
        "THROTTLED_BY_PLAN", refused.headers().firstValue("x-gatehouse-reason").orElse(""));
  }

  @Test
  void whatOneNodeKeepsTheOtherGivesAwayUntilTheCacheIsFlushed() throws Exception {
    Limited api = publish();
    until(node -> kept(node, api), answer -> answer.statusCode() == 200);
    assertNotEquals(kept(0, api).body(), kept(0, api).body());

    client.updateStage(
        r ->
            r.restApiId(api.apiId())
                .stageName("prod")
                .patchOperations(
                    replace("/cacheClusterEnabled", "true"),
                    replace("/cacheClusterSize", "0.5"),
                    replace("/*/*/caching/enabled", "true")));
    Set<String> old = shared(api);

    client.flushStageCache(r -> r.restApiId(api.apiId()).stageName("prod"));
    until(node -> kept(node, api), answer -> !old.contains(answer.body()));
    // Nodes that are asked at the same moment each fetch one.
    assertTrue(answers(api).size() <= installation.nodes().size());
    assertTrue(Collections.disjoint(old, answers(api)));
  }

  /** The one answer that all nodes give in the end. */
  private Set<String> shared(Limited api) throws Exception {
    long deadline = System.nanoTime() + SOON.toNanos();
    Set<String> given = answers(api);
    while (given.size() > 1) {
      assertTrue(System.nanoTime() < deadline, "nodes still answer each on its own: " + given);
      given = answers(api);
    }
    return given;
  }

  private Set<String> answers(Limited api) throws Exception {
    Set<String> bodies = new TreeSet<>();
    for (int i = 0; i < 10; i++) {
      bodies.add(kept(i % 2, api).body());
    }
    return bodies;
  }
}
