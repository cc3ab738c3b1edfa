package io.gatehouse.runtime.functions;

/**
 * What a function is invoked with, as the Runtime API hands it over.
 *
 * @param id of the request
 * @param clientContext JSON in ASCII; empty for none
 * @param deadlineMillis when the function has to be done
 * @param functionArn as it was invoked
 */
record Event(
    String id,
    byte[] payload,
    String clientContext,
    long deadlineMillis,
    String functionArn,
    String traceId) {}
