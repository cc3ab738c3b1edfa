package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.observe.Metrics;
import io.gatehouse.runtime.spool.Spool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SinkMetersTest {

  @TempDir private Path folder;

  private static List<String> told(Metrics metrics) {
    return metrics
        .scrape()
        .lines()
        .filter(line -> line.startsWith("gatehouse_sink_") && !line.contains("timestamp"))
        .filter(line -> !line.contains("bytes"))
        .sorted()
        .toList();
  }

  @Test
  void eachSinkTellsWhatItHasSentAndWhatWaits() throws Exception {
    Path files = folder.resolve("files");
    Metrics metrics = new Metrics();
    try (Door door = new Door("", 10);
        Spool store = new Spool(folder.resolve("logs"), 1 << 20, () -> "id")) {
      LogSinks sinks =
          new LogSinks(
              new SinkSettings(
                  false,
                  Optional.empty(),
                  Optional.of(new LogCollector("http://127.0.0.1:1/v1/logs", Map.of())),
                  Optional.of(new LogFiles(files, 1 << 20, 3))),
              new LogSinks.Parts(
                  "node-1",
                  store,
                  folder,
                  1 << 20,
                  door.backends,
                  door.live,
                  door.backends.loop(),
                  InstantSource.system(),
                  System::nanoTime,
                  () -> 0,
                  () -> "id"));
      SinkMeters.register(metrics, sinks);
      for (int i = 0; i < 3; i++) {
        sinks.offer(SinkSamples.logged("r" + i, "prod", null, null));
      }
      SinkSamples.await("written", () -> sinks.statuses().getFirst().sent() == 3);
      SinkSamples.await("failing", () -> !sinks.statuses().get(1).failing().isEmpty());
      SinkSamples.await("waiting", () -> sinks.statuses().get(1).waiting() == 3);
      assertEquals(
          List.of(
              "gatehouse_sink_dropped_total{sink=\"files\"} 0.0",
              "gatehouse_sink_dropped_total{sink=\"firehose\"} 0.0",
              "gatehouse_sink_dropped_total{sink=\"otlp\"} 0.0",
              "gatehouse_sink_failing{error=\"ConnectException\",sink=\"otlp\"} 1.0",
              "gatehouse_sink_sent_total{sink=\"files\"} 3.0",
              "gatehouse_sink_sent_total{sink=\"firehose\"} 0.0",
              "gatehouse_sink_sent_total{sink=\"otlp\"} 0.0",
              "gatehouse_sink_waiting_records{sink=\"files\"} 0.0",
              "gatehouse_sink_waiting_records{sink=\"firehose\"} 0.0",
              "gatehouse_sink_waiting_records{sink=\"otlp\"} 3.0"),
          told(metrics));
      assertEquals(0, store.waiting(0), "the control plane's place is not used");
      sinks.close();
    }
    metrics.close();
    try (var all = Files.list(files)) {
      assertEquals(3, Files.readAllLines(all.findFirst().orElseThrow()).size());
    }
  }
}
