package io.gatehouse.runtime.functions;

import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/**
 * What is counted of the functions of this node.
 *
 * @param durations takes nanoseconds of each invocation
 */
public record FunctionMeters(
    LongAdder invocations,
    LongAdder errors,
    LongAdder throttles,
    LongAdder coldStarts,
    LongConsumer durations) {

  public static FunctionMeters with(LongConsumer durations) {
    return new FunctionMeters(
        new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder(), durations);
  }

  /** What is counted, by name. */
  public Map<String, LongAdder> counts() {
    return Map.of(
        "gatehouse_function_invocations", invocations,
        "gatehouse_function_errors", errors,
        "gatehouse_function_throttles", throttles,
        "gatehouse_function_cold_starts", coldStarts);
  }
}
