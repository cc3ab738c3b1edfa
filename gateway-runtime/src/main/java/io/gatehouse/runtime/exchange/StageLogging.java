package io.gatehouse.runtime.exchange;

import io.gatehouse.model.aws.DeliveryStream;

/**
 * What a stage logs.
 *
 * @param unmatched of requests for which no method was found
 * @param accessLog null for none
 * @param stream where lines of the access log go besides; null for nowhere
 */
public record StageLogging(MethodLogging unmatched, AccessLine accessLog, DeliveryStream stream) {}
