package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;

/** The backend of HTTP and HTTP_PROXY integrations. */
final class HttpBackend implements Backend {

  private final BackendClient client;
  private final Vertx vertx;
  private final HttpTarget target;
  private final ClientSSLOptions unverified;

  HttpBackend(BackendClient client, Vertx vertx, HttpTarget target) {
    this.client = client;
    this.vertx = vertx;
    this.target = target;
    this.unverified =
        target.verifyCertificate()
            ? null
            : new ClientSSLOptions().setTrustAll(true).setHostnameVerificationAlgorithm("");
  }

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    new HttpCall(this, request, reply).start();
  }

  BackendClient client() {
    return client;
  }

  Vertx vertx() {
    return vertx;
  }

  @Override
  public HttpTarget target() {
    return target;
  }

  /** The request's head for an address that has been judged. */
  RequestOptions options(BackendRequest request, SocketAddress address) {
    RequestOptions options =
        new RequestOptions()
            .setServer(address)
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.tls())
            .setMethod(HttpMethod.valueOf(request.method()))
            .setURI(request.uri())
            .setFollowRedirects(false);
    return unverified == null ? options : options.setSslOptions(unverified);
  }
}
