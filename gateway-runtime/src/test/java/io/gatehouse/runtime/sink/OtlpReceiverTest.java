package io.gatehouse.runtime.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.gatehouse.runtime.exchange.Trace;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records as a collector reads them that speaks OTLP. */
class OtlpReceiverTest {

  private static final String HEADER =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

  private final BlockingQueue<ExportLogsServiceRequest> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> keys = new LinkedBlockingQueue<>();
  private volatile int status = 200;
  private HttpServer collector;
  private OtlpReceiver receiver;

  @BeforeEach
  void open() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/otlp/v1/logs",
        http -> {
          received.add(ExportLogsServiceRequest.parseFrom(http.getRequestBody()));
          keys.add(http.getRequestHeaders().getFirst("api-key"));
          http.sendResponseHeaders(status, -1);
          http.close();
        });
    collector.start();
    receiver =
        new OtlpReceiver(
            new LogCollector(
                "http://localhost:" + collector.getAddress().getPort() + "/otlp/v1/logs",
                Map.of("api-key", "secret")),
            "node-1");
  }

  @AfterEach
  void close() {
    receiver.close();
    collector.stop(0);
  }

  private static SinkRecord record(Trace trace) {
    return SinkRecord.read(SinkRecord.write(SinkSamples.logged("r1", "prod", trace, null)));
  }

  private static Map<String, AnyValue> attributes(LogRecord record) {
    return record.getAttributesList().stream()
        .collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
  }

  @Test
  void aRecordIsALogRecordOfTheRequestsTrace() throws Exception {
    Trace trace = Trace.of(HEADER, new Random(3), () -> true);
    receiver.take(List.of(record(trace), record(null)));

    ExportLogsServiceRequest request = received.take();
    assertEquals("secret", keys.take());
    assertEquals(
        List.of("gatehouse", "node-1"),
        request.getResourceLogs(0).getResource().getAttributesList().stream()
            .map(one -> one.getValue().getStringValue())
            .sorted()
            .toList());
    List<LogRecord> records = request.getResourceLogs(0).getScopeLogs(0).getLogRecordsList();
    assertEquals(2, records.size());
    LogRecord record = records.getFirst();
    assertEquals(1_700_000_000_123_000_000L, record.getTimeUnixNano());
    assertEquals(SeverityNumber.SEVERITY_NUMBER_ERROR, record.getSeverityNumber());
    assertEquals("ERROR", record.getSeverityText());
    assertEquals("line of r1", record.getBody().getStringValue());
    assertEquals(
        "5759e988bd862e3fe1be46a994272793",
        HexFormat.of().formatHex(record.getTraceId().toByteArray()));
    assertEquals(trace.span(), HexFormat.of().formatHex(record.getSpanId().toByteArray()));
    assertTrue(records.get(1).getTraceId().isEmpty());
    Map<String, AnyValue> attributes = attributes(record);
    assertEquals("GET", attributes.get("http.request.method").getStringValue());
    assertEquals("/pets/{id}", attributes.get("http.route").getStringValue());
    assertEquals("/pets/1", attributes.get("url.path").getStringValue());
    assertEquals("192.0.2.1", attributes.get("client.address").getStringValue());
    assertEquals(504, attributes.get("http.response.status_code").getIntValue());
    assertEquals("BACKEND_TIMEOUT", attributes.get("error.type").getStringValue());
    assertEquals(SinkSamples.ACCOUNT, attributes.get("gatehouse.account").getStringValue());
    assertEquals("prod", attributes.get("gatehouse.stage").getStringValue());
    assertEquals(29_000_000, attributes.get("gatehouse.latency_us").getIntValue());
    assertEquals(
        "(r1) Starting execution",
        attributes.get("gatehouse.execution_log").getArrayValue().getValues(0).getStringValue());
    assertFalse(attributes.containsKey("gatehouse.detail"));
  }

  @Test
  void aCollectorThatIsBusyIsAskedAgainAndOneThatDoesNotUnderstandIsNot() {
    for (int later : new int[] {429, 502, 503, 401, 404}) {
      status = later;
      DeliveryFailure failure =
          assertThrows(DeliveryFailure.class, () -> receiver.take(List.of(record(null))));
      assertFalse(failure.isOfRecords(), later + "");
      assertEquals("HTTP " + later, failure.code());
    }
    for (int never : new int[] {400, 413}) {
      status = never;
      assertTrue(
          assertThrows(DeliveryFailure.class, () -> receiver.take(List.of(record(null))))
              .isOfRecords(),
          never + "");
    }
  }

  @Test
  void aCollectorThatIsGoneIsAskedAgain() {
    collector.stop(0);
    DeliveryFailure failure =
        assertThrows(DeliveryFailure.class, () -> receiver.take(List.of(record(null))));
    assertFalse(failure.isOfRecords());
    assertEquals("ConnectException", failure.code());
  }
}
