package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What is reached over HTTP. */
final class HttpBackend implements Backend {

  /**
   * @param options null for what the client does anyway
   */
  private record Tls(List<String> authorities, ClientSSLOptions options) {}

  private final BackendClient client;
  private final Vertx vertx;
  private final HttpTarget target;
  private final Egress egress;
  private final AtomicInteger callsOfAccount;

  /** Shared by all event loops; whichever wrote last is as good as any. */
  private volatile Judged last;

  private volatile Tls tls;

  /**
   * @param egress by whose word it is called
   */
  HttpBackend(BackendClient client, Vertx vertx, HttpTarget target, Egress egress) {
    this.client = client;
    this.vertx = vertx;
    this.target = target;
    this.egress = egress;
    this.callsOfAccount = client.callsOf(target.account());
    if (target.link() != null) {
      client.watch(this);
    }
  }

  @Override
  public void call(Exchange x, BackendRequest request, Reply reply) {
    new HttpCall(this, request, reply).start();
  }

  BackendClient client() {
    return client;
  }

  /** Calls that its account has under way. */
  AtomicInteger callsOfAccount() {
    return callsOfAccount;
  }

  /** Addresses for the request that the guard has judged; fails with a GatewayException. */
  Future<Judged> addresses(BackendRequest request) {
    if (target.link() != null) {
      return client.links().judged(target, last).map(this::remembered);
    }
    if (request.host() != null) {
      return client.judged(target(request), egress, null);
    }
    Future<Judged> judged = client.judged(target, egress, last);
    return judged.succeeded() && judged.result() == last ? judged : judged.map(this::remembered);
  }

  private Judged remembered(Judged judged) {
    if (judged != last) {
      last = judged;
    }
    return judged;
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

  /**
   * The request's head for an address that has been judged.
   *
   * @param secure whether by TLS
   */
  RequestOptions options(BackendRequest request, SocketAddress address, boolean secure) {
    RequestOptions options =
        new RequestOptions()
            .setServer(address)
            .setHost(request.host() == null ? target.host() : request.host())
            .setPort(target.port())
            .setSsl(secure)
            .setMethod(HttpMethod.valueOf(request.method()))
            .setURI(request.uri())
            .setConnectTimeout(target.timeoutMillis() + HttpCall.GRACE_MILLIS)
            .setFollowRedirects(false);
    if (secure) {
      options.setSslOptions(tls());
    } else {
      options.setProtocolVersion(HttpVersion.HTTP_1_1);
    }
    return options;
  }

  /** Changes when the account's authorities do, at once and without a deployment. */
  private ClientSSLOptions tls() {
    List<String> authorities = client.authorities(target.account());
    Tls known = tls;
    if (known == null || known.authorities() != authorities) {
      known = new Tls(authorities, client.tls(target, authorities));
      tls = known;
    }
    return known.options();
  }
}
