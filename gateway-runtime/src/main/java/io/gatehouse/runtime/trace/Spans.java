package io.gatehouse.runtime.trace;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.exchange.Trace;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An exchange that is over as spans: one for all of it, one for each step that it passed, and that
 * of the backend's call as the client of what happens there.
 */
final class Spans {

  private static final HexFormat HEX = HexFormat.of();
  private static final String BACKEND = "CallBackend";

  private final Exchange x;
  private final Trace trace;
  private final Resource node;
  private final long begin;

  private Spans(Exchange x, Resource node) {
    this.x = x;
    this.trace = x.trace();
    this.node = node;
    this.begin = TimeUnit.MILLISECONDS.toNanos(x.startMillis());
  }

  /**
   * @param x that has a trace
   */
  static List<SpanData> of(Exchange x, long endNanos, Resource node) {
    return new Spans(x, node).all(endNanos - x.timeline().start());
  }

  private List<SpanData> all(long nanos) {
    List<SpanData> all = new ArrayList<>();
    SpanContext parent = trace.parent().isEmpty() ? SpanContext.getInvalid() : remote();
    all.add(
        span(
            x.request().method() + (x.hasMethod() ? " " + x.method().resourcePath() : ""),
            SpanKind.SERVER,
            own(trace.span()),
            parent,
            0,
            nanos,
            x.status() >= 500 ? StatusData.error() : StatusData.unset(),
            attributes()));
    long from = 0;
    int number = 0;
    List<Timeline.Entry> steps = x.timeline().entries();
    for (Timeline.Entry step : steps) {
      boolean backend = step.step().equals(BACKEND);
      boolean refused = x.refusal() != null && number == steps.size() - 1;
      number++;
      all.add(
          span(
              step.step(),
              backend ? SpanKind.CLIENT : SpanKind.INTERNAL,
              own(backend ? trace.backendSpan() : stepId(number)),
              own(trace.span()),
              from,
              from + step.nanos(),
              refused
                  ? StatusData.create(StatusCode.ERROR, x.refusal().reason().name())
                  : StatusData.unset(),
              Attributes.empty()));
      from += step.nanos();
    }
    return all;
  }

  /** No other span of the trace has it: the exchange's own id is random. */
  private String stepId(int number) {
    return HEX.toHexDigits(HexFormat.fromHexDigitsToLong(trace.span()) + number * 2L);
  }

  private SpanContext own(String span) {
    return SpanContext.create(trace.id(), span, TraceFlags.getSampled(), TraceState.getDefault());
  }

  private SpanContext remote() {
    return SpanContext.createFromRemoteParent(
        trace.id(), trace.parent(), TraceFlags.getSampled(), TraceState.getDefault());
  }

  private SpanData span(
      String name,
      SpanKind kind,
      SpanContext context,
      SpanContext parent,
      long from,
      long to,
      StatusData status,
      Attributes attributes) {
    return new ExchangeSpan(
        name, kind, context, parent, begin + from, begin + to, status, attributes, node);
  }

  /** In the names of OpenTelemetry's conventions where there are some; no headers, no queries. */
  private Attributes attributes() {
    AttributesBuilder all =
        Attributes.builder()
            .put("http.request.method", x.request().method())
            .put("url.path", x.request().path())
            .put("url.scheme", x.request().scheme())
            .put("client.address", x.request().remoteAddress())
            .put("http.response.status_code", (long) x.status())
            .put("gatehouse.request_id", x.id())
            .put("gatehouse.account", x.stage().account())
            .put("gatehouse.api", x.stage().apiId())
            .put("gatehouse.stage", x.stage().stageName())
            .put("gatehouse.deployment", x.stage().deploymentId());
    if (x.hasMethod()) {
      all.put("http.route", x.method().resourcePath());
    }
    if (x.refusal() != null) {
      all.put("error.type", x.refusal().reason().name());
    }
    if (x.cacheResult() != null) {
      all.put("gatehouse.cache", x.cacheResult().text());
    }
    return all.build();
  }
}
