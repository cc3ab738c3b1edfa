package io.gatehouse.runtime.exchange;

/**
 * A request as the caller sent it.
 *
 * @param method the verb in upper case
 * @param path raw, from the first slash, never decoded or normalised
 * @param query raw, without the question mark, empty when there is none
 * @param host the Host header, with its port if it has one
 * @param remoteAddress of the caller's connection, without port
 * @param scheme {@code http} or {@code https}
 * @param protocol as {@code HTTP/1.1}
 */
public record Request(
    String method,
    String path,
    String query,
    String host,
    Headers headers,
    Body body,
    String remoteAddress,
    String scheme,
    String protocol) {

  /** The same request with its body in hand. */
  Request with(Headers newHeaders, Body newBody) {
    return new Request(
        method, path, query, host, newHeaders, newBody, remoteAddress, scheme, protocol);
  }
}
