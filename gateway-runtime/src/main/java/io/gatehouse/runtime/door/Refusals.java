package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;

/** What the door answers to requests that it refuses before they are understood. */
final class Refusals {

  private Refusals() {}

  static GatewayException of(Reason reason) {
    return switch (reason) {
      case BODY_TOO_LARGE -> GatewayException.of(ResponseType.REQUEST_TOO_LARGE, reason);
      case URL_TOO_LONG -> of(414, "URI Too Long", reason);
      case HEADERS_TOO_LARGE -> of(431, "Request Header Fields Too Large", reason);
      case HEADER_TIMEOUT, BODY_TIMEOUT -> of(408, "Request Timeout", reason);
      case FRAMING_CODING_UNSUPPORTED -> of(501, "Not Implemented", reason);
      case HTTP_VERSION_UNSUPPORTED -> of(505, "HTTP Version Not Supported", reason);
      case TOO_MANY_CONNECTIONS -> GatewayException.of(ResponseType.THROTTLED, reason);
      case OVERLOADED ->
          GatewayException.of(ResponseType.DEFAULT_5XX, 503, "Service Unavailable", reason);
      default -> GatewayException.of(ResponseType.DEFAULT_4XX, reason);
    };
  }

  private static GatewayException of(int status, String answer, Reason reason) {
    return GatewayException.of(ResponseType.DEFAULT_4XX, status, answer, reason);
  }
}
