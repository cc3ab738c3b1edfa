package io.gatehouse.runtime.door;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.Settings;
import io.gatehouse.runtime.admit.FairShare;
import io.gatehouse.runtime.admit.SampleTrace;
import io.gatehouse.runtime.auth.HostedRealms;
import io.gatehouse.runtime.auth.IssuerKeys;
import io.gatehouse.runtime.auth.KeyHolders;
import io.gatehouse.runtime.auth.KeysDisk;
import io.gatehouse.runtime.auth.LambdaAuthorizers;
import io.gatehouse.runtime.auth.NodeAuthorizers;
import io.gatehouse.runtime.auth.UserPoolTokens;
import io.gatehouse.runtime.backend.AddressRange;
import io.gatehouse.runtime.backend.AwsEndpoints;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.backend.EgressGuard;
import io.gatehouse.runtime.backend.NameService;
import io.gatehouse.runtime.backend.Reach;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.cache.SharedResponses;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.pipeline.BodiesInHand;
import io.gatehouse.runtime.pipeline.GatewayResponses;
import io.gatehouse.runtime.pipeline.Metering;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A real door on a real port, without cluster and container; spoken to in bytes. */
public final class Door implements AutoCloseable {

  /** The last good keys of an issuer that does not answer. */
  public static final Duration KEYS_SERVE_FOR = Duration.ofHours(24);

  public final LiveSnapshots live = new LiveSnapshots();
  public final BlockingQueue<Exchange> seen = new LinkedBlockingQueue<>();
  public final ScriptedFunctions functions = new ScriptedFunctions();
  public final InFlight inFlight;
  public final int port;
  private final Vertx vertx = Vertx.vertx();
  public final BackendClient backends;
  public final ResponseCache cache;
  public final IssuerKeys issuers;
  private final NodeAuthorizers authorizers;
  public final ScriptedLimits counters = new ScriptedLimits();
  public final FairWorkers workers = new FairWorkers(1, 8);

  /** What secrets are sealed under. */
  public static final Seal NODE_KEY = new Seal(new byte[Seal.KEY_BYTES]);

  public final BodiesInHand bodies = new BodiesInHand(64 << 20, 10 << 20);

