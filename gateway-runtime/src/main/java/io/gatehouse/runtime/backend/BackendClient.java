package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The only HTTP client of a node. Every event loop has its own pools, so that an exchange never
 * leaves its loop; every address is resolved once, judged by the egress guard, and then connected
 * to as judged. Redirects are never followed.
 */
public final class BackendClient implements Backends {

  private static final Logger LOG = LoggerFactory.getLogger(BackendClient.class);

  /**
   * What one backend may take of one event loop.
   *
   * @param connections to it
   * @param waiting requests that wait for one of them
   */
  public record Bounds(int connections, int waiting) {
    public static final Bounds USUAL = new Bounds(512, 2048);
  }

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final int KEEP_ALIVE_SECONDS = 55;

  /** Beyond the longest integration timeout: this is for bodies that stop half-way. */
  private static final int IDLE_SECONDS = 30;

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final Resolver resolver;
  private final Reach reach;
  private final int mostTimeoutMillis;
  private final Bounds bounds;
  private final RoleKeys roleKeys;
  private final Backend mock = new MockBackend();
  private final FastThreadLocal<HttpClientAgent> clients =
      new FastThreadLocal<>() {
        @Override
        protected HttpClientAgent initialValue() {
          return newClient();
        }
      };

  private final FastThreadLocal<Deadlines> deadlines =
      new FastThreadLocal<>() {
        @Override
        protected Deadlines initialValue() {
          return new Deadlines(
              nanos, turn -> vertx.setTimer(Deadlines.TICK_MILLIS, t -> turn.run()));
        }
      };

  /**
   * @param mostTimeoutMillis what the operator allows an integration to take
   */
  public BackendClient(
      Vertx vertx, Reach reach, LongSupplier nanos, int mostTimeoutMillis, Bounds bounds) {
    this.vertx = vertx;
    this.bounds = bounds;
    this.mostTimeoutMillis = mostTimeoutMillis;
    this.nanos = nanos;
    this.reach = reach;
    this.resolver = new Resolver(vertx, nanos);
    this.roleKeys = new RoleKeys(reach, this::assume);
  }

  /** By the account's own STS, or by the vendor's. */
  private Future<AssumedRole.Session> assume(AssumedRole.Question question, AwsKeys by) {
    AwsTarget sts =
        new AwsTarget(
            question.account(),
            question.region(),
            "sts",
            "",
            null,
            Math.min(AssumeRoleCall.TIMEOUT_MILLIS, mostTimeoutMillis));
    Future<AwsKeys> keys = Future.succeededFuture(by);
    Backend signing = new AwsBackend(this, vertx, reach, (access, role) -> region -> keys, sts);
    return AssumeRoleCall.make(question, signing, reach.clock());
  }

  @Override
  public Backend http(HttpTarget target) {
    return new HttpBackend(this, vertx, target.within(mostTimeoutMillis), false);
  }

  @Override
  public Backend aws(AwsTarget target) {
    return new AwsBackend(this, vertx, reach, roleKeys::of, target.within(mostTimeoutMillis));
  }

  @Override
  public Backend lambda(LambdaTarget target) {
    return new LambdaBackend(target.within(mostTimeoutMillis), reach, deadlines::get, this::aws);
  }

  @Override
  public Backend mock() {
    return mock;
  }

  @Override
  public Optional<ClientIdentity> identity(String account, SealedCertificate certificate) {
    Optional<String> key =
        reach
            .seal()
            .flatMap(
                s ->
                    s.open(
                        SealedCertificate.owner(account, certificate.id()),
                        certificate.sealedKey()));
    if (key.isEmpty()) {
      LOG.error(
          "client certificate {} does not open: GATEHOUSE_NODE_KEY {}",
          certificate.id(),
          reach.seal().isEmpty() ? "is not set" : "is not that of the control plane");
    }
    return key.map(opened -> new ClientIdentity(certificate.certificate(), opened));
  }

  /** Those of the event loop that asks. */
  Deadlines deadlines() {
    return deadlines.get();
  }

  /** By the node's monotonic clock. */
  long nanos() {
    return nanos.getAsLong();
  }

  /** The client of the event loop that asks. */
  HttpClient client() {
    return clients.get();
  }

  /**
   * The addresses of a target that may be connected to, judged when it was resolved. Fails with a
   * GatewayException when there is none.
   *
   * @param trusted whether the guard is not asked
   */
  Future<Judged> judged(HttpTarget target, boolean trusted, Judged before) {
    Future<InetAddress[]> resolved = resolver.resolve(target.host());
    return resolved.succeeded()
        ? judged(target, trusted, before, resolved.result())
        : resolved.transform(
            done ->
                done.succeeded()
                    ? judged(target, trusted, before, done.result())
                    : Future.failedFuture(unknown(done.cause())));
  }

  /**
   * What the guard said of a name's addresses. It says the same of the same addresses, so they are
   * judged anew only when the name has been resolved anew.
   *
   * @param allowed not empty
   */
  record Judged(InetAddress[] addresses, List<SocketAddress> allowed) {}

  /** One of the addresses, whichever. */
  SocketAddress oneOf(Judged judged) {
    List<SocketAddress> allowed = judged.allowed();
    return allowed.get(
        allowed.size() == 1 ? 0 : ThreadLocalRandom.current().nextInt(allowed.size()));
  }

  private Future<Judged> judged(
      HttpTarget target, boolean trusted, Judged before, InetAddress[] addresses) {
    if (before != null && before.addresses() == addresses) {
      return Future.succeededFuture(before);
    }
    List<SocketAddress> allowed = new ArrayList<>(addresses.length);
    for (InetAddress address : addresses) {
      if (trusted || reach.guard().allows(address, target.port())) {
        allowed.add(SocketAddress.inetSocketAddress(target.port(), address.getHostAddress()));
      }
    }
    return allowed.isEmpty()
        ? Future.failedFuture(
            GatewayException.of(
                ResponseType.INTEGRATION_FAILURE,
                500,
                "Internal server error",
                Reason.BACKEND_ADDRESS_FORBIDDEN))
        : Future.succeededFuture(new Judged(addresses, List.copyOf(allowed)));
  }

  private static GatewayException unknown(Throwable cause) {
    return cause instanceof UnknownHostException
        ? GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            500,
            "Internal server error",
            Reason.BACKEND_ADDRESS_UNKNOWN)
        : GatewayException.bug(new IllegalStateException(cause));
  }

  private HttpClientAgent newClient() {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setIdleTimeout(mostTimeoutMillis / 1000 + IDLE_SECONDS)
            .setDecompressionSupported(false)
            .setMaxInitialLineLength(8192)
            .setMaxHeaderSize(64 << 10)
            .setTcpNoDelay(true)
            .setForceSni(true)
            .setVerifyHost(true)
            .setSslHandshakeTimeout(CONNECT_TIMEOUT_MILLIS)
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(bounds.connections())
            .setMaxWaitQueueSize(bounds.waiting());
    return vertx.createHttpClient(options, pool);
  }
}
