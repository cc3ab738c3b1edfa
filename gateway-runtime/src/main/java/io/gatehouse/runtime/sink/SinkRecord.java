package io.gatehouse.runtime.sink;

import io.gatehouse.model.observed.RequestRecord;
import io.gatehouse.runtime.exchange.Trace;
import io.gatehouse.runtime.log.Logged;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A logged request as sinks keep and get it.
 *
 * @param key of its stage; among records of one key the order is kept
 * @param traceId 32 hexadecimal digits; empty where the request is a part of no trace
 * @param spanId of the request in the trace, 16 hexadecimal digits; empty likewise
 * @param json of the record
 */
record SinkRecord(String key, String traceId, String spanId, boolean sampled, byte[] json) {

  static byte[] write(Logged logged) {
    RequestRecord.Place place = logged.record().place();
    Trace trace = logged.trace();
    byte[] key = bytes(place.accountId() + "/" + place.apiId() + "/" + place.stage());
    byte[] traceId = bytes(trace == null ? "" : trace.id());
    byte[] spanId = bytes(trace == null ? "" : trace.span());
    return ByteBuffer.allocate(
            4 + key.length + traceId.length + spanId.length + logged.json().length)
        .put((byte) (trace != null && trace.sampled() ? 1 : 0))
        .put((byte) key.length)
        .put(key)
        .put((byte) traceId.length)
        .put(traceId)
        .put((byte) spanId.length)
        .put(spanId)
        .put(logged.json())
        .array();
  }

  static SinkRecord read(byte[] written) {
    ByteBuffer in = ByteBuffer.wrap(written);
    boolean sampled = in.get() == 1;
    String key = text(in);
    String traceId = text(in);
    String spanId = text(in);
    byte[] json = new byte[in.remaining()];
    in.get(json);
    return new SinkRecord(key, traceId, spanId, sampled, json);
  }

  private static byte[] bytes(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 255) {
      throw new IllegalArgumentException("too long: " + text);
    }
    return bytes;
  }

  private static String text(ByteBuffer in) {
    byte[] bytes = new byte[in.get() & 0xff];
    in.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
