package io.gatehouse.model.patch;

import static io.gatehouse.model.wire.JsonFactory.JSON;

import jakarta.json.JsonValue;
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
      return Optional.of(change.isTrue() ? JsonValue.TRUE : JsonValue.FALSE);
    }
    if (type == MarshallingType.STRING) {
      return text.isEmpty() && !keepsEmpty ? Optional.empty() : Optional.of(JSON.createValue(text));
    }
    if (text.isBlank()) {
      return Optional.empty();
    }
    if (type == MarshallingType.INTEGER || type == MarshallingType.LONG) {
      return Optional.of(JSON.createValue(change.wholeNumber()));
    }
    if (type == MarshallingType.DOUBLE || type == MarshallingType.FLOAT) {
      return Optional.of(JSON.createValue(change.number()));
    }
    throw new IllegalStateException(
        field.memberName() + " needs a hook: text cannot become a " + type.getTargetClass());
  }
}
