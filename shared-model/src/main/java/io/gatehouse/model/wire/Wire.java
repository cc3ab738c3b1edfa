package io.gatehouse.model.wire;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;
import software.amazon.awssdk.utils.builder.SdkBuilder;

/**
 * SDK model classes to and from JSON, driven by {@code sdkFields()}: member names, order and types
 * come from the SDK. Absent is not empty: the SDK's auto-constructed collections mean absent and
 * are not written; empty ones that were set are. Timestamps travel as epoch seconds, bytes in
 * base64.
 */
public final class Wire {

  private Wire() {}

  /**
   * The members of the shape that travel in a body; members bound to path, query or header are left
   * out.
   */
  public static JsonObject write(SdkPojo shape) {
    JsonObjectBuilder out = JSON.createObjectBuilder();
    for (SdkField<?> field : shape.sdkFields()) {
      if (field.location() == MarshallLocation.PAYLOAD) {
        Object value = field.getValueOrDefault(shape);
        if (isPresent(value)) {
          out.add(field.locationName(), writeValue(value));
        }
      }
    }
    return out.build();
  }

  /**
   * A shape from its body members, null meaning absent, also in maps; members that the shape does
   * not know are ignored.
   *
   * @param builder a new builder of the shape, as {@code Stage.builder()}
   * @throws ApiError of kind SERIALIZATION when a member has the wrong type
   */
  public static <T> T read(JsonObject body, SdkBuilder<?, T> builder) {
    readInto(body, (SdkPojo) builder);
    return builder.build();
  }

  /** As {@link #read}, into a builder that may hold members already. */
  public static void readInto(JsonObject body, SdkPojo builder) {
    for (SdkField<?> field : builder.sdkFields()) {
      if (field.location() == MarshallLocation.PAYLOAD) {
        JsonValue value = body.get(field.locationName());
        if (value != null && value != JsonValue.NULL) {
          field.set(builder, readValue(value, field));
        }
      }
    }
  }

  /** A member of path, query or header from its text. */
  static Object fromText(String text, SdkField<?> field) {
    return readValue(JSON.createValue(text), field);
  }

  private static boolean isPresent(Object value) {
    return value != null
        && !(value instanceof SdkAutoConstructList)
        && !(value instanceof SdkAutoConstructMap);
  }

  private static JsonValue writeValue(Object value) {
    return switch (value) {
      case String s -> JSON.createValue(s);
      case Boolean b -> b ? JsonValue.TRUE : JsonValue.FALSE;
      case Integer i -> JSON.createValue(i);
      case Long l -> JSON.createValue(l);
      case Double d -> JSON.createValue(d);
      case Float f -> JSON.createValue(f);
      case Instant t -> writeInstant(t);
      case SdkBytes b ->
          JSON.createValue(Base64.getEncoder().encodeToString(b.asByteArrayUnsafe()));
      case SdkPojo p -> write(p);
      case List<?> list -> {
        JsonArrayBuilder array = JSON.createArrayBuilder();
        list.forEach(item -> array.add(item == null ? JsonValue.NULL : writeValue(item)));
        yield array.build();
      }
      case Map<?, ?> map -> {
        JsonObjectBuilder object = JSON.createObjectBuilder();
        map.forEach((k, v) -> object.add((String) k, v == null ? JsonValue.NULL : writeValue(v)));
        yield object.build();
      }
      default -> throw new IllegalArgumentException("no wire form for " + value.getClass());
    };
  }

  private static JsonValue writeInstant(Instant time) {
    return time.getNano() == 0
        ? JSON.createValue(time.getEpochSecond())
        : JSON.createValue(BigDecimal.valueOf(time.toEpochMilli(), 3).stripTrailingZeros());
  }

