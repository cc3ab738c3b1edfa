package io.gatehouse.runtime.exchange;

/**
 * Makes the caller's response out of the integration's; built once for its method when the stage is
 * compiled.
 */
public interface ResponseMapping {

  Response map(Exchange x, BackendResponse answer);

  /** Whether {@link #map} looks at the integration's body, so that all of it must be in hand. */
  default boolean wantsBody(Exchange x, BackendResponse answer) {
    return false;
  }
}
