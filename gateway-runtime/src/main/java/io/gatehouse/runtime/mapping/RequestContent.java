package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.ContentHandling.Conversion;

/** The caller's body in the form in which the integration wants it. */
final class RequestContent {

  private RequestContent() {}

  /**
   * @throws GatewayException when it should be base64 and is not; the vendor does not call the
   *     backend then (recorded: s3-integration.json)
   */
  static byte[] converted(Exchange x, Conversion conversion) {
    byte[] bytes = x.request().body() instanceof Body.Bytes(byte[] given) ? given : new byte[0];
    x.budget().spend(bytes.length / 16);
    return conversion
        .apply(bytes)
        .orElseThrow(
            () ->
                GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.BODY_NOT_BASE64));
  }
}
