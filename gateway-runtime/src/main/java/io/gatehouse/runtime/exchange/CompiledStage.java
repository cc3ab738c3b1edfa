package io.gatehouse.runtime.exchange;

import io.gatehouse.model.path.PathTrie;
import java.util.Map;
import java.util.Set;

/**
 * A stage as this node serves it. An exchange keeps the one it began with.
 *
 * @param apiStage as usage plans name it: {@code apiId:stageName}
 * @param vpcEndpointIds the only VPC endpoints that a private API is reached through, empty for any
 *     of the operator's; null for an API that is not private
 * @param isCanaryRequest {@code true} or {@code false} on a stage with a canary, else null, as
 *     {@code $context.isCanaryRequest}
 * @param split who is served by the canary instead; null when nobody is
 * @param compressFrom bytes from which answers are compressed; -1 for never
 * @param reasonHeader whether refusals tell their reason's code in a header
 * @param limitHeaders whether answers tell what is left of limits
 * @param tracing whether its exchanges are parts of traces
 * @param caching of its response cache; null for none
 * @param logging what is logged of its requests
 * @param cors of answers that belong to no resource; null when the API has none
 * @param errorAnswers where the API's author has customised gateway responses
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
    Set<String> vpcEndpointIds,
    Map<String, String> variables,
    String isCanaryRequest,
    Split split,
    int compressFrom,
    boolean reasonHeader,
    boolean limitHeaders,
    boolean tracing,
    StageCaching caching,
    StageLogging logging,
    Cors cors,
    Map<ResponseType, ErrorAnswer> errorAnswers,
    PathTrie<CompiledResource> routes) {

  /**
   * A canary release.
   *
   * @param percentTraffic 0 to 100
   */
  public record Split(double percentTraffic, CompiledStage canary) {}
}
