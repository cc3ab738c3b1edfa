package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.budget.Budget;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.json.InvalidJson;
import io.gatehouse.runtime.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A body in hand as mappings see it: its text and the JSON in it, each made when first asked for.
 */
final class Content {

  private static final byte[] NONE = new byte[0];

  private final byte[] bytes;
  private final Budget budget;
  private final boolean ofBackend;
  private String text;
  private Object json;
  private boolean parsed;

  Content(Body body, Budget budget) {
    this(bytes(body), budget, false);
  }

  Content(byte[] bytes, Budget budget) {
    this(bytes, budget, false);
  }

  private Content(byte[] bytes, Budget budget, boolean ofBackend) {
    this.bytes = bytes;
    this.budget = budget;
    this.ofBackend = ofBackend;
  }

  /** Of what no caller can be blamed for. */
  static Content ofBackend(Body body, Budget budget) {
    return new Content(bytes(body), budget, true);
  }

  private static byte[] bytes(Body body) {
    return body instanceof Body.Bytes(byte[] bytes) ? bytes : new byte[0];
  }

  byte[] bytes() {
    return bytes;
  }

  String text() {
    if (text == null) {
      budget.spend(bytes.length / 16);
      text = new String(bytes, StandardCharsets.UTF_8);
    }
    return text;
  }

  /** Whether all of it is UTF-8. */
  boolean isText() {
    budget.spend(bytes.length / 16);
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * The value of the JSON text; an empty body is an empty object (recorded: data-plane-misc.json).
   *
   * @throws GatewayException when the body is not JSON
   */
  Object json() {
    if (!parsed) {
      try {
        json = Json.parse(bytes.length == 0 ? "{}" : text(), budget);
      } catch (InvalidJson e) {
        throw notJson();
      }
      parsed = true;
    }
    return json;
  }

  private GatewayException notJson() {
    return ofBackend
        ? GatewayException.of(
            ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_BODY_NOT_JSON_FOR_MAPPING)
        : GatewayException.of(
            ResponseType.BAD_REQUEST_BODY,
            400,
            "Invalid JSON in request body",
            Reason.BODY_NOT_JSON_FOR_MAPPING);
  }
}
