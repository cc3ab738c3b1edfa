package io.gatehouse.model.wire;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.traits.PayloadTrait;

/**
 * An operation's answer as headers and body.
 *
 * @param status empty when it is the operation's usual one
 * @param headers {@code Content-Type} among them
 */
public record WireOutput(OptionalInt status, Map<String, String> headers, byte[] body) {

  private static final String JSON = "application/json";

  /** The answer that a shape makes: JSON, or its raw payload with the headers it carries. */
  public static WireOutput of(SdkPojo shape) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", JSON);
    byte[] body = null;
    OptionalInt status = OptionalInt.empty();
    for (SdkField<?> field : shape.sdkFields()) {
      Object value = field.getValueOrDefault(shape);
      if (value != null && field.location() == MarshallLocation.HEADER) {
        headers.put(field.locationName(), headerValue(value.toString()));
      } else if (value != null && field.location() == MarshallLocation.STATUS_CODE) {
        status = OptionalInt.of((Integer) value);
      } else if (field.containsTrait(PayloadTrait.class)) {
        body = value instanceof SdkBytes bytes ? bytes.asByteArray() : new byte[0];
      }
    }
    if (body == null) {
      body = Wire.write(shape).toString().getBytes(StandardCharsets.UTF_8);
    }
    return new WireOutput(status, Map.copyOf(headers), body);
  }

  /** A line break in a value would be a second header. */
  private static String headerValue(String value) {
    return value.replaceAll("\\p{Cntrl}", " ");
  }
}
