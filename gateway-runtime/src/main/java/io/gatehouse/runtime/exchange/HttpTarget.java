package io.gatehouse.runtime.exchange;

import java.util.Optional;

/**
 * Where an HTTP integration goes; what of its URI never changes from request to request.
 *
 * @param host name or address literal, without brackets
 * @param timeoutMillis until the answer's head has arrived, and again between two pieces of its
 *     body
 * @param verifyCertificate false only where the tenant set {@code
 *     tlsConfig.insecureSkipVerification}
 * @param identity of the stage that calls
 * @param account whose own authorities verify certificates, too
 * @param link through which it is reached; null where host and port are the address
 */
public record HttpTarget(
    boolean tls,
    String host,
    int port,
    int timeoutMillis,
    boolean verifyCertificate,
    Optional<ClientIdentity> identity,
    String account,
    PrivateLink link) {

  /** The same, with no longer a timeout than this. */
  public HttpTarget within(int mostMillis) {
    return timeoutMillis <= mostMillis
        ? this
        : new HttpTarget(tls, host, port, mostMillis, verifyCertificate, identity, account, link);
  }

  /** As a URL without a path; the usual port goes without saying. */
  public String address() {
    int usual = tls ? 443 : 80;
    String literal = host.indexOf(':') < 0 ? host : "[" + host + "]";
    return (tls ? "https://" : "http://") + literal + (port == usual ? "" : ":" + port);
  }

  /** The same on another host. */
  public HttpTarget with(String otherHost) {
    return new HttpTarget(
        tls, otherHost, port, timeoutMillis, verifyCertificate, identity, account, link);
  }
}
