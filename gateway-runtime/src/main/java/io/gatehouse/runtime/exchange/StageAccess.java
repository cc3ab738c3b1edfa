package io.gatehouse.runtime.exchange;

import io.gatehouse.model.policy.Policy;

/**
 * What the methods of a stage have in common where it is decided who may call them.
 *
 * @param policy the API's resource policy; null for none
 * @param closed whether only callers from a VPC endpoint come in at all: the endpoint type PRIVATE
 */
public record StageAccess(
    String account, String region, String apiId, String stageName, Policy policy, boolean closed) {}
