package io.gatehouse.runtime.exchange;

/**
 * Where an HTTP integration goes; what of its URI never changes from request to request.
 *
 * @param host name or address literal, without brackets
 * @param timeoutMillis until the answer's head has arrived, and again between two pieces of its
 *     body
 * @param verifyCertificate false only where the tenant set {@code
 *     tlsConfig.insecureSkipVerification}
 */
public record HttpTarget(
    boolean tls, String host, int port, int timeoutMillis, boolean verifyCertificate) {}
