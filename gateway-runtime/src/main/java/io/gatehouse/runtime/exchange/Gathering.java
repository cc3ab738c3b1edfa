package io.gatehouse.runtime.exchange;

/**
 * Where a body goes that is wanted whole. After any number of {@link #piece}s exactly one of {@link
 * #whole} and {@link #failed} is called, once, on the exchange's own event loop. The other methods
 * say what it means when the body does not arrive.
 */
public interface Gathering {

  /** How many bytes there may be. */
  long most();

  /**
   * So many more bytes have arrived and are to be held.
   *
   * @throws GatewayException when they may not be; {@link #failed} is then told so
   */
  void piece(int bytes);

  void whole(byte[] content);

  void failed(GatewayException failure);

  GatewayException tooLarge();

  /** The connection ended before the body did. */
  GatewayException broken(Throwable cause);

  /** The integration's time ran out before the body ended. */
  GatewayException late();
}
