package io.gatehouse.runtime.exchange;

/**
 * A gateway response that the API's author has customised; built once when the stage is compiled.
 */
public interface ErrorAnswer {

  /** The answer to the caller, without what every answer carries. */
  Response answer(Exchange x, GatewayException refusal);
}
