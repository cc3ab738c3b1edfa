package io.gatehouse.runtime;

import io.gatehouse.model.snapshot.ClusterNames;
import io.gatehouse.runtime.admit.FairShare;
import io.gatehouse.runtime.admit.SampleTrace;
import io.gatehouse.runtime.auth.HostedRealms;
import io.gatehouse.runtime.auth.IssuerKeys;
import io.gatehouse.runtime.auth.KeyHolders;
import io.gatehouse.runtime.auth.KeysDisk;
import io.gatehouse.runtime.auth.LambdaAuthorizers;
import io.gatehouse.runtime.auth.NodeAuthorizers;
import io.gatehouse.runtime.auth.UserPoolTokens;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.backend.EgressGuard;
import io.gatehouse.runtime.backend.Reach;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.cluster.ClusterLimits;
import io.gatehouse.runtime.cluster.ClusterMember;
import io.gatehouse.runtime.cluster.Network;
import io.gatehouse.runtime.cluster.ResponsesOverCluster;
import io.gatehouse.runtime.cluster.SnapshotDisk;
import io.gatehouse.runtime.cluster.SnapshotFeed;
import io.gatehouse.runtime.cluster.Spools;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.door.AddressCount;
import io.gatehouse.runtime.door.FairWorkers;
import io.gatehouse.runtime.door.FrontDoor;
import io.gatehouse.runtime.door.InFlight;
import io.gatehouse.runtime.door.RequestIds;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.functions.ControlPlaneCode;
import io.gatehouse.runtime.functions.FunctionHost;
import io.gatehouse.runtime.functions.FunctionMeters;
import io.gatehouse.runtime.log.RequestLog;
import io.gatehouse.runtime.observe.AccessLog;
import io.gatehouse.runtime.observe.BackendReport;
import io.gatehouse.runtime.observe.LimitMeters;
import io.gatehouse.runtime.observe.Metrics;
import io.gatehouse.runtime.observe.MinuteCounts;
import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.observe.Stories;
import io.gatehouse.runtime.pipeline.BodiesInHand;
import io.gatehouse.runtime.pipeline.GatewayResponses;
import io.gatehouse.runtime.pipeline.Metering;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.gatehouse.runtime.sink.LogSinks;
import io.gatehouse.runtime.sink.SinkMeters;
import io.gatehouse.runtime.sink.SinkReport;
import io.gatehouse.runtime.spool.Spool;
import io.gatehouse.runtime.trace.Traces;
import io.vertx.core.Context;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.file.FileSystemOptions;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node, put together by hand: the only class that knows every part. The disk is read before
 * anything else; the door opens when the node knows what there is to serve, from the cluster or,
 * when there is none, from its own disk.
 */
