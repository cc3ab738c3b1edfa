package io.gatehouse.runtime.exchange;

import io.gatehouse.model.path.PathTrie;
import java.util.Map;

/**
 * A stage as this node serves it. An exchange keeps the one it began with.
 *
 * @param apiStage as usage plans name it: {@code apiId:stageName}
 */
public record CompiledStage(
    String account,
    String region,
    String apiId,
    String stageName,
    String apiStage,
    String deploymentId,
    long revision,
    boolean endpointDisabled,
    Map<String, String> variables,
    PathTrie<CompiledResource> routes) {}
