package io.gatehouse.runtime.backend;

import io.gatehouse.model.snapshot.HealthCheck;
import io.gatehouse.model.snapshot.Snapshot.VpcLinkSnapshot;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ConnectOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/**
 * Asks the targets of VPC links whether they are well. Certificates are not looked at here: that a
 * target speaks TLS is enough, calls look closer. Confined to one event loop.
 */
final class LinkChecks {

  static final int TICK_MILLIS = 500;

  private static final String AGENT = "Gatehouse-HealthCheck";

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final Map<AddressState, Long> due = new WeakHashMap<>();
  private HttpClient http;
  private NetClient tcp;

  LinkChecks(Vertx vertx, LongSupplier nanos) {
    this.vertx = vertx;
    this.nanos = nanos;
  }

  void check(VpcLinkSnapshot link, List<AddressState> targets) {
    HealthCheck check = link.healthCheck();
    long now = nanos.getAsLong();
    for (AddressState target : targets) {
      Long next = due.get(target);
      if (next == null || now - next >= 0) {
        due.put(target, now + Math.max(1, check.intervalSeconds()) * 1_000_000_000L);
        ask(target, check)
            .onComplete(
                done ->
                    target.checked(
                        done.succeeded() ? null : "health check: " + done.cause().getMessage(),
                        check.healthy(),
                        check.unhealthy()));
      }
    }
  }

  private Future<Void> ask(AddressState target, HealthCheck check) {
    return check.path().isEmpty() ? connect(target, check) : get(target, check);
  }

  private Future<Void> connect(AddressState target, HealthCheck check) {
    if (tcp == null) {
      tcp = vertx.createNetClient(new NetClientOptions().setTrustAll(true));
    }
    ConnectOptions options =
        new ConnectOptions()
            .setRemoteAddress(target.address())
            .setTimeout(check.timeoutMillis())
            .setSsl(check.tls());
    if (check.tls()) {
      options.setSslOptions(
          new NetClientOptions()
              .setTrustAll(true)
              .setHostnameVerificationAlgorithm("")
              .getSslOptions());
    }
    return tcp.connect(options).compose(socket -> socket.close());
  }

  private Future<Void> get(AddressState target, HealthCheck check) {
    if (http == null) {
      http =
          vertx.createHttpClient(
              new HttpClientOptions()
                  .setKeepAlive(false)
                  .setTrustAll(true)
                  .setVerifyHost(false)
                  .setMaxHeaderSize(BackendCodec.MOST_HEAD_BYTES));
    }
    RequestOptions options =
        new RequestOptions()
            .setServer(target.address())
            .setHost(target.address().host())
            .setPort(target.address().port())
            .setSsl(check.tls())
            .setMethod(HttpMethod.GET)
            .setURI(check.path())
            .setTimeout(check.timeoutMillis())
            .setFollowRedirects(false)
            .putHeader("User-Agent", AGENT);
    return http.request(options)
        .compose(request -> request.send())
        .compose(
            answer -> {
              int status = answer.statusCode();
              answer.exceptionHandler(known -> {});
              answer.request().reset(); // whatever more it has to say
              return status >= 200 && status < 400
                  ? Future.succeededFuture()
                  : Future.failedFuture(check.path() + " is answered with " + status);
            });
  }
}
