package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.mapping.ContentHandling.Conversion;
import java.nio.charset.StandardCharsets;

/**
 * The integration's body on its way to the caller: as it passes when there is no template, as a
 * template sees it, and what becomes of the template's output.
 */
final class ResponseContent {

  private final Exchange x;
  private final boolean payloadBinary;
  private final boolean acceptBinary;
  private final ContentHandling handling;
  private final boolean fromCaller;
  private final Content content;

  /**
   * @param payloadBinary whether the API lists its media type as binary
   * @param acceptBinary whether it lists the first one that the caller accepts
   */
  ResponseContent(
      Exchange x,
      Body body,
      boolean payloadBinary,
      boolean acceptBinary,
      ContentHandling handling) {
    this.x = x;
    this.payloadBinary = payloadBinary;
    this.acceptBinary = acceptBinary;
    this.handling = handling;
    this.fromCaller = body == x.request().body();
    this.content = fromCaller ? new Content(body, x.budget()) : Content.ofBackend(body, x.budget());
  }

  /** For mappings and templates. */
  Content seen() {
    return content;
  }

  /** The body without a template; a mock has none. */
  byte[] passed() {
    return fromCaller || content.bytes().length == 0
        ? new byte[0]
        : converted(content.bytes(), handling.ofResponse(payloadBinary, acceptBinary));
  }

  /**
   * The body that a template has made: text, unless the integration response asks for bytes.
   *
   * @throws GatewayException when the template saw bytes that are no text
   */
  byte[] rendered(String output) {
    if (payloadBinary && !fromCaller && !content.isText()) {
      throw GatewayException.of(ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_NOT_TEXT);
    }
    byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
    return handling == ContentHandling.CONVERT_TO_BINARY
        ? converted(bytes, Conversion.DECODE_BASE64)
        : bytes;
  }

  private byte[] converted(byte[] bytes, Conversion conversion) {
    x.budget().spend(bytes.length / 16);
    return conversion
        .apply(bytes)
        .orElseThrow(
            () ->
                GatewayException.of(
                    ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_NOT_BASE64));
  }
}
