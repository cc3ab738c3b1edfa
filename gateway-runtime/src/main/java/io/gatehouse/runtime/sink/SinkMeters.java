package io.gatehouse.runtime.sink;

import io.gatehouse.runtime.observe.Metrics;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What metrics tell of log sinks: a series for each of the few that there are. */
public final class SinkMeters {

  private final Metrics metrics;
  private final LogSinks sinks;

  private SinkMeters(Metrics metrics, LogSinks sinks) {
    this.metrics = metrics;
    this.sinks = sinks;
  }

  /** Has the metrics tell of the sinks from now on. */
  public static void register(Metrics metrics, LogSinks sinks) {
    SinkMeters meters = new SinkMeters(metrics, sinks);
    meters.each(
        "gatehouse_sink_waiting_records", "Records on their way to a sink", SinkStatus::waiting);
    meters.each(
        "gatehouse_sink_waiting_bytes", "Bytes on disk for a sink", SinkStatus::waitingBytes);
    meters.each(
        "gatehouse_sink_last_failure_timestamp_seconds",
        "When a sink last failed, 0 for never",
        status -> status.lastFailureAt() / 1000.0);
    for (SinkStatus one : sinks.statuses()) {
      meters.count("gatehouse_sink_sent", "Records sent to a sink", one, SinkStatus::sent);
      meters.count(
          "gatehouse_sink_dropped", "Records that a sink never gets", one, SinkStatus::dropped);
    }
    metrics.rows(
        "gatehouse_sink_failing",
        "1 while a sink does not take records, by what went wrong last",
        List.of("sink", "error"),
        () ->
            sinks.statuses().stream()
                .filter(status -> !status.failing().isEmpty())
                .collect(
                    Collectors.toMap(s -> List.of(s.sink(), s.failing()), status -> (Number) 1)));
    metrics.byAccount(
        "gatehouse_sink_firehose_dropped_by_account",
        "Lines of access logs that a tenant's stream never gets",
        sinks::droppedOfStreams);
  }

  private void each(String name, String description, Function<SinkStatus, Number> value) {
    metrics.rows(
        name,
        description,
        List.of("sink"),
        () ->
            sinks.statuses().stream()
                .collect(Collectors.toMap(status -> List.of(status.sink()), value)));
  }

  private void count(
      String name, String description, SinkStatus sink, Function<SinkStatus, Number> value) {
    metrics.count(
        name,
        description,
        "sink",
        sink.sink(),
        () ->
            sinks.statuses().stream()
                .filter(now -> now.sink().equals(sink.sink()))
                .map(value)
                .findFirst()
                .orElse(0));
  }
}
