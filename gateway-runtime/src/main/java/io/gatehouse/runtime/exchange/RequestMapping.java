package io.gatehouse.runtime.exchange;

/**
 * Makes the integration's request out of the caller's; built once for its method when the stage is
 * compiled.
 */
public interface RequestMapping {

  BackendRequest map(Exchange x);

  /** Whether {@link #map} looks at the caller's body, so that all of it must be in hand. */
  default boolean wantsBody(Exchange x) {
    return false;
  }
}
