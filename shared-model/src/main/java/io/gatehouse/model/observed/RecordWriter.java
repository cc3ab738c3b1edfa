package io.gatehouse.model.observed;

import io.gatehouse.model.observed.RequestRecord.Answer;
import io.gatehouse.model.observed.RequestRecord.Call;
import io.gatehouse.model.observed.RequestRecord.Integration;
import io.gatehouse.model.observed.RequestRecord.Line;
import io.gatehouse.model.observed.RequestRecord.Place;
import io.gatehouse.model.observed.RequestRecord.Refusal;
import io.gatehouse.model.observed.RequestRecord.Step;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes records, thousands a second on a node's event loops: straight into bytes, each text copied
 * as a whole and only then looked at.
 */
final class RecordWriter {

  /** What the members take besides the lines. */
  private static final int USUAL = 1536;

  private static final int USUAL_OF_A_LINE = 64;
  private static final int ESCAPED = 6;
  private static final byte DELETE = 0x7f;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = ONES << 7;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private final RequestRecord record;
  private byte[] out;
  private int size;

  RecordWriter(RequestRecord record) {
    this.record = record;
    this.out = new byte[usual(record)];
  }

  private static int usual(RequestRecord record) {
    int usual = USUAL + (record.access() == null ? 0 : record.access().length());
    for (Line line : record.execution()) {
      usual += USUAL_OF_A_LINE + line.text().length();
    }
    return usual;
  }

  byte[] bytes() {
    plain("{\"requestId\":\"");
    escaped(record.requestId());
    plain("\"");
    text(",\"extendedRequestId\":\"", record.extendedRequestId());
    text(",\"xrayTraceId\":\"", record.xrayTraceId());
    number(",\"time\":", record.time());
    place(record.place());
    call(record.call());
    answer(record.answer());
    steps();
    text(",\"level\":\"", record.level().name());
    execution();
    text(",\"access\":\"", record.access());
    plain("}");
    return Arrays.copyOf(out, size);
  }

  private void place(Place place) {
    text(",\"accountId\":\"", place.accountId());
    text(",\"apiId\":\"", place.apiId());
    text(",\"stage\":\"", place.stage());
    plain(place.canary() ? ",\"canary\":true" : ",\"canary\":false");
    text(",\"deploymentId\":\"", place.deploymentId());
    text(",\"resourceId\":\"", place.resourceId());
    text(",\"resourcePath\":\"", place.resourcePath());
  }

  private void call(Call call) {
    text(",\"httpMethod\":\"", call.httpMethod());
    text(",\"path\":\"", call.path());
    text(",\"ip\":\"", call.ip());
    text(",\"apiKeyId\":\"", call.apiKeyId());
  }

  private void answer(Answer answer) {
    number(",\"status\":", answer.status());
    Refusal refusal = answer.refusal();
    if (refusal != null) {
      text(",\"reason\":\"", refusal.reason());
      text(",\"because\":\"", refusal.because());
      text(",\"responseType\":\"", refusal.responseType());
      text(",\"detail\":\"", refusal.detail());
    }
    number(",\"latencyMicros\":", answer.latencyMicros());
    Integration integration = answer.integration();
    if (integration != null) {
      number(",\"integrationLatencyMicros\":", integration.latencyMicros());
      if (integration.status() > 0) {
        number(",\"integrationStatus\":", integration.status());
      }
    }
    text(",\"cache\":\"", answer.cache());
    number(",\"responseLength\":", answer.length());
  }

  private void steps() {
    plain(",\"steps\":[");
    for (int i = 0; i < record.steps().size(); i++) {
      Step step = record.steps().get(i);
      plain(i == 0 ? "{\"step\":\"" : ",{\"step\":\"");
      escaped(step.step());
      number("\",\"micros\":", step.micros());
      plain("}");
    }
    plain("]");
  }

  private void execution() {
    plain(",\"execution\":[");
    for (int i = 0; i < record.execution().size(); i++) {
      Line line = record.execution().get(i);
      number(i == 0 ? "{\"time\":" : ",{\"time\":", line.time());
      plain(",\"text\":\"");
      escaped(line.text());
      plain("\"}");
    }
    plain("]");
  }

  /**
   * @param member comma, name and colon
   */
  private void number(String member, long value) {
    plain(member);
    plain(Long.toString(value));
  }

  /**
   * Nothing for null.
   *
   * @param member comma, name, colon and quotation mark
   */
  private void text(String member, String value) {
    if (value != null) {
      plain(member);
      escaped(value);
      plain("\"");
    }
  }

  /** ASCII without anything to escape. */
  private void plain(String text) {
    int length = text.length();
    reserve(length);
    for (int i = 0; i < length; i++) {
      out[size + i] = (byte) text.charAt(i);
    }
    size += length;
  }

  private void escaped(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    int from = 0;
    for (int at = special(utf8, 0); at < utf8.length; at = special(utf8, from)) {
      copy(utf8, from, at);
      escape(utf8[at]);
      from = at + 1;
    }
    copy(utf8, from, utf8.length);
  }

  /** Where the next byte is that has to be escaped; the end where there is none. */
  private static int special(byte[] utf8, int from) {
    int at = from;
    while (at + Long.BYTES <= utf8.length && !hasSpecial((long) EIGHT.get(utf8, at))) {
      at += Long.BYTES;
    }
    while (at < utf8.length && !isSpecial(utf8[at])) {
      at++;
    }
    return at;
  }

  private static boolean isSpecial(byte b) {
    return b < ' ' && b >= 0 || b == '"' || b == '\\' || b == DELETE;
  }

  /** Looks at eight bytes at once: a borrow reaches the high bit of one that is looked for. */
  private static boolean hasSpecial(long eight) {
    long quote = eight ^ ONES * '"';
    long backslash = eight ^ ONES * '\\';
    long delete = eight ^ ONES * DELETE;
    long found =
        eight - ONES * ' ' & ~eight
            | quote - ONES & ~quote
            | backslash - ONES & ~backslash
            | delete - ONES & ~delete;
    return (found & HIGH_BITS) != 0;
  }

  private void copy(byte[] bytes, int from, int to) {
    reserve(to - from);
    System.arraycopy(bytes, from, out, size, to - from);
    size += to - from;
  }

  private void escape(byte b) {
    reserve(ESCAPED);
    out[size++] = '\\';
    if (b == '"' || b == '\\') {
      out[size++] = b;
    } else {
      out[size++] = 'u';
      out[size++] = '0';
      out[size++] = '0';
      out[size++] = (byte) HEX[b >> 4];
      out[size++] = (byte) HEX[b & 15];
    }
  }

  private void reserve(int more) {
    if (size + more > out.length) {
      out = Arrays.copyOf(out, Math.max(size + more, out.length + (out.length >> 1)));
    }
  }
}
