package io.gatehouse.runtime.exchange;

/**
 * How the issuer of a user pool fares.
 *
 * @param ageMillis of its keys; -1 when there are none
 * @param failures requests for its keys that failed in a row
 * @param trouble the last failure in words; empty for none
 */
public record IssuerStatus(
    String account, String poolId, long ageMillis, int failures, String trouble) {}
