package io.gatehouse.runtime.sink;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporter;
import io.opentelemetry.exporter.otlp.http.logs.OtlpHttpLogRecordExporterBuilder;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Tells a collector of OpenTelemetry of records, each a log record of the standard. */
final class OtlpReceiver implements Receiver {

  private static final long PATIENCE_SECONDS = 10;

  /** The collector does not take what was sent, now or later. */
  private static final Set<Integer> OF_RECORDS = Set.of(400, 413, 422);

  private final LogRecordExporter exporter;
  private final Resource node;

  /**
   * @param node the node's name, as records tell it
   */
  OtlpReceiver(LogCollector collector, String node) {
    OtlpHttpLogRecordExporterBuilder builder =
        OtlpHttpLogRecordExporter.builder()
            .setEndpoint(collector.endpoint())
            .setTimeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .setRetryPolicy(null); // the sink sends again
    collector.headers().forEach(builder::addHeader);
    this.exporter = builder.build();
    this.node =
        Resource.create(
            Attributes.of(
                AttributeKey.stringKey("service.name"),
                "gatehouse",
                AttributeKey.stringKey("service.instance.id"),
                node));
  }

  @Override
  public void take(List<SinkRecord> records) throws DeliveryFailure, InterruptedException {
    List<LogRecordData> all =
        records.stream().<LogRecordData>map(one -> RequestLogRecord.of(one, node)).toList();
    CompletableResultCode result =
        exporter.export(all).join(PATIENCE_SECONDS + 1, TimeUnit.SECONDS);
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (!result.isSuccess()) {
      throw failure(result.getFailureThrowable());
    }
  }

  private static DeliveryFailure failure(Throwable why) {
    if (why instanceof HttpExportException http && http.getResponse() != null) {
      int status = http.getResponse().getStatusCode();
      String code = "HTTP " + status;
      return OF_RECORDS.contains(status)
          ? DeliveryFailure.ofRecords(code, why)
          : DeliveryFailure.ofReceiver(code, "the collector answered " + status);
    }
    if (why == null) {
      return DeliveryFailure.ofReceiver("Timeout", "the collector does not answer");
    }
    return DeliveryFailure.ofReceiver(why.getCause() == null ? why : why.getCause());
  }

  @Override
  public void close() {
    exporter.close();
  }
}
