package io.gatehouse.runtime.exchange;

/**
 * What an integration is to send.
 *
 * @param uri path and query as they go on the request line, raw
 */
public record BackendRequest(String method, String uri, HeaderList headers, Body body) {}
