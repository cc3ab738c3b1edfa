package io.gatehouse.runtime.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.gatehouse.runtime.SampleApi;
import io.gatehouse.runtime.door.Door;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Trace;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Spans as a collector reads them that speaks OTLP. */
class TracesTest {

  private static final String HEADER =
      "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";

  private final Trace trace = Trace.of(HEADER, new Random(3), () -> true);

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }

  private Exchange refused() throws Exception {
    try (Door door = new Door("", 10)) {
      door.serve(SampleApi.api("trace00001", "dev").mock("GET", "/x", 200, "{}").snapshot(1));
      door.get("/_aws/execute-api/trace00001/dev/nosuch");
      return door.exchange();
    }
  }

  @Test
  void anExchangeIsASpanForAllOfItAndOneForEachStep() throws Exception {
    BlockingQueue<ExportTraceServiceRequest> received = new LinkedBlockingQueue<>();
    HttpServer collector =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        http -> {
          received.add(ExportTraceServiceRequest.parseFrom(http.getRequestBody()));
          http.sendResponseHeaders(200, -1);
          http.close();
        });
    collector.start();
    String address = "http://localhost:" + collector.getAddress().getPort() + "/v1/traces";
    try (Traces traces =
        new Traces(OtlpHttpSpanExporter.builder().setEndpoint(address).build(), "node-1")) {
      Exchange x = refused();
      x.trace(trace);
      traces.over(x, x.timeline().start() + 5_000_000, 0);

      ExportTraceServiceRequest request = received.poll(30, TimeUnit.SECONDS);
      List<Span> spans = request.getResourceSpans(0).getScopeSpans(0).getSpansList();
      Span whole = spans.getFirst();
      assertEquals("5759e988bd862e3fe1be46a994272793", hex(whole.getTraceId()));
      assertEquals(trace.span(), hex(whole.getSpanId()));
      assertEquals("53995c3f42cd8ad8", hex(whole.getParentSpanId()));
      assertEquals(SpanKind.SPAN_KIND_SERVER, whole.getKind());
      assertEquals(5_000_000, whole.getEndTimeUnixNano() - whole.getStartTimeUnixNano());
      assertTrue(
          whole.getAttributesList().stream()
              .anyMatch(
                  one ->
                      one.getKey().equals("error.type")
                          && one.getValue().getStringValue().equals("ROUTE_NOT_FOUND")));
      List<Span> steps = spans.subList(1, spans.size());
      assertFalse(steps.isEmpty());
      steps.forEach(step -> assertEquals(trace.span(), hex(step.getParentSpanId())));
      assertEquals("FindMethod", steps.getLast().getName());
      assertEquals(StatusCode.STATUS_CODE_ERROR, steps.getLast().getStatus().getCode());
      assertEquals(
          spans.size(), spans.stream().map(Span::getSpanId).distinct().count(), "ids of spans");
      assertEquals(0, traces.dropped());
    } finally {
      collector.stop(0);
    }
  }

  @Test
  void whatIsNotSampledIsNotTold() throws Exception {
    BlockingQueue<SpanData> told = new LinkedBlockingQueue<>();
    Exchange x = refused();
    try (Traces traces = new Traces(new Told(told, new CountDownLatch(0)), "node-1")) {
      traces.over(x, x.timeline().start(), 0);
      x.trace(Trace.of(HEADER.replace("Sampled=1", "Sampled=0"), new Random(3), () -> true));
      traces.over(x, x.timeline().start(), 0);
    }
    assertTrue(told.isEmpty());
  }

  @Test
  void aCollectorThatHangsCostsTracesAndNoRequest() throws Exception {
    CountDownLatch hanging = new CountDownLatch(1);
    Exchange x = refused();
    x.trace(trace);
    try (Traces traces = new Traces(new Told(new LinkedBlockingQueue<>(), hanging), "node-1")) {
      for (int i = 0; i < 5_000; i++) {
        traces.over(x, x.timeline().start(), 0);
      }
      assertTrue(traces.dropped() > 2_000, traces.dropped() + " dropped");
      hanging.countDown();
    }
  }

  /** Takes spans when it may. */
  private record Told(BlockingQueue<SpanData> spans, CountDownLatch may) implements SpanExporter {

    @Override
    public CompletableResultCode export(Collection<SpanData> some) {
      try {
        may.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      spans.addAll(some);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
