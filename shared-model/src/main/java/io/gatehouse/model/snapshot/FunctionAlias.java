package io.gatehouse.model.snapshot;

import java.util.Map;

/**
 * A name for a version.
 *
 * @param weights the share of invocations, 0 to 1, of each version that takes some of them
 */
public record FunctionAlias(String version, Map<String, Double> weights) {
  public FunctionAlias {
    weights = Map.copyOf(weights);
  }
}
