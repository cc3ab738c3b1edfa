package io.gatehouse.model.patch;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import io.gatehouse.model.wire.ApiError;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.util.Optional;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.protocol.MarshallingType;

/** The text of a patch value as the type of the member it is for. */
final class PatchValue {

  private PatchValue() {}

  /** Absent when the text is empty, but for booleans and where an empty text is to be kept. */
  static Optional<JsonValue> of(Change change, SdkField<?> field, boolean keepsEmpty) {
    MarshallingType<?> type = field.marshallingType();
    String text = change.value();
    if (type == MarshallingType.BOOLEAN) {
      // Anything but "true" reads as false; recorded for "whatever" and for no value at all.
      return Optional.of(text.equalsIgnoreCase("true") ? JsonValue.TRUE : JsonValue.FALSE);
    }
    if (type == MarshallingType.STRING) {
      return text.isEmpty() && !keepsEmpty ? Optional.empty() : Optional.of(JSON.createValue(text));
    }
    if (text.isBlank()) {
      return Optional.empty();
    }
    if (type == MarshallingType.INTEGER || type == MarshallingType.LONG) {
      return Optional.of(wholeNumber(change));
    }
    if (type == MarshallingType.DOUBLE || type == MarshallingType.FLOAT) {
      return Optional.of(JSON.createValue(number(change).doubleValue()));
    }
    throw new IllegalStateException(
        field.memberName() + " needs a hook: text cannot become a " + type.getTargetClass());
  }

  private static JsonValue wholeNumber(Change change) {
    try {
      // Tools send "200.000000" where a whole number is due.
      return JSON.createValue(number(change).intValueExact());
    } catch (ArithmeticException e) {
      throw notANumber(change, "a whole number");
    }
  }

  private static BigDecimal number(Change change) {
    String text = change.value().strip();
    try {
      if (text.length() > 40) {
        throw notANumber(change, "a number");
      }
      BigDecimal number = new BigDecimal(text);
      if (!Double.isFinite(number.doubleValue())) {
        throw notANumber(change, "a number");
      }
      return number;
    } catch (NumberFormatException e) {
      throw notANumber(change, "a number");
    }
  }

  private static ApiError notANumber(Change change, String wanted) {
    String shown =
        change.value().length() > 80 ? change.value().substring(0, 80) + "..." : change.value();
    return ApiError.badRequest(
        "Invalid value '%s' for patch path %s. Must be %s".formatted(shown, change.path(), wanted));
  }
}
