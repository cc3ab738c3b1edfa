package io.gatehouse.runtime.exchange;

/**
 * What a stage logs.
 *
 * @param unmatched of requests for which no method was found
 * @param accessLog null for none
 */
public record StageLogging(MethodLogging unmatched, AccessLine accessLog) {}
