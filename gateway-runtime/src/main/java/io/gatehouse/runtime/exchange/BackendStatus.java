package io.gatehouse.runtime.exchange;

/**
 * How one address of a backend fares, for operators and tenants.
 *
 * @param backend as a URL without a path
 * @param link the id of the VPC link that it is a target of, empty for none
 * @param address {@code host:port}
 * @param state healthy, unhealthy, open or half-open
 * @param since when it became that, in milliseconds of the epoch
 * @param failures of connections in a row
 * @param lastFailure in words, empty for none
 */
public record BackendStatus(
    String account,
    String backend,
    String link,
    String address,
    String state,
    long since,
    int failures,
    String lastFailure) {}
