package io.gatehouse.runtime.exchange;

/**
 * One stop of an exchange: reads what is known, adds its own facts, or throws a {@link
 * GatewayException}. Never waits.
 */
public interface Step {

  void apply(Exchange x);

  /** Whether there is anything to do; a step that is passed over leaves no trace. */
  default boolean concerns(Exchange x) {
    return true;
  }

  /** What to tell the caller when the step needs more than the whole budget of an exchange. */
  default GatewayException tooCostly() {
    return GatewayException.bug(new IllegalStateException(name() + " spends no budget"));
  }

  /** As it stands in the timeline. */
  default String name() {
    return getClass().getSimpleName();
  }
}
