package io.gatehouse.runtime.functions;

/**
 * One request to run a function.
 *
 * @param id of the request, the same for every attempt at an event
 */
record Invocation(Chosen chosen, String id, byte[] payload, String traceId) {}
