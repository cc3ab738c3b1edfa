package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HeaderList;
import io.gatehouse.runtime.exchange.HeaderSet;

/** The vendor's table of headers that do not simply pass (recorded: header-remapping.json). */
final class HeaderRules {

  /**
   * A client's headers that HTTP_PROXY does not send on. Transfer-Encoding and Content-Length are
   * the door's to write.
   */
  static final HeaderSet NOT_SENT_ON =
      HeaderSet.of(
          "Connection",
          "Content-Length",
          "Content-MD5",
          "Expect",
          "Host",
          "Keep-Alive",
          "Max-Forwards",
          "Proxy-Authenticate",
          "Proxy-Authorization",
          "Proxy-Connection",
          "Server",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "Via",
          "WWW-Authenticate",
          "X-Amzn-Apigateway-Api-Id",
          "X-Amzn-Trace-Id");

  /** A mapping to one of these is accepted and sends nothing: the gateway keeps the connection. */
  static final HeaderSet NOT_SENT_MAPPED =
      HeaderSet.of(
          "Connection",
          "Expect",
          "Keep-Alive",
          "Proxy-Authenticate",
          "Proxy-Connection",
          "TE",
          "Via");

  /** A backend's headers that reach the caller as {@code x-amzn-Remapped-NAME}. */
  static final HeaderSet REMAPPED =
      HeaderSet.of(
          "Authorization",
          "Connection",
          "Content-Length",
          "Content-MD5",
          "Date",
          "Expect",
          "Host",
          "Max-Forwards",
          "Proxy-Authenticate",
          "Server",
          "Trailer",
          "Upgrade",
          "User-Agent",
          "WWW-Authenticate",
          "x-amz-apigw-id",
          "x-amzn-RequestId");

  /**
   * A backend's headers that never reach the caller: they speak of the backend's own connection.
   */
  static final HeaderSet NOT_ANSWERED =
      HeaderSet.of("Transfer-Encoding", "Via", "Keep-Alive", "Proxy-Connection");

  /**
   * Mapping one of these is accepted by PutIntegration and fails each request with 500, as
   * recorded.
   */
  static final HeaderSet NOT_MAPPABLE =
      HeaderSet.of(
          "Content-Length", "Transfer-Encoding", "X-Amzn-Trace-Id", "X-Amzn-Apigateway-Api-Id");

  /** The same for requests that are signed, besides those above. */
  private static final HeaderSet NOT_MAPPABLE_FOR_AWS =
      HeaderSet.of("Authorization", "Connection", "Expect", "Proxy-Authenticate", "TE");

  /** A caller's headers that templates do not see (recorded: header-remapping.json). */
  static final HeaderSet NOT_SHOWN =
      HeaderSet.of(
          "Connection",
          "Content-Length",
          "Content-MD5",
          "Expect",
          "Max-Forwards",
          "Proxy-Authenticate",
          "Server",
          "TE",
          "Trailer",
          "Transfer-Encoding",
          "Upgrade",
          "WWW-Authenticate");

  /** What says how an answer is framed: nothing that an author writes may. */
  private static final HeaderSet FRAMING =
      HeaderSet.of("Connection", "Content-Length", "Transfer-Encoding");

  static final String REMAPPED_PREFIX = "x-amzn-Remapped-";

  private HeaderRules() {}

  /** Whether a mapping to this header makes every request fail. */
  static boolean isMappable(String header) {
    return !NOT_MAPPABLE.contains(header);
  }

  /** The same where requests are signed. */
  static boolean isMappableForAws(String header) {
    return isMappable(header) && !NOT_MAPPABLE_FOR_AWS.contains(header);
  }

  /** Whether a header of an answer would say how it is framed, which is for the door alone. */
  static boolean frames(String header) {
    return FRAMING.contains(header);
  }

  /** Adds what every request of ours to an HTTP backend carries. */
  static void identify(Exchange x, HeaderList out) {
    out.add("X-Amzn-Apigateway-Api-Id", x.stage().apiId());
    out.add("X-Amzn-Trace-Id", x.traceId());
  }

  /** The name under which a header of an integration reaches the caller. */
  static String answered(String name) {
    return REMAPPED.contains(name) ? REMAPPED_PREFIX + name : name;
  }
}
