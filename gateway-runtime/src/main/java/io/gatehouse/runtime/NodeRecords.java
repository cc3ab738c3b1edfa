package io.gatehouse.runtime;

import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.cluster.Spools;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.log.RequestLog;
import io.gatehouse.runtime.observe.AccessLog;
import io.gatehouse.runtime.observe.Metrics;
import io.gatehouse.runtime.observe.MinuteCounts;
import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.observe.Stories;
import io.gatehouse.runtime.sink.LogSinks;
import io.gatehouse.runtime.sink.SinkMeters;
import io.gatehouse.runtime.sink.SinkReport;
import io.gatehouse.runtime.spool.Spool;
import io.gatehouse.runtime.trace.Traces;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * What a node writes down of the requests that it serves: counts, logs, traces and the stories of
 * those that it refused.
 */
final class NodeRecords implements AutoCloseable {

  private static final long ACCESS_LOG_BYTES = 64L << 20;

  /** Refused requests whose reasons a node remembers. */
  private static final int STORIES_BYTES = 4 << 20;

  private static final long METRIC_SPOOL_BYTES = 64L << 20;

  /**
   * What it needs of the node.
   *
   * @param loop runs calls of tenants' streams
   */
  record Parts(
      Metrics metrics,
      BackendClient backends,
      LiveSnapshots live,
      Executor loop,
      InstantSource clock,
      LongSupplier nanos) {}

  private final Settings settings;
  private final Parts parts;
  private final Metrics metrics;
  private final Stories stories = new Stories(STORIES_BYTES);
  private final Optional<AccessLog> accessLog;
  private final Optional<Traces> traces;
  private final Spool logSpool;
  private final Spool metricSpool;
  private final MinuteCounts minuteCounts;
  private final LogSinks sinks;
  private final RequestLog requestLog;

  NodeRecords(Settings settings, Parts parts) throws IOException {
    this.settings = settings;
    this.parts = parts;
    this.metrics = parts.metrics();
    accessLog = accessLog();
    traces = traces();
    logSpool = spool(ClusterNames.LOG_SPOOL, settings.logSpoolBytes());
    metricSpool = spool(ClusterNames.METRIC_SPOOL, METRIC_SPOOL_BYTES);
    minuteCounts = minuteCounts();
    sinks = openSinks();
    requestLog = requestLog();
  }

  private Optional<AccessLog> accessLog() throws IOException {
    Optional<AccessLog> made =
        settings.accessLog()
            ? Optional.of(
                new AccessLog(
                    settings.dataDirectory().resolve("logs").resolve("access.log"),
                    ACCESS_LOG_BYTES))
            : Optional.empty();
    metrics.gauge(
        "gatehouse_access_log_dropped",
        "Access log lines dropped since the start",
        () -> made.map(AccessLog::dropped).orElse(0L));
    return made;
  }

  private Optional<Traces> traces() {
    Optional<Traces> made =
        settings.traceCollector().map(to -> new Traces(to.exporter(), settings.nodeName()));
    made.ifPresent(
        told ->
            metrics.count(
                "gatehouse_traces_dropped",
                "Exchanges whose spans no collector took",
                told::dropped));
    return made;
  }

  private Spool spool(String kind, long mostBytes) throws IOException {
    Spool made =
        new Spool(
            settings.dataDirectory().resolve("spools").resolve(kind),
            mostBytes,
            () -> UUID.randomUUID().toString());
    String name = "gatehouse_spool_" + kind;
    metrics.gauge(name + "_bytes", "Bytes that wait for the control plane", made::bytes);
    metrics.count(name + "_dropped", "Records dropped since the start", made::dropped);
    return made;
  }

  private MinuteCounts minuteCounts() {
    MinuteCounts made =
        new MinuteCounts(
            metricSpool::offer, parts.clock(), Runtime.getRuntime().availableProcessors());
    metrics.count(
        "gatehouse_minute_records_dropped",
        "Records of counted minutes that the spool did not take for long",
        made::dropped);
    metrics.count(
        "gatehouse_methods_without_series",
        "Refusals to count a method by itself, because its account has too many",
        made::withoutPlace);
    return made;
  }

  private LogSinks openSinks() throws IOException {
    LogSinks made =
        new LogSinks(
            settings.sinks(),
            new LogSinks.Parts(
                settings.nodeName(),
                logSpool,
                settings.dataDirectory().resolve("spools"),
                settings.logSpoolBytes(),
                parts.backends(),
                parts.live(),
                parts.loop(),
                parts.clock(),
                parts.nanos(),
                () -> ThreadLocalRandom.current().nextDouble(),
                () -> UUID.randomUUID().toString()));
    SinkMeters.register(metrics, made);
    return made;
  }

  private RequestLog requestLog() {
    RequestLog made = new RequestLog(sinks, parts.nanos().getAsLong());
    metrics.count("gatehouse_log_records", "Requests whose log is kept", made::written);
    metrics.count("gatehouse_log_dropped", "Requests whose log was dropped", made::dropped);
    metrics.byAccount(
        "gatehouse_log_dropped_by_account",
        "Requests whose log was dropped",
        made::droppedByAccount);
    return made;
  }

  /** In the order in which they are told of a request. */
  List<Observer> observers() {
    List<Observer> all = new ArrayList<>(List.of(metrics, minuteCounts, stories, requestLog));
    accessLog.ifPresent(all::add);
    traces.ifPresent(all::add);
    return all;
  }

  /** What the control plane fetches. */
  Spools spools() {
    return new Spools(
        Map.of(ClusterNames.LOG_SPOOL, logSpool, ClusterNames.METRIC_SPOOL, metricSpool));
  }

  /** How log sinks fare; a JSON array. */
  String sinks() {
    return SinkReport.of(sinks.statuses());
  }

  Stories stories() {
    return stories;
  }

  /** Writes to disk what was counted up to now. */
  void handOverCounts() {
    minuteCounts.handOver();
  }

  /** Takes nothing more; what nobody has fetched stays on disk. */
  @Override
  public void close() {
    minuteCounts.handOver();
    sinks.close();
    logSpool.close();
    metricSpool.close();
    accessLog.ifPresent(AccessLog::close);
    traces.ifPresent(Traces::close);
  }
}
