package io.gatehouse.runtime.functions;

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
}
