package io.gatehouse.runtime.sink;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Level;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Step;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.concurrent.TimeUnit;

/**
 * A logged request as a log record of OpenTelemetry: its body is the line of the access log, or
 * what was asked and answered; all else is in attributes, under the names of the standard's
 * conventions where there are some.
 */
record RequestLogRecord(
    long timestampNanos,
    SpanContext spanContext,
    Severity severity,
    String body,
    Attributes attributes,
    Resource resource)
    implements LogRecordData {

  private static final String EVENT = "gatehouse.request";

  private static final InstrumentationScopeInfo SCOPE =
      InstrumentationScopeInfo.create("io.gatehouse.runtime");

  static RequestLogRecord of(SinkRecord written, Resource node) {
    RequestRecord record = RequestRecord.fromJson(written.json());
    return new RequestLogRecord(
        TimeUnit.MILLISECONDS.toNanos(record.time()),
        context(written),
        record.level() == Level.ERROR ? Severity.ERROR : Severity.INFO,
        body(record),
        attributes(record),
        node);
  }

  private static SpanContext context(SinkRecord written) {
    return written.traceId().isEmpty()
        ? SpanContext.getInvalid()
        : SpanContext.create(
            written.traceId(),
            written.spanId(),
            written.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
  }

  private static String body(RequestRecord record) {
    return record.access() != null
        ? record.access()
        : record.call().httpMethod() + " " + record.call().path() + " " + record.answer().status();
  }

  private static Attributes attributes(RequestRecord record) {
    Place place = record.place();
    Call call = record.call();
    AttributesBuilder all =
        Attributes.builder()
            .put("event.name", EVENT) // for collectors that do not know the field yet
            .put("http.request.method", call.httpMethod())
            .put("url.path", call.path())
            .put("client.address", call.ip())
            .put("gatehouse.request_id", record.requestId())
            .put("gatehouse.account", place.accountId())
            .put("gatehouse.api", place.apiId())
            .put("gatehouse.stage", place.stage())
            .put("gatehouse.deployment", place.deploymentId())
            .put("gatehouse.canary", place.canary())
            .put("gatehouse.level", record.level().name());
    putIfThere(all, "http.route", place.resourcePath());
    putIfThere(all, "gatehouse.resource", place.resourceId());
    putIfThere(all, "gatehouse.api_key_id", call.apiKeyId());
    answer(all, record.answer());
    all.put(
        AttributeKey.stringArrayKey("gatehouse.steps"),
        record.steps().stream().map(RequestLogRecord::text).toList());
    if (!record.execution().isEmpty()) {
      all.put(
          AttributeKey.stringArrayKey("gatehouse.execution_log"),
          record.execution().stream().map(Line::text).toList());
    }
    return all.build();
  }

  private static void answer(AttributesBuilder all, Answer answer) {
    all.put("http.response.status_code", (long) answer.status())
        .put("http.response.body.size", answer.length())
        .put("gatehouse.latency_us", answer.latencyMicros());
    if (answer.integration() != null) {
      all.put("gatehouse.integration.latency_us", answer.integration().latencyMicros())
          .put("gatehouse.integration.status_code", (long) answer.integration().status());
    }
    if (answer.refusal() != null) {
      all.put("error.type", answer.refusal().reason())
          .put("error.message", answer.refusal().because())
          .put("gatehouse.response_type", answer.refusal().responseType());
      putIfThere(all, "gatehouse.detail", answer.refusal().detail());
    }
    putIfThere(all, "gatehouse.cache", answer.cache());
  }

  private static String text(Step step) {
    return step.step() + " " + step.micros();
  }

  private static void putIfThere(AttributesBuilder all, String name, String value) {
    if (value != null) {
      all.put(name, value);
    }
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return SCOPE;
  }

  @Override
  public long getTimestampEpochNanos() {
    return timestampNanos;
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return timestampNanos;
  }

  @Override
  public SpanContext getSpanContext() {
    return spanContext;
  }

  @Override
  public Severity getSeverity() {
    return severity;
  }

  @Override
  public String getSeverityText() {
    return severity.name();
  }

  @Override
  @Deprecated
  public Body getBody() {
    return Body.string(body);
  }

  @Override
  public Value<?> getBodyValue() {
    return Value.of(body);
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public String getEventName() {
    return EVENT;
  }
}
