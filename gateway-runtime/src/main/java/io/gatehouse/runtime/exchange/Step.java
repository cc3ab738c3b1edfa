package io.gatehouse.runtime.exchange;

/**
 * One stop of an exchange: reads what is known, adds its own facts, or throws a {@link
 * GatewayException}. Never waits.
 */
public interface Step {

  void apply(Exchange x);

  /** As it stands in the timeline. */
  default String name() {
    return getClass().getSimpleName();
  }
}