  private static Object readValue(JsonValue value, SdkField<?> field) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.STRING) {
      return string(value);
    }
    if (type == MarshallingType.BOOLEAN) {
      return bool(value);
    }
    if (type == MarshallingType.INTEGER) {
      return wholeNumber(value, "Integer", Integer.MIN_VALUE, Integer.MAX_VALUE).intValue();
    }
    if (type == MarshallingType.LONG) {
      return wholeNumber(value, "Long", Long.MIN_VALUE, Long.MAX_VALUE).longValue();
    }
    if (type == MarshallingType.DOUBLE) {
      return finite(number(value, "Double").doubleValue(), "Double");
    }
    if (type == MarshallingType.FLOAT) {
      return (float) finite(number(value, "Float").floatValue(), "Float");
    }
    if (type == MarshallingType.INSTANT) {
      return Instant.ofEpochMilli(number(value, "Date").movePointRight(3).longValue());
    }
    if (type == MarshallingType.SDK_BYTES) {
      return bytes(value);
    }
    if (type == MarshallingType.LIST) {
      SdkField<?> member = field.getTrait(ListTrait.class).memberFieldInfo();
      List<Object> list = new ArrayList<>();
      for (JsonValue item : array(value)) {
        if (item == JsonValue.NULL) {
          throw ApiError.serialization("A list must not hold null");
        }
        list.add(readValue(item, member));
      }
      return list;
    }
    if (type == MarshallingType.MAP) {
      SdkField<?> member = field.getTrait(MapTrait.class).valueFieldInfo();
      Map<String, Object> map = new LinkedHashMap<>();
      object(value)
          .forEach(
              (k, v) -> {
                if (v != JsonValue.NULL) {
                  map.put(k, readValue(v, member));
                }
              });
      return map;
    }
    if (type == MarshallingType.SDK_POJO) {
      SdkPojo builder = field.constructor().get();
      readInto(object(value), builder);
      return ((SdkBuilder<?, ?>) builder).build();
    }
    throw new IllegalArgumentException("no wire form for " + field.memberName());
  }

  private static String string(JsonValue value) {
    return switch (value.getValueType()) {
      case STRING -> withoutNul(((JsonString) value).getString());
      case NUMBER -> value.toString();
      case TRUE, FALSE ->
          throw ApiError.serialization("class java.lang.Boolean can not be converted to an String");
      case ARRAY -> throw ApiError.serialization("Start of list found where not expected");
      default ->
          throw ApiError.serialization("Start of structure or map found where not expected.");
    };
  }

  private static SdkBytes bytes(JsonValue value) {
    if (value instanceof Blobs.Blob blob) {
      return SdkBytes.fromByteArrayUnsafe(blob.bytes());
    }
    try {
      return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode(string(value)));
    } catch (IllegalArgumentException e) {
      throw ApiError.serialization("The text of a file is not valid base64");
    }
  }

  /** Databases and C programs stop at a NUL; nothing of the vendor's may hold one. */
  private static String withoutNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw ApiError.serialization("A string must not contain the character U+0000");
    }
    return text;
  }

  private static boolean bool(JsonValue value) {
    return switch (value.getValueType()) {
      case TRUE -> true;
      case FALSE -> false;
      case STRING -> Boolean.parseBoolean(((JsonString) value).getString());
      default -> throw ApiError.serialization(value + " can not be converted to a Boolean");
    };
  }

  private static BigDecimal wholeNumber(JsonValue value, String type, long least, long most) {
    BigDecimal number = number(value, type);
    if (number.compareTo(BigDecimal.valueOf(least)) < 0
        || number.compareTo(BigDecimal.valueOf(most)) > 0
        || number.remainder(BigDecimal.ONE).signum() != 0) {
      throw ApiError.serialization("NUMBER_VALUE can not be converted to a " + type);
    }
    return number;
  }

  private static double finite(double number, String type) {
    if (!Double.isFinite(number)) {
      throw ApiError.serialization("NUMBER_VALUE can not be converted to a " + type);
    }
    return number;
  }

  private static BigDecimal number(JsonValue value, String type) {
    if (value instanceof JsonNumber number) {
      try {
        return number.bigDecimalValue();
      } catch (NumberFormatException | ArithmeticException | UnsupportedOperationException e) {
        throw ApiError.serialization("NUMBER_VALUE can not be converted to a " + type);
      }
    }
    if (value instanceof JsonString text) {
      try {
        return new BigDecimal(text.getString());
      } catch (NumberFormatException e) {
        throw ApiError.serialization("STRING_VALUE can not be converted to a " + type);
      }
    }
    throw ApiError.serialization(value.getValueType() + "_VALUE can not be converted to a " + type);
  }

  private static JsonArray array(JsonValue value) {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw ApiError.serialization("Expected list or null");
  }

  private static JsonObject object(JsonValue value) {
    if (value instanceof JsonObject object) {
      return object;
    }
    throw ApiError.serialization("Expected null");
  }
}
