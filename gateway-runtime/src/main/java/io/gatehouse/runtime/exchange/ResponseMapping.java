package io.gatehouse.runtime.exchange;

/**
 * Makes the caller's response out of the integration's; built once for its method when the stage is
 * compiled.
 */
public interface ResponseMapping {
  Response map(Exchange x, BackendResponse answer);
}
