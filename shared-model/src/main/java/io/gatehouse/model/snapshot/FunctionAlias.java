package io.gatehouse.model.snapshot;

import io.gatehouse.model.snapshot.FunctionVersion.EventInvoke;
import java.util.Map;
import java.util.Optional;

/**
 * A name for a version.
 *
 * @param eventInvoke what becomes of its asynchronous invocations; none for what the version says
 * @param weights the share of invocations, 0 to 1, of each version that takes some of them
 */
public record FunctionAlias(
    String version, Map<String, Double> weights, Optional<EventInvoke> eventInvoke) {
  public FunctionAlias {
    weights = Map.copyOf(weights);
  }
}
