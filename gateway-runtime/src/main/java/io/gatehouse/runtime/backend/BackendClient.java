package io.gatehouse.runtime.backend;

import io.gatehouse.model.aws.AwsKeys;
import io.gatehouse.model.snapshot.Snapshot.SealedCertificate;
import io.gatehouse.runtime.compile.Backends;
import io.gatehouse.runtime.exchange.AwsTarget;
import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendStatus;
import io.gatehouse.runtime.exchange.ClientIdentity;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.HttpTarget;
import io.gatehouse.runtime.exchange.LambdaTarget;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.netty.util.concurrent.FastThreadLocal;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.impl.ConnectionBase;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
   * What one backend may take of one event loop, and one account of the node.
   *
   * @param connections to the backend
   * @param waiting requests that wait for one of them
   * @param callsOfAccount that one account may have under way, to all of its backends
   */
  public record Bounds(int connections, int waiting, int callsOfAccount) {
    public static final Bounds USUAL = ofNode(10_000);

    /**
     * One account's calls leave room for others'.
     *
     * @param mostInFlight exchanges on the node
     */
    public static Bounds ofNode(int mostInFlight) {
      return new Bounds(512, 2048, Math.max(1, mostInFlight / 4 * 3));
    }

    public Bounds(int connections, int waiting) {
      this(connections, waiting, USUAL.callsOfAccount);
    }
  }

  /** Requests that share a connection of HTTP/2. */
  private static final int MOST_STREAMS = 100;

  private static final Set<String> TLS_VERSIONS = Set.of("TLSv1.3", "TLSv1.2");
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
  private final BackendStates states;
  private final Links links;
  private final Handshakes handshakes = new Handshakes();
  private final Trust usualTrust;
  private final Trust anyIssuer;
  private final Map<String, Trust> trustOfAccounts = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> callsOfAccounts = new ConcurrentHashMap<>();
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
    this(vertx, reach, NameService.SYSTEM, nanos, mostTimeoutMillis, bounds);
  }

  /**
   * @param names who resolves the names of backends
   * @param mostTimeoutMillis what the operator allows an integration to take
   */
  public BackendClient(
      Vertx vertx,
      Reach reach,
      NameService names,
      LongSupplier nanos,
      int mostTimeoutMillis,
      Bounds bounds) {
    this.vertx = vertx;
    this.bounds = bounds;
    this.mostTimeoutMillis = mostTimeoutMillis;
    this.nanos = nanos;
    this.reach = reach;
    this.resolver = new Resolver(vertx, names, nanos);
    this.states = new BackendStates(reach.clock());
    this.links = new Links(vertx, this, reach.accounts(), states, nanos);
    this.usualTrust = Trust.in(reach.authorities(), List.of(), reach.clock());
    this.anyIssuer = Trust.anyIssuer(reach.clock());
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
    return new HttpBackend(this, vertx, target.within(mostTimeoutMillis), Egress.GUARDED);
  }

  /**
   * Whom a user pool's keys are asked from. Keys that anybody on the way could exchange are none:
   * without TLS it has to be an address that the operator lists.
   */
  public Backend issuer(HttpTarget target) {
    Egress egress = target.tls() ? Egress.GUARDED : Egress.LISTED;
    return new HttpBackend(this, vertx, target.within(mostTimeoutMillis), egress);
  }

  /**
   * The installation's own, which the operator has named; what is asked there is not for tenants.
   */
  public Backend signInService(HttpTarget target) {
    return new HttpBackend(this, vertx, target.within(mostTimeoutMillis), Egress.NAMED);
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

  /** The event loop that asks, to come back to from another one. */
  public Executor loop() {
    Context loop = vertx.getOrCreateContext();
    return work -> loop.runOnContext(v -> work.run());
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

  Links links() {
    return links;
  }

  /** While it is in use, the targets of its link are checked. */
  void watch(HttpBackend backend) {
    links.watch(backend);
  }

  Handshakes handshakes() {
    return handshakes;
  }

  /** Of an account. */
  AtomicInteger callsOf(String account) {
    return callsOfAccounts.computeIfAbsent(account, a -> new AtomicInteger());
  }

  int mostCallsOfAccount() {
    return bounds.callsOfAccount();
  }

  /** To one address, of one event loop. */
  int mostConnections() {
    return bounds.connections();
  }

  /** How backends fare: those addresses that are not well, and all targets of VPC links. */
  public List<BackendStatus> statuses() {
    return states.told();
  }

  /**
   * Calls of backends under way, those included whose callers have gone away: an integration that
   * has begun is not taken back.
   */
  public long calls() {
    return callsOfAccounts.values().stream().mapToLong(AtomicInteger::get).sum();
  }

  /** How many addresses of backends are known and well. */
  public long healthyAddresses() {
    return states.healthy();
  }

  /** The account's own, as they are now; the same object while they do not change. */
  List<String> authorities(String account) {
    return reach.accounts().access(account).authorities();
  }

  /**
   * How a target is spoken to by TLS; null for what the client does anyway. Connections are shared
   * only where trust and certificate are the same.
   */
  ClientSSLOptions tls(HttpTarget target, List<String> authorities) {
    Trust trust =
        !target.verifyCertificate()
            ? anyIssuer
            : authorities.isEmpty()
                ? usualTrust
                : trustOfAccounts.compute(
                    target.account(),
                    (account, known) ->
                        known != null && known.isOf(authorities)
                            ? known
                            : Trust.in(reach.authorities(), authorities, reach.clock()));
    if (trust == usualTrust && target.identity().isEmpty()) {
      return null;
    }
    ClientSSLOptions options = tls(trust);
    target.identity().map(ShownCertificate::new).ifPresent(options::setKeyCertOptions);
    return options;
  }

  private static ClientSSLOptions tls(Trust trust) {
    ClientSSLOptions options = new ClientSSLOptions();
    options
        .setTrustOptions(trust)
        .setHostnameVerificationAlgorithm("HTTPS")
        .setEnabledSecureTransportProtocols(TLS_VERSIONS)
        .setSslHandshakeTimeout(CONNECT_TIMEOUT_MILLIS)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }

  /**
   * The addresses of a target that may be connected to, judged when it was resolved. Fails with a
   * GatewayException when there is none.
   *
   * @param egress by whose word it is called
   */
  Future<Judged> judged(HttpTarget target, Egress egress, Judged before) {
    Future<InetAddress[]> resolved = resolver.resolve(target.host());
    return resolved.succeeded()
        ? judged(target, egress, before, resolved.result())
        : resolved.transform(
            done ->
                done.succeeded()
                    ? judged(target, egress, before, done.result())
                    : Future.failedFuture(unknown(target.host(), done.cause())));
  }

  private Future<Judged> judged(
      HttpTarget target, Egress egress, Judged before, InetAddress[] addresses) {
    if (before != null && before.source() == addresses) {
      return Future.succeededFuture(before);
    }
    List<SocketAddress> allowed = allowed(addresses, target.port(), egress);
    if (allowed.isEmpty()) {
      return Future.failedFuture(
          egress == Egress.LISTED ? unencrypted(target.host()) : forbidden(target.host()));
    }
    BackendState state = states.of(target);
    return Future.succeededFuture(new Judged(addresses, state, state.of(allowed), target.tls()));
  }

  /** The addresses of a name; fails with an UnknownHostException. */
  Future<InetAddress[]> resolve(String host) {
    return resolver.resolve(host);
  }

  /** Those of the addresses that the guard lets pass; the others are left out. */
  List<SocketAddress> allowed(InetAddress[] addresses, int port, Egress egress) {
    List<SocketAddress> allowed = new ArrayList<>(addresses.length);
    for (InetAddress address : addresses) {
      if (isAllowed(address, port, egress)) {
        allowed.add(SocketAddress.inetSocketAddress(port, address.getHostAddress()));
      }
    }
    return List.copyOf(allowed);
  }

  private boolean isAllowed(InetAddress address, int port, Egress egress) {
    return switch (egress) {
      case NAMED -> true;
      case GUARDED -> reach.guard().allows(address, port);
      case LISTED -> reach.guard().lists(address, port);
    };
  }

  static GatewayException forbidden(String host) {
    return refused("no address of " + host + " is public, and the operator allows none of them");
  }

  private static GatewayException unencrypted(String host) {
    return refused(
        "without TLS only what the operator lists is asked, which has no address of " + host);
  }

  private static GatewayException refused(String detail) {
    return GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            500,
            "Internal server error",
            Reason.BACKEND_ADDRESS_FORBIDDEN)
        .with(detail);
  }

  static GatewayException unknown(String host, Throwable cause) {
    // Java does not take what may be read as more than one address.
    return cause instanceof UnknownHostException || cause instanceof IllegalArgumentException
        ? GatewayException.of(
                ResponseType.INTEGRATION_FAILURE,
                500,
                "Internal server error",
                Reason.BACKEND_ADDRESS_UNKNOWN)
            .with("no address is known for " + host)
        : GatewayException.bug(new IllegalStateException(cause));
  }

  private HttpClientAgent newClient() {
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
            .setKeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setHttp2KeepAliveTimeout(KEEP_ALIVE_SECONDS)
            .setHttp2MultiplexingLimit(MOST_STREAMS)
            .setIdleTimeout(mostTimeoutMillis / 1000 + IDLE_SECONDS)
            .setDecompressionSupported(false)
            .setMaxInitialLineLength(BackendCodec.MOST_LINE_BYTES)
            .setMaxHeaderSize(BackendCodec.MOST_HEAD_BYTES)
            .setInitialSettings(
                new Http2Settings()
                    .setPushEnabled(false)
                    .setMaxHeaderListSize(BackendCodec.MOST_HEAD_BYTES))
            .setTcpNoDelay(true)
            .setForceSni(true)
            .setUseAlpn(true)
            .setAlpnVersions(List.of(HttpVersion.HTTP_2, HttpVersion.HTTP_1_1));
    PoolOptions pool =
        new PoolOptions()
            .setHttp1MaxSize(bounds.connections())
            .setHttp2MaxSize(bounds.connections())
            .setMaxWaitQueueSize(bounds.waiting());
    return vertx
        .httpClientBuilder()
        .with(options)
        .with(pool)
        .with(tls(usualTrust))
        .with(handshakes)
        .withConnectHandler(BackendClient::guarded)
        .build();
  }

  /** Before the first request goes over it. */
  private static void guarded(HttpConnection connection) {
    connection.exceptionHandler(told -> {}); // each call that it meets tells it by itself
    if (connection instanceof ConnectionBase base) {
      BackendCodec.install(base.channelHandlerContext().pipeline());
    }
  }
}
