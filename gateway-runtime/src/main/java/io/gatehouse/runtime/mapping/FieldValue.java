package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;

/** Guards header fields against values that would start another line. */
final class FieldValue {

  private FieldValue() {}

  static String checked(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < ' ' && c != '\t') || c == 0x7f || c > 0xff) {
        throw GatewayException.of(ResponseType.DEFAULT_4XX, Reason.MAPPING_SOURCE_INVALID);
      }
    }
    return value;
  }
}
