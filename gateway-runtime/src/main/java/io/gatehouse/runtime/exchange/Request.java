package io.gatehouse.runtime.exchange;

/**
 * A request as the caller sent it.
 *
 * @param method the verb in upper case
 * @param path raw, from the first slash, never decoded or normalised
 * @param query raw, without the question mark, empty when there is none
 * @param host the Host header, with its port if it has one
 * @param remoteAddress of the caller, without port: of its connection, or as a trusted proxy says
 * @param scheme {@code http} or {@code https}, likewise
 * @param protocol as {@code HTTP/1.1}
 * @param peerAddress of the caller's connection, which is a proxy's where one is trusted
 * @param endpoint that the caller comes through; null for none
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
    String protocol,
    String peerAddress,
    VpcEndpoint endpoint) {

  /** Of a caller that comes through no proxy and no VPC endpoint. */
  public Request(
      String method,
      String path,
      String query,
      String host,
      Headers headers,
      Body body,
      String remoteAddress,
      String scheme,
      String protocol) {
    this(
        method,
        path,
        query,
        host,
        headers,
        body,
        remoteAddress,
        scheme,
        protocol,
        remoteAddress,
        null);
  }

  /** The same request with its body in hand. */
  Request with(Headers newHeaders, Body newBody) {
    return new Request(
        method,
        path,
        query,
        host,
        newHeaders,
        newBody,
        remoteAddress,
        scheme,
        protocol,
        peerAddress,
        endpoint);
  }
}
