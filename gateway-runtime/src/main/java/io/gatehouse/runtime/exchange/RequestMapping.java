package io.gatehouse.runtime.exchange;

/**
 * Makes the integration's request out of the caller's; built once for its method when the stage is
 * compiled.
 */
public interface RequestMapping {
  BackendRequest map(Exchange x);
}
