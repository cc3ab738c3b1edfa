package io.gatehouse.model.observed;

import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import java.nio.charset.StandardCharsets;

/**
 * Writes records, thousands a second on a node's event loops: straight into one text, in which only
 * ASCII is, so that it becomes bytes by copying.
 */
final class RecordWriter {

  /** What the members take besides the lines. */
  private static final int USUAL = 1024;

  private static final int USUAL_OF_A_LINE = 48;
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final RequestRecord record;
  private final StringBuilder out;

  RecordWriter(RequestRecord record) {
    this.record = record;
    this.out = new StringBuilder(size(record));
  }

  private static int size(RequestRecord record) {
    int size = USUAL + (record.access() == null ? 0 : record.access().length());
    for (Line line : record.execution()) {
      size += USUAL_OF_A_LINE + line.text().length();
    }
    return size;
  }

  byte[] bytes() {
    out.append("{\"requestId\":\"");
    escape(record.requestId());
    out.append('"');
    text("extendedRequestId", record.extendedRequestId());
    text("xrayTraceId", record.xrayTraceId());
    number("time", record.time());
    place(record.place());
    call(record.call());
    answer(record.answer());
    steps();
    text("level", record.level().name());
    execution();
    text("access", record.access());
    return out.append('}').toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private void place(Place place) {
    text("accountId", place.accountId());
    text("apiId", place.apiId());
    text("stage", place.stage());
    out.append(",\"canary\":").append(place.canary());
    text("deploymentId", place.deploymentId());
    text("resourceId", place.resourceId());
    text("resourcePath", place.resourcePath());
  }

  private void call(Call call) {
    text("httpMethod", call.httpMethod());
    text("path", call.path());
    text("ip", call.ip());
    text("apiKeyId", call.apiKeyId());
  }

  private void answer(Answer answer) {
    number("status", answer.status());
    Refusal refusal = answer.refusal();
    if (refusal != null) {
      text("reason", refusal.reason());
      text("because", refusal.because());
      text("responseType", refusal.responseType());
      text("detail", refusal.detail());
    }
    number("latencyMicros", answer.latencyMicros());
    Integration integration = answer.integration();
    if (integration != null) {
      number("integrationLatencyMicros", integration.latencyMicros());
      if (integration.status() > 0) {
        number("integrationStatus", integration.status());
      }
    }
    text("cache", answer.cache());
    number("responseLength", answer.length());
  }

  private void steps() {
    out.append(",\"steps\":[");
    for (int i = 0; i < record.steps().size(); i++) {
      Step step = record.steps().get(i);
      out.append(i == 0 ? "{\"step\":\"" : ",{\"step\":\"");
      escape(step.step());
      out.append("\",\"micros\":").append(step.micros()).append('}');
    }
    out.append(']');
  }

  private void execution() {
    out.append(",\"execution\":[");
    for (int i = 0; i < record.execution().size(); i++) {
      Line line = record.execution().get(i);
      out.append(i == 0 ? "{\"time\":" : ",{\"time\":").append(line.time()).append(",\"text\":\"");
      escape(line.text());
      out.append("\"}");
    }
    out.append(']');
  }

  private void number(String name, long value) {
    out.append(",\"").append(name).append("\":").append(value);
  }

  /** Nothing for null. */
  private void text(String name, String value) {
    if (value != null) {
      out.append(",\"").append(name).append("\":\"");
      escape(value);
      out.append('"');
    }
  }

  private void escape(String value) {
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
        continue;
      }
      out.append(value, from, i);
      from = i + 1;
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append("\\u")
            .append(HEX[c >> 12])
            .append(HEX[c >> 8 & 15])
            .append(HEX[c >> 4 & 15])
            .append(HEX[c & 15]);
      }
    }
    out.append(value, from, value.length());
  }
}
