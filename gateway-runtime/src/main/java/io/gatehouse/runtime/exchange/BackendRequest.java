package io.gatehouse.runtime.exchange;

/**
 * What an integration is to send.
 *
 * @param uri path and query as they go on the request line, raw
 * @param host in the place of the backend's own; null where the request does not choose it
 */
public record BackendRequest(
    String method, String uri, HeaderList headers, Body body, String host) {}