  /**
   * Gives the only worker something to do for an account, until the latch opens.
   *
   * @return opens when the work has begun
   */
  public CountDownLatch occupy(String account, CountDownLatch until) {
    CountDownLatch begun = new CountDownLatch(1);
    Runnable work =
        () -> {
          begun.countDown();
          try {
            until.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    vertx.runOnContext(v -> workers.run(account, work, () -> {}));
    return begun;
  }

  /** How far the monotonic clock is ahead of the system's, in nanoseconds. */
  public final AtomicLong ahead = new AtomicLong();

  /** How far the clock that callers are judged by is ahead of the system's, in milliseconds. */
  public final AtomicLong clockAhead = new AtomicLong();

  /** By which callers are judged. */
  public volatile InstantSource clock = () -> Instant.now().plusMillis(clockAhead.get());

  /** Told of every exchange before {@link #seen} has it. */
  public volatile Observer observer = (x, endNanos, bytesSent) -> {};

  /** What canaries draw. */
  public volatile double draw = 0.5;

  /** How many times as long as usual the cache waits for others. */
  public volatile long patience = 1;

  public Door(String egress, int mostInFlight) throws Exception {
    this(egress, mostInFlight, limits());
  }

  Door(String egress, int mostInFlight, Limits limits) throws Exception {
    this(egress, mostInFlight, limits, BackendClient.Bounds.USUAL);
  }

  /** One whose backends take no more than this. */
  public Door(String egress, BackendClient.Bounds bounds) throws Exception {
    this(egress, 1000, limits(), bounds);
  }

  private Door(String egress, int mostInFlight, Limits limits, BackendClient.Bounds bounds)
      throws Exception {
    this(egress, mostInFlight, limits, Origins.DIRECT, bounds, "", NameService.SYSTEM);
  }

  /** One whose operator vouches for these authorities. */
  static Door trusting(String egress, String authorities) throws Exception {
    return new Door(
        egress,
        1000,
        limits(),
        Origins.DIRECT,
        BackendClient.Bounds.USUAL,
        authorities,
        NameService.SYSTEM);
  }

  /** One that asks another for the addresses of names. */
  public static Door asking(String egress, NameService names) throws Exception {
    return new Door(egress, 1000, limits(), Origins.DIRECT, BackendClient.Bounds.USUAL, "", names);
  }

  /** One that is told about its callers by proxies, or has VPC endpoints. */
  public static Door told(String trustedProxies, String vpcEndpoints) throws Exception {
    return told("", trustedProxies, vpcEndpoints);
  }

  /** One that reaches backends, too. */
  public static Door told(String egress, String trustedProxies, String vpcEndpoints)
      throws Exception {
    return new Door(
        egress,
        1000,
        limits(),
        Origins.parse(trustedProxies, vpcEndpoints),
        BackendClient.Bounds.USUAL,
        "",
        NameService.SYSTEM);
  }

  private Door(
      String egress,
      int mostInFlight,
      Limits limits,
      Origins origins,
      BackendClient.Bounds bounds,
      String authorities,
      NameService names)
      throws Exception {
    this(
        egress,
        mostInFlight,
        limits,
        origins,
        bounds,
        authorities,
        names,
        SharedResponses.NONE,
        Optional.of(NODE_KEY));
  }

  /** One that shares its response cache. */
  public static Door sharing(String egress, SharedResponses shared) throws Exception {
    return sharing(egress, shared, Optional.of(NODE_KEY));
  }

  /** One that cannot encrypt what it keeps. */
  public static Door withoutKey(String egress) throws Exception {
    return sharing(egress, SharedResponses.NONE, Optional.empty());
  }

  private static Door sharing(String egress, SharedResponses shared, Optional<Seal> cacheKey)
      throws Exception {
    return new Door(
        egress,
        1000,
        limits(),
        Origins.DIRECT,
        BackendClient.Bounds.USUAL,
        "",
        NameService.SYSTEM,
        shared,
        cacheKey);
  }

  private Door(
      String egress,
      int mostInFlight,
      Limits limits,
      Origins origins,
      BackendClient.Bounds bounds,
      String authorities,
      NameService names,
      SharedResponses shared,
      Optional<Seal> cacheKey)
      throws Exception {
    port = freePort();
    inFlight = new InFlight(mostInFlight);
    backends =
        new BackendClient(
            vertx,
            new Reach(
                new EgressGuard(AddressRange.parseList(egress)),
                Optional.of(NODE_KEY),
                live,
                AwsEndpoints.NONE,
                authorities,
                functions,
                InstantSource.system()),
            names,
            () -> System.nanoTime() + ahead.get(),
            29_000,
            bounds);
    InstantSource clock = () -> Instant.ofEpochMilli(this.clock.millis());
    Path directory = Files.createTempDirectory("door");
    issuers =
        new IssuerKeys(
            new IssuerKeys.Parts(
                backends::issuer,
                new HostedRealms(Optional.empty(), backends::signInService),
                this::here,
                Optional.of(new KeysDisk(directory, Runnable::run, 0)),
                clock,
                KEYS_SERVE_FOR));
    authorizers =
        new NodeAuthorizers(
            new KeyHolders(live, Optional.of(NODE_KEY)),
            new UserPoolTokens(live, issuers, clock),
            new LambdaAuthorizers(backends, backends::loop, () -> System.nanoTime() + ahead.get()),
            workers);
    cache =
        new ResponseCache(
            new ResponseCache.Parts(
                "door",
                64 << 20,
                cacheKey,
                shared,
                this::here,
                (millis, work) -> vertx.setTimer(millis * patience, t -> work.run()),
                clock,
                () -> System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(clockAhead.get()),
                () -> draw));
    FairShare fairShare = new FairShare(mostInFlight, inFlight::count);
    var parts =
        new FrontDoor.Parts(
            new Pipeline(
                new Pipeline.Parts(
                    live,
                    cache,
                    new GatewayResponses("x-gatehouse-reason"),
                    bodies,
                    workers,
                    new SampleTrace(() -> new Random(1), System::nanoTime),
                    fairShare,
                    new Metering(counters, backends::loop, clock, true),
                    () -> draw,
                    () -> System.nanoTime() + ahead.get())),
            inFlight,
            new AddressCount(limits.connectionsPerAddress()),
            limits,
            origins,
            new RequestIds(ThreadLocalRandom::current),
            List.of(
                cache,
                bodies,
                fairShare,
                (x, end, bytes) -> observer.over(x, end, bytes),
                (x, end, bytes) -> seen.add(x)),
            clock,
            System::nanoTime,
            "127.0.0.1",
            port);
    vertx
        .deployVerticle(() -> new FrontDoor(parts), new DeploymentOptions().setInstances(2))
        .toCompletionStage()
        .toCompletableFuture()
        .get(20, TimeUnit.SECONDS);
  }

  private Executor here() {
    Context loop = vertx.getOrCreateContext();
    return work -> loop.runOnContext(v -> work.run());
  }

  /** What a node has when its operator says nothing. */
  static Limits limits() {
    return Settings.fromEnvironment(Map.of()).limits();
  }

  public void serve(StageSnapshot snapshot) {
    live.put(StageCompiler.compile(snapshot, backends, authorizers));
  }

  /** The next finished exchange. */
  public Exchange exchange() throws InterruptedException {
    Exchange x = seen.poll(10, TimeUnit.SECONDS);
    if (x == null) {
      throw new AssertionError("no exchange was finished");
    }
    return x;
  }

  /** Lets all that is in flight end. */
  void settle() throws InterruptedException {
    while (inFlight.count() > 0) {
      exchange();
    }
  }

  public String raw(String request) throws IOException {
    return raw(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends the bytes on a new connection and reads until the other side closes it. */
  public String raw(byte[] request) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      socket.getInputStream().transferTo(out);
      return out.toString(StandardCharsets.ISO_8859_1);
    }
  }

  /** A GET that asks for the connection to be closed. */
  public String get(String path, String... headers) throws IOException {
    StringBuilder request =
        new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
    for (String header : headers) {
      request.append(header).append("\r\n");
    }
    return raw(request + "\r\n");
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    workers.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
