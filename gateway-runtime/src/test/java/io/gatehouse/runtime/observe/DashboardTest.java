package io.gatehouse.runtime.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gatehouse.model.wire.JsonText;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The dashboard for Grafana asks for metrics that nodes have. */
class DashboardTest {

  private static final Path DASHBOARD =
      Path.of("..", "liberty", "src", "main", "grafana", "gatehouse.json");

  private static final Pattern NAME = Pattern.compile("\\b(gatehouse|jvm|process)_\\w+");

  /** Of a node as a whole; the others are of the exchanges that {@link Metrics} is told of. */
  private static final Set<String> OF_THE_NODE =
      Set.of(
          "gatehouse_in_flight",
          "gatehouse_spool_logs_bytes",
          "gatehouse_spool_metrics_bytes",
          // Asked for in SinkMetersTest.
          "gatehouse_sink_waiting_records",
          "gatehouse_sink_sent_total",
          "gatehouse_sink_dropped_total",
          "gatehouse_sink_failing");

  @Test
  void whatIsAskedForIsThere() throws IOException {
    JsonObject dashboard = JsonText.object(Files.readAllBytes(DASHBOARD));
    Set<String> asked = new TreeSet<>();
    Matcher names = NAME.matcher(dashboard.toString());
    while (names.find()) {
      asked.add(names.group());
    }
    assertTrue(asked.size() > 10, asked.toString());
    Metrics metrics = new Metrics();
    metrics.over(MinuteCountsTest.plain(), 5_000_000, 0);
    Set<String> there = new TreeSet<>(OF_THE_NODE);
    Matcher scraped = Pattern.compile("(?m)^(\\w+)").matcher(metrics.scrape());
    while (scraped.find()) {
      there.add(scraped.group(1));
    }
    // Told of once there was a collection.
    there.add("jvm_gc_pause_seconds_sum");
    metrics.close();
    asked.removeAll(there);
    assertEquals(Set.of(), asked);
  }
}
