package io.gatehouse.runtime.functions;

/**
 * One request to run a function.
 *
 * @param id of the request, the same for every attempt at an event
 * @param clientContext JSON in ASCII; empty for none
 */
record Invocation(Chosen chosen, String id, byte[] payload, String clientContext, String traceId) {}
