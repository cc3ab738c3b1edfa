package io.gatehouse.model.wire;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/** Sets every member of a shape to a value that is awkward for its place. */
final class Filler {

  private Filler() {}

  static void fill(SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      field.set(builder, value(field, field.memberName(), field.location()));
    }
  }

  private static Object value(SdkField<?> field, String name, MarshallLocation location) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      return switch (location) {
        case PATH -> name + " %2F a/b:ü~+";
        case HEADER -> "text/plain; " + name;
        default -> name + " \"quoted\" \\ /ü€😀&=+%2F\n";
      };
    }
    if (type == MarshallingType.BOOLEAN) {
      return true;
    }
    if (type == MarshallingType.INTEGER) {
      return 7;
    }
    if (type == MarshallingType.LONG) {
      return 7_000_000_000L;
    }
    if (type == MarshallingType.DOUBLE) {
      return 0.5;
    }
    if (type == MarshallingType.FLOAT) {
      return 0.25f;
    }
    if (type == MarshallingType.INSTANT) {
      return Instant.ofEpochMilli(1_700_000_000_123L);
    }
    if (type == MarshallingType.SDK_BYTES) {
      return SdkBytes.fromUtf8String("raw " + name + "\n{\"ü\":1}");
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> item = field.getTrait(ListTrait.class).memberFieldInfo();
      return List.of(value(item, name + "-1", location), value(item, name + "-2", location));
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> item = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> map = new LinkedHashMap<>();
      map.put("k/1", value(item, name + "-1", location));
      map.put("~k 2", value(item, name + "-2", location));
      return map;
    }
    SdkPojo part = field.constructor().get();
    fill(part);
    return ((SdkBuilder<?, ?>) part).build();
  }
}
