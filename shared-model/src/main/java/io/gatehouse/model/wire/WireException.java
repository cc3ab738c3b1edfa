package io.gatehouse.model.wire;

/**
 * A document that does not fit its shape; the message is the vendor's SerializationException text.
 */
public final class WireException extends RuntimeException {

  public WireException(String message) {
    super(message, null, false, false);
  }
}
