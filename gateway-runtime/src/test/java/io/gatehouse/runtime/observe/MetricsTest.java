package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.CompiledStage;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.apigateway.model.MethodSetting;

class MetricsTest {

  private static final Pattern COUNT =
      Pattern.compile(
          "(?m)^gatehouse_count_total\\{account=\"([^\"]*)\",api=\"([^\"]*)\",method=\"([^\"]*)\","
              + "resource=\"([^\"]*)\",stage=\"([^\"]*)\"} (\\S+)$");

  private Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  private static CompiledStage stage(String api, boolean detailed) {
    SampleApi sample = SampleApi.api(api, "prod");
    for (String verb : List.of("GET", "POST", "PUT", "DELETE")) {
      sample.mock(verb, "/pets", 200, "ok");
    }
    sample.stage(
        s ->
            s.methodSettings(
                Map.of("*/*", MethodSetting.builder().metricsEnabled(detailed).build())));
    return StageCompiler.compile(
        sample.snapshot(1), SampleApi.NO_BACKENDS, SampleApi.NO_AUTHORIZERS);
  }

  private void over(CompiledStage stage, String... verbs) {
    for (String verb : verbs) {
      metrics.over(MinuteCountsTest.exchange(stage, verb, 200), 31_000_000, 0);
    }
  }

  /** As api, method, resource and count. */
  private TreeSet<String> counts() {
    TreeSet<String> counts = new TreeSet<>();
    Matcher m = COUNT.matcher(metrics.scrape());
    while (m.find()) {
      counts.add(m.group(2) + " " + m.group(3) + " " + m.group(4) + " " + m.group(6));
    }
    return counts;
  }

  private double value(String name) {
    Matcher m = Pattern.compile("(?m)^" + name + " (\\S+)$").matcher(metrics.scrape());
    assertTrue(m.find(), name);
    return Double.parseDouble(m.group(1));
  }

  @Test
  void aMethodWithDetailedMetricsHasSeriesBesideThoseOfItsStage() {
    over(stage("a", true), "GET", "GET", "POST");
    over(stage("b", false), "GET");
    assertEquals(
        new TreeSet<>(List.of("a   3.0", "a GET /pets 2.0", "a POST /pets 1.0", "b   1.0")),
        counts());
    assertEquals(0, value("gatehouse_without_series"));
  }

  @Test
  void latenciesAreToldApartByBuckets() {
    over(stage("a", true), "GET");
    String scraped = metrics.scrape();
    for (String method : List.of("", "GET")) {
      Matcher buckets =
          Pattern.compile(
                  "(?m)^gatehouse_latency_seconds_bucket\\{.*method=\"%s\".*le=\"([^\"]+)\"} (\\d+)"
                      .formatted(method))
              .matcher(scraped);
      int found = 0;
      while (buckets.find()) {
        double upTo = buckets.group(1).equals("+Inf") ? 1e9 : Double.parseDouble(buckets.group(1));
        assertEquals(upTo >= 0.03 ? "1" : "0", buckets.group(2), buckets.group());
        found++;
      }
      assertEquals(13, found, method);
    }
  }

  @Test
  void methodsBeyondTheBoundOfTheirAccountAreCountedTogether() {
    metrics.close();
    metrics = new Metrics(new SeriesBounds(10, 10, 2, 10));
    CompiledStage stage = stage("a", true);
    over(stage, "GET", "POST", "PUT", "PUT", "DELETE", "GET");
    assertEquals(
        new TreeSet<>(
            List.of("a   6.0", "a GET /pets 2.0", "a POST /pets 1.0", "a other other 3.0")),
        counts());
    assertEquals(2, value("gatehouse_without_series"));

    metrics.forget(stage.apiStage());
    assertEquals(new TreeSet<>(), counts());
    assertEquals(0, value("gatehouse_without_series"));
    over(stage("b", true), "PUT", "DELETE");
    assertEquals(
        new TreeSet<>(List.of("b   2.0", "b PUT /pets 1.0", "b DELETE /pets 1.0")), counts());
  }

  @Test
  void stagesBeyondTheBoundOfTheNodeAreCountedTogether() {
    metrics.close();
    metrics = new Metrics(new SeriesBounds(10, 2, 10, 10));
    CompiledStage first = stage("a", false);
    over(first, "GET");
    over(stage("b", false), "GET");
    over(stage("c", true), "GET", "POST");
    over(stage("d", true), "GET");
    assertEquals(new TreeSet<>(List.of("a   1.0", "b   1.0", "other   3.0")), counts());
    assertEquals(2, value("gatehouse_without_series"));

    metrics.forget(first.apiStage());
    over(stage("e", false), "GET");
    assertTrue(counts().contains("e   1.0"), counts().toString());
    assertFalse(counts().contains("a   1.0"));
  }

  @Test
  void howEverMuchATenantDeploysTheSeriesAreBounded() {
    metrics.close();
    metrics = new Metrics(new SeriesBounds(5, 8, 7, 9));
    for (int i = 0; i < 100; i++) {
      over(stage("api" + i, true), "GET", "POST", "PUT", "DELETE");
    }
    // Five stages with an "other" each, seven methods, and what is beyond.
    assertTrue(counts().size() <= 5 + 5 + 7 + 1, counts().toString());
    long lines =
        metrics.scrape().lines().filter(line -> line.startsWith("gatehouse_latency")).count();
    assertTrue(lines <= 18 * 16, lines + " lines");
  }
}
