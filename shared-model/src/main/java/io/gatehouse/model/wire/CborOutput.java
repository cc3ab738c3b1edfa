package io.gatehouse.model.wire;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/** The members of a shape as CBOR (RFC 8949), the form of the vendor's RPC protocol. */
public final class CborOutput {

  private static final int TEXT = 3 << 5;
  private static final int ARRAY = 4 << 5;
  private static final int MAP = 5 << 5;
  private static final int EPOCH_SECONDS = (6 << 5) | 1;
  private static final int FALSE = (7 << 5) | 20;
  private static final int TRUE = (7 << 5) | 21;
  private static final int DOUBLE = (7 << 5) | 27;
  private static final double MILLIS_OF_SECOND = 1_000;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private CborOutput() {}

  /** What is not set is left out. */
  public static byte[] of(SdkPojo shape) {
    CborOutput output = new CborOutput();
    output.value(shape);
    return output.out.toByteArray();
  }

  /** Of plain texts by their names. */
  public static byte[] of(Map<String, String> texts) {
    CborOutput output = new CborOutput();
    output.value(texts);
    return output.out.toByteArray();
  }

  private void value(Object value) {
    switch (value) {
      case SdkPojo shape -> map(members(shape));
      case List<?> list -> {
        head(ARRAY, list.size());
        list.forEach(this::value);
      }
      case Map<?, ?> map -> map(map);
      case String text -> text(text);
      case Boolean truth -> out.write(truth ? TRUE : FALSE);
      case Integer number -> number(number);
      case Long number -> number(number);
      case Number number -> real(number.doubleValue());
      case Instant time -> {
        out.write(EPOCH_SECONDS);
        real(time.toEpochMilli() / MILLIS_OF_SECOND);
      }
      default -> throw new IllegalArgumentException("no CBOR for " + value.getClass());
    }
  }

  private static Map<String, Object> members(SdkPojo shape) {
    Map<String, Object> members = new LinkedHashMap<>();
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      boolean set =
          value != null
              && !(value instanceof SdkAutoConstructList)
              && !(value instanceof SdkAutoConstructMap);
      if (set) {
        members.put(field.locationName(), value);
      }
    }
    return members;
  }

  private void map(Map<?, ?> map) {
    head(MAP, map.size());
    map.forEach(
        (name, value) -> {
          text(name.toString());
          value(value);
        });
  }

  private void text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    head(TEXT, bytes.length);
    out.writeBytes(bytes);
  }

  private void number(long number) {
    if (number < 0) {
      head(1 << 5, -1 - number);
    } else {
      head(0, number);
    }
  }

  private void real(double number) {
    out.write(DOUBLE);
    out.writeBytes(ByteBuffer.allocate(Double.BYTES).putDouble(number).array());
  }

  /** The shortest form. */
  private void head(int kind, long length) {
    if (length < 24) {
      out.write(kind | (int) length);
    } else if (length < 1 << 8) {
      out.write(kind | 24);
      out.write((int) length);
    } else if (length < 1 << 16) {
      out.write(kind | 25);
      out.writeBytes(ByteBuffer.allocate(Short.BYTES).putShort((short) length).array());
    } else if (length < 1L << 32) {
      out.write(kind | 26);
      out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt((int) length).array());
    } else {
      out.write(kind | 27);
      out.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    }
  }
}
