package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;

/** What is reached over HTTP. */
final class HttpBackend implements Backend {

  private final BackendClient client;
  private final Vertx vertx;
  private final HttpTarget target;
  private final boolean trusted;
  private final Optional<ClientSSLOptions> tls;

  /** Shared by all event loops; whichever wrote last is as good as any. */
  private volatile BackendClient.Judged last;

  /**
   * @param trusted whether the operator has set the address, so that the guard does not judge it
   */
  HttpBackend(BackendClient client, Vertx vertx, HttpTarget target, boolean trusted) {
    this.client = client;
    this.vertx = vertx;
    this.target = target;
    this.trusted = trusted;
    this.tls = tls(target);
  }

  /**
   * Empty for what the client does anyway. Connections are shared only where these are equal, key
   * and certificate included.
   */
  private static Optional<ClientSSLOptions> tls(HttpTarget target) {
    if (target.verifyCertificate() && target.identity().isEmpty()) {
      return Optional.empty();
    }
    ClientSSLOptions options =
        new ClientSSLOptions()
            .setTrustAll(!target.verifyCertificate())
            .setHostnameVerificationAlgorithm(target.verifyCertificate() ? "HTTPS" : "");
    target
        .identity()
        .ifPresent(
            identity ->
                options.setKeyCertOptions(
                    new PemKeyCertOptions()
                        .addCertValue(Buffer.buffer(identity.certificate()))
                        .addKeyValue(Buffer.buffer(identity.privateKey()))));
    return Optional.of(options);
  }

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    new HttpCall(this, request, reply).start();
  }

  BackendClient client() {
    return client;
  }

  /** An address for the request that the guard has judged; fails with a GatewayException. */
  Future<SocketAddress> address(BackendRequest request) {
    if (request.host() != null) {
      return client.judged(target(request), trusted, null).map(client::oneOf);
    }
    Future<BackendClient.Judged> judged = client.judged(target, trusted, last);
    if (!judged.succeeded()) {
      return judged.map(this::remembered);
    }
    return Future.succeededFuture(remembered(judged.result()));
  }

  private SocketAddress remembered(BackendClient.Judged judged) {
    if (judged != last) {
      last = judged;
    }
    return client.oneOf(judged);
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public HttpTarget target() {
    return target;
  }

  /** Where the request goes: it may choose another host than the integration's. */
  HttpTarget target(BackendRequest request) {
    return request.host() == null ? target : target.with(request.host());
  }

  /** The request's head for an address that has been judged. */
  RequestOptions options(BackendRequest request, SocketAddress address) {
    RequestOptions options =
        new RequestOptions()
            .setServer(address)
            .setHost(target(request).host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setMethod(HttpMethod.valueOf(request.method()))
            .setURI(request.uri())
            .setFollowRedirects(false);
    tls.ifPresent(options::setSslOptions);
    return options;
  }
}
