package io.gatehouse.runtime.exchange;

/**
 * What a method's request validator asks for; built once for its method when the stage is compiled.
 */
public interface RequestCheck {

  /** Of a method without a request validator. */
  RequestCheck NONE = new RequestCheck() {};

  /**
   * @throws GatewayException when a required parameter is missing
   */
  default void parameters(Exchange x) {}

  /** Whether {@link #body} looks at the body, so that all of it must be in hand. */
  default boolean wantsBody() {
    return false;
  }

  /**
   * @throws GatewayException when the body does not fit its model
   */
  default void body(Exchange x) {}
}