public final class GatewayNode implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(GatewayNode.class);
  private static final long ACCESS_LOG_BYTES = 64L << 20;

  /**
   * How long a node that could serve from its disk waits for the cluster's newer word before it
   * does.
   */
  private static final long CLUSTER_GRACE_MILLIS = 10_000;

  private static final int STOP_SECONDS = 40;

  /** How often caches let go of what is past its time. */
  private static final long CACHE_TIDY_MILLIS = 5_000;

  /** Refused requests whose reasons a node remembers. */
  private static final int STORIES_BYTES = 4 << 20;

  private static final long METRIC_SPOOL_BYTES = 64L << 20;

  /** Pieces of costly work that one account may have waiting. */
  private static final int MOST_WORK_WAITING = 256;

  private final Settings settings;
  private final Vertx vertx;
  private final Metrics metrics = new Metrics();
  private final Stories stories = new Stories(STORIES_BYTES);
  private final Optional<AccessLog> accessLog;
  private final Optional<Traces> traces;
  private final Spool logSpool;
  private final Spool metricSpool;
  private final LogSinks sinks;
  private final MinuteCounts minuteCounts;
  private final InFlight inFlight;
  private final BodiesInHand bodies;
  private final FairWorkers workers;
  private final ResponseCache cache;
  private final BackendClient backends;
  private final IssuerKeys issuers;
  private final NodeClock clock;
  private final SnapshotFeed feed;
  private final ClusterMember cluster;
  private final ClusterLimits limits;
  private final FrontDoor.Parts door;
  private final Optional<FunctionHost> functionHost;
  private volatile boolean graceOver;
  private volatile String doorId;
  private volatile String trouble = "";
  private boolean opening;

  public GatewayNode(Settings settings) throws IOException {
    this(settings, Network.USUAL);
  }

  /** One that reaches the others of its cluster through this. */
  public GatewayNode(Settings settings, Network network) throws IOException {
    LOG.info("starting with {}", settings);
    this.settings = settings;
    LongSupplier nanos = System::nanoTime;
    clock = new NodeClock(settings.dataDirectory().resolve("clock"), InstantSource.system(), nanos);
    vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(true)
                .setEventLoopPoolSize(Runtime.getRuntime().availableProcessors())
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
    accessLog =
        settings.accessLog()
            ? Optional.of(
                new AccessLog(
                    settings.dataDirectory().resolve("logs").resolve("access.log"),
                    ACCESS_LOG_BYTES))
            : Optional.empty();
    traces = settings.traceCollector().map(to -> new Traces(to.exporter(), settings.nodeName()));
    traces.ifPresent(
        told ->
            metrics.count(
                "gatehouse_traces_dropped",
                "Exchanges whose spans no collector took",
                told::dropped));
    logSpool = spool(ClusterNames.LOG_SPOOL, settings.logSpoolBytes());
    metricSpool = spool(ClusterNames.METRIC_SPOOL, METRIC_SPOOL_BYTES);
    minuteCounts = minuteCounts();
    inFlight = new InFlight(settings.mostInFlight());
    LiveSnapshots live = new LiveSnapshots(settings.accountLimit());
    functionHost = functionHost(live, clock, nanos);
    Functions functions = functionHost.isPresent() ? functionHost.get() : Functions.NONE;
    backends =
        new BackendClient(
            vertx,
            new Reach(
                new EgressGuard(settings.egressAllow()),
                settings.nodeKey(),
                live,
                settings.awsEndpoints(),
                settings.backendAuthorities(),
                functions,
                clock),
            nanos,
            settings.mostTimeoutMillis(),
            BackendClient.Bounds.ofNode(settings.mostInFlight()));
    sinks = sinks(live, nanos);
    workers =
        new FairWorkers(
            Math.max(1, Runtime.getRuntime().availableProcessors() / 2), MOST_WORK_WAITING);
    issuers = issuers(clock);
    UserPoolTokens tokens = new UserPoolTokens(live, issuers, clock);
    feed =
        new SnapshotFeed(
            settings.nodeName(),
            live,
            backends,
            new NodeAuthorizers(
                new KeyHolders(live, settings.nodeKey()),
                tokens,
                new LambdaAuthorizers(backends, backends::loop, nanos),
                workers),
            new SnapshotDisk(settings.dataDirectory().resolve("snapshots")),
            metrics::forget,
            clock::told,
            clock);
    ResponsesOverCluster shared =
        new ResponsesOverCluster(
            settings.cacheBytes() / 4, ForkJoinPool.commonPool(), nanos); // of each node
    cache = cache(shared, clock, nanos);
    shared.tells(cache);
    vertx.setPeriodic(
        CACHE_TIDY_MILLIS,
        t -> {
          cache.tidy(live::hasCache);
          ForkJoinPool.commonPool().execute(shared::tidy);
        });
    cluster =
        new ClusterMember(
            new ClusterMember.Place(
                settings.clusterName(),
                settings.clusterHost(),
                settings.clusterPort(),
                settings.discovery(),
                settings.nodeName(),
                settings.listenHost() + ":" + settings.listenPort()),
            feed,
            functions,
            new Spools(
                Map.of(ClusterNames.LOG_SPOOL, logSpool, ClusterNames.METRIC_SPOOL, metricSpool)),
            Optional.of(shared),
            network,
            clock,
            nanos);
    cluster.remember(id -> stories.of(id).map(JsonObject::toString));
    limits =
        new ClusterLimits(
            settings.dataDirectory().resolve("limits"),
            settings.nodeName(),
            cluster.limits(),
            clock,
            nanos,
            new SecureRandom()::nextLong);
    bodies = new BodiesInHand(Runtime.getRuntime().maxMemory() / 4, settings.limits().bodyBytes());
    FairShare fairShare = new FairShare(settings.mostInFlight(), inFlight::count);
    List<Observer> observers = new ArrayList<>();
    observers.add(cache);
    observers.add(bodies);
    observers.add(fairShare);
    observers.add(metrics);
    observers.add(minuteCounts);
    observers.add(stories);
    observers.add(requestLog(nanos));
    accessLog.ifPresent(observers::add);
    traces.ifPresent(observers::add);
    door =
        new FrontDoor.Parts(
            new Pipeline(
                new Pipeline.Parts(
                    live,
                    cache,
                    new GatewayResponses(settings.reasonHeader().orElse("")),
                    bodies,
                    workers,
                    new SampleTrace(ThreadLocalRandom::current, nanos),
                    fairShare,
                    new Metering(limits.limits(), backends::loop, clock, settings.limitHeaders()),
                    () -> ThreadLocalRandom.current().nextDouble(),
                    nanos)),
            inFlight,
            new AddressCount(settings.limits().connectionsPerAddress()),
            settings.limits(),
            settings.origins(),
            new RequestIds(ThreadLocalRandom::current),
            List.copyOf(observers),
            clock,
            nanos,
            settings.listenHost(),
            settings.listenPort());
    gauges(live);
    LimitMeters.register(metrics, limits.limits(), cluster.limits()::missed);
    metrics.gauge(
        "gatehouse_tokens_remembered", "Tokens of user pools checked before", tokens::remembered);
  }

  private LogSinks sinks(LiveSnapshots live, LongSupplier nanos) throws IOException {
    LogSinks made =
        new LogSinks(
            settings.sinks(),
            new LogSinks.Parts(
                settings.nodeName(),
                logSpool,
                settings.dataDirectory().resolve("spools"),
                settings.logSpoolBytes(),
                backends,
                live,
                here(),
                clock,
                nanos,
                () -> ThreadLocalRandom.current().nextDouble(),
                () -> UUID.randomUUID().toString()));
    SinkMeters.register(metrics, made);
    return made;
  }

  private RequestLog requestLog(LongSupplier nanos) {
    RequestLog made = new RequestLog(sinks, nanos.getAsLong());
    metrics.count("gatehouse_log_records", "Requests whose log is kept", made::written);
    metrics.count("gatehouse_log_dropped", "Requests whose log was dropped", made::dropped);
    metrics.byAccount(
        "gatehouse_log_dropped_by_account",
        "Requests whose log was dropped",
        made::droppedByAccount);
    return made;
  }

  private Spool spool(String kind, long mostBytes) throws IOException {
    Spool made =
        new Spool(
            settings.dataDirectory().resolve("spools").resolve(kind),
            mostBytes,
            () -> UUID.randomUUID().toString());
    String name = "gatehouse_spool_" + kind;
    metrics.gauge(name + "_bytes", "Bytes that wait for the control plane", made::bytes);
    metrics.count(name + "_dropped", "Records dropped since the start", made::dropped);
    return made;
  }

  private MinuteCounts minuteCounts() {
    MinuteCounts made =
        new MinuteCounts(metricSpool::offer, clock, Runtime.getRuntime().availableProcessors());
    metrics.count(
        "gatehouse_minute_records_dropped",
        "Records of counted minutes that the spool did not take for long",
        made::dropped);
    metrics.count(
        "gatehouse_methods_without_series",
        "Refusals to count a method by itself, because its account has too many",
        made::withoutPlace);
    return made;
  }

  private ResponseCache cache(
      ResponsesOverCluster shared, InstantSource clock, LongSupplier nanos) {
    ResponseCache made =
        new ResponseCache(
            new ResponseCache.Parts(
                settings.nodeName(),
                settings.cacheBytes() / 4 * 3,
                settings.nodeKey(),
                shared,
                this::here,
                (millis, work) -> vertx.setTimer(millis, t -> work.run()),
                clock,
                nanos,
                () -> ThreadLocalRandom.current().nextDouble()));
    metrics.gauge("gatehouse_cache_bytes", "Bytes of kept answers on this node", made::bytes);
    metrics.gauge("gatehouse_cache_entries", "Kept answers on this node", made::count);
    metrics.gauge(
        "gatehouse_cache_leaking_methods",
        "Methods found to answer by more than their cache key, since the start",
        made.counts()::stops);
    metrics.count(
        "gatehouse_cache_leak_checks",
        "Hits that were answered by the backend to be compared",
        made.counts()::checks);
    metrics.count(
        "gatehouse_cache_unsealed",
        "Requests whose answers were not kept, as this node has no key to encrypt them with",
        made.counts()::unsealedRequests);
    return made;
  }

  /** Of user pools. */
  private IssuerKeys issuers(InstantSource clock) throws IOException {
    WorkerExecutor writer = vertx.createSharedWorkerExecutor("issuer-keys", 1);
    KeysDisk disk =
        new KeysDisk(
            settings.dataDirectory().resolve("issuer-keys"),
            write ->
                writer.executeBlocking(
                    () -> {
                      write.run();
                      return null;
                    }),
            clock.millis() - settings.issuerKeysMaxAge().toMillis());
    return new IssuerKeys(
        new IssuerKeys.Parts(
            backends::issuer,
            new HostedRealms(settings.keycloak(), backends::signInService),
            this::here,
            Optional.of(disk),
            clock,
            settings.issuerKeysMaxAge()));
  }

  /** The event loop of whoever asks. */
  private Executor here() {
    Context loop = vertx.getOrCreateContext();
    return work -> loop.runOnContext(v -> work.run());
  }

  /** None where the operator lets nobody have functions. */
  private Optional<FunctionHost> functionHost(
      LiveSnapshots live, InstantSource clock, LongSupplier nanos) {
    if (!settings.functions().allowsAny()) {
      return Optional.empty();
    }
    FunctionMeters meters =
        FunctionMeters.with(
            metrics.timer("gatehouse_function_duration", "Event handed over to the answer"));
    try {
      FunctionHost host =
          new FunctionHost(
              new FunctionHost.Parts(
                  settings.functions(),
                  settings.functionHost(),
                  settings.nodeKey(),
                  live,
                  live,
                  live::functions,
                  new ControlPlaneCode(
                      settings.functions().controlUrl(),
                      settings.nodeKey(),
                      new SecureRandom(),
                      clock),
                  vertx,
                  clock,
                  nanos,
                  () -> ThreadLocalRandom.current().nextDouble(),
                  new RequestIds(ThreadLocalRandom::current)::requestId,
                  (millis, work) -> vertx.setTimer(millis, t -> work.run()),
                  meters,
                  FunctionHost.INIT_NANOS));
      host.gauges().forEach((name, value) -> metrics.gauge(name, "Of functions, now", value));
      meters.counts().forEach((name, value) -> metrics.count(name, "Of functions", value::sum));
      return Optional.of(host);
    } catch (IOException e) {
      throw new IllegalStateException("functions cannot run on this node: " + e.getMessage(), e);
    }
  }

  /** Whether a function that runs here is at the other end of a connection. */
  boolean isFunction(int peerPort, int port) {
    return functionHost.isPresent() && functionHost.get().isFunction(peerPort, port);
  }

  private void gauges(LiveSnapshots live) {
    metrics.gauge("gatehouse_in_flight", "Requests being served", inFlight::count);
    metrics.gauge("gatehouse_bodies_bytes", "Bytes of bodies in memory", bodies::held);
    metrics.gauge(
        "gatehouse_work_waiting", "Costly work that waits for a worker", workers::waiting);
    metrics.gauge("gatehouse_stages", "Stages this node serves", live::stageCount);
    metrics.gauge("gatehouse_cluster_members", "Nodes in this node's cluster", cluster::size);
    metrics.gauge("gatehouse_backend_calls", "Calls of backends under way", backends::calls);
    metrics.backends(backends::healthyAddresses, backends::statuses);
    metrics.issuers(issuers::failures, issuers::statuses);
    metrics.gauge(
        "gatehouse_access_log_dropped",
        "Access log lines dropped since the start",
        () -> accessLog.map(AccessLog::dropped).orElse(0L));
  }

  public void start() throws IOException {
    feed.readDisk();
    WorkerExecutor writer = vertx.createSharedWorkerExecutor("clock", 1);
    vertx.setPeriodic(0, NodeClock.TICK.toMillis(), t -> writer.executeBlocking(this::tick));
    WorkerExecutor counter = vertx.createSharedWorkerExecutor("minute-counts", 1);
    vertx.setPeriodic(
        MinuteCounts.HAND_OVER_MILLIS, t -> counter.executeBlocking(this::handOverCounts));
    cluster.start(this::openIfReady);
    cluster.tellBackends(() -> BackendReport.byAccount(backends.statuses()));
    cluster.tellSinks(() -> SinkReport.of(sinks.statuses()));
    vertx.setTimer(
        CLUSTER_GRACE_MILLIS,
        t -> {
          graceOver = true;
          openIfReady();
        });
  }

  private Void handOverCounts() {
    minuteCounts.handOver();
    return null;
  }

  private Void tick() {
    clock.tick();
    return null;
  }

  /** Nothing when the node serves, else the reason in words. */
  public Optional<String> notReady() {
    if (doorId != null) {
      return Optional.empty();
    }
    if (!trouble.isEmpty()) {
      return Optional.of(trouble);
    }
    if (!feed.hasCatalog()) {
      return Optional.of(
          "this node has no snapshots yet: neither its disk nor the cluster says what there is to serve"
              + (cluster.trouble().isEmpty() ? "" : " (" + cluster.trouble() + ")"));
    }
    return Optional.of(
        cluster.trouble().isEmpty() ? "the front door is being opened" : cluster.trouble());
  }

  /** Why a request was refused or failed; empty when it was not, or is not remembered. */
  public Optional<JsonObject> story(String requestId) {
    return stories.of(requestId);
  }

  /** How backends fare that are not well, and the targets of VPC links; a JSON array. */
  public String backends() {
    return BackendReport.all(backends.statuses());
  }

  /** Metrics in the Prometheus text format. */
  public String scrape() {
    return metrics.scrape();
  }

  private synchronized void openIfReady() {
    if (opening || !feed.hasCatalog() || !(cluster.swept() || graceOver)) {
      return;
    }
    opening = true;
    vertx
        .deployVerticle(
            () -> new FrontDoor(door),
            new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors()))
        .onSuccess(
            id -> {
              doorId = id;
              LOG.info(
                  "{} serves on {}:{}",
                  settings.nodeName(),
                  settings.listenHost(),
                  settings.listenPort());
            })
        .onFailure(
            e -> {
              trouble =
                  "the front door cannot listen on "
                      + settings.listenHost()
                      + ":"
                      + settings.listenPort()
                      + " (GATEHOUSE_LISTEN_PORT): "
                      + e.getMessage();
              LOG.error(trouble);
            });
  }

  /** Takes no new request, lets those in flight end, then leaves the cluster. */
  @Override
  public void close() {
    String id = doorId;
    doorId = null;
    trouble = "this node is stopping";
    if (id != null) {
      await(vertx.undeploy(id));
    }
    // Also where requests did not end in time: what was counted and logged is to be told.
    limits.close();
    minuteCounts.handOver();
    sinks.close();
    logSpool.close();
    metricSpool.close();
    cluster.close();
    functionHost.ifPresent(FunctionHost::close);
    await(vertx.close());
    clock.tick();
    workers.close();
    accessLog.ifPresent(AccessLog::close);
    traces.ifPresent(Traces::close);
    metrics.close();
  }

  private static void await(Future<Void> end) {
    try {
      end.toCompletionStage().toCompletableFuture().get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.error("the node did not stop in order", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
