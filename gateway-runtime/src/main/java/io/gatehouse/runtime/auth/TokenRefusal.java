package io.gatehouse.runtime.auth;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;

/** What callers are told whose tokens are not taken (aws-behaviour 7.2). */
final class TokenRefusal {

  private TokenRefusal() {}

  /** Told no more than that. */
  static GatewayException unauthorized(Reason reason, String detail) {
    return GatewayException.of(ResponseType.UNAUTHORIZED, reason).with(detail);
  }

  /** Only for a token that is genuine otherwise. */
  static GatewayException expired(String detail) {
    return GatewayException.of(
            ResponseType.UNAUTHORIZED,
            ResponseType.UNAUTHORIZED.status(),
            "The incoming token has expired",
            Reason.TOKEN_EXPIRED)
        .with(detail);
  }

  /** The caller is known and may not. */
  static GatewayException denied(Reason reason, String detail) {
    return GatewayException.of(ResponseType.ACCESS_DENIED, reason).with(detail);
  }

  /** No fault of the caller's. */
  static GatewayException failed(Reason reason, String detail) {
    return GatewayException.of(ResponseType.AUTHORIZER_FAILURE, reason).with(detail);
  }
}
