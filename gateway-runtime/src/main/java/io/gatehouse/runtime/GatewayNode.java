package io.gatehouse.runtime;

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
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.door.AddressCount;
import io.gatehouse.runtime.door.FairWorkers;
import io.gatehouse.runtime.door.FrontDoor;
import io.gatehouse.runtime.door.InFlight;
import io.gatehouse.runtime.door.RequestIds;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.functions.FunctionHost;
import io.gatehouse.runtime.observe.BackendReport;
import io.gatehouse.runtime.observe.LimitMeters;
import io.gatehouse.runtime.observe.Metrics;
import io.gatehouse.runtime.observe.MinuteCounts;
import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.pipeline.BodiesInHand;
import io.gatehouse.runtime.pipeline.GatewayResponses;
import io.gatehouse.runtime.pipeline.Metering;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.vertx.core.Context;
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
import java.util.Optional;
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

  /**
   * How long a node that could serve from its disk waits for the cluster's newer word before it
   * does.
   */
  private static final long CLUSTER_GRACE_MILLIS = 10_000;

  private static final int STOP_SECONDS = 40;

  /** How often caches let go of what is past its time. */
  private static final long CACHE_TIDY_MILLIS = 5_000;

  /** Pieces of costly work that one account may have waiting. */
  private static final int MOST_WORK_WAITING = 256;

  private final Settings settings;
  private final Vertx vertx;
  private final Metrics metrics = new Metrics();
  private final NodeRecords records;
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
  private final NodeDoor door;
  private final Optional<FunctionHost> functionHost;

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
    inFlight = new InFlight(settings.mostInFlight());
    LiveSnapshots live = new LiveSnapshots(settings.accountLimit());
    functionHost = NodeFunctions.host(settings, live, metrics, vertx, clock, nanos);
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
    records =
        new NodeRecords(
            settings, new NodeRecords.Parts(metrics, backends, live, here(), clock, nanos));
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
            records.spools(),
            Optional.of(shared),
            network,
            clock,
            nanos);
    cluster.remember(id -> records.stories().of(id).map(JsonObject::toString));
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
    List<Observer> observers = new ArrayList<>(List.of(cache, bodies, fairShare));
    observers.addAll(records.observers());
    FrontDoor.Parts parts =
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
    door = new NodeDoor(vertx, parts, settings.nodeName(), feed, cluster);
    gauges(live);
    LimitMeters.register(metrics, limits.limits(), cluster.limits()::missed);
    metrics.gauge(
        "gatehouse_tokens_remembered", "Tokens of user pools checked before", tokens::remembered);
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
  }

  public void start() throws IOException {
    feed.readDisk();
    WorkerExecutor writer = vertx.createSharedWorkerExecutor("clock", 1);
    vertx.setPeriodic(0, NodeClock.TICK.toMillis(), t -> writer.executeBlocking(this::tick));
    WorkerExecutor counter = vertx.createSharedWorkerExecutor("minute-counts", 1);
    vertx.setPeriodic(
        MinuteCounts.HAND_OVER_MILLIS, t -> counter.executeBlocking(this::handOverCounts));
    cluster.start(door::openIfReady);
    cluster.tellBackends(() -> BackendReport.byAccount(backends.statuses()));
    cluster.tellSinks(records::sinks);
    vertx.setTimer(CLUSTER_GRACE_MILLIS, t -> door.waitNoMore());
  }

  private Void handOverCounts() {
    records.handOverCounts();
    return null;
  }

  private Void tick() {
    clock.tick();
    return null;
  }

  /** Nothing when the node serves, else the reason in words. */
  public Optional<String> notReady() {
    return door.notReady();
  }

  /** Why a request was refused or failed; empty when it was not, or is not remembered. */
  public Optional<JsonObject> story(String requestId) {
    return records.stories().of(requestId);
  }

  /** How backends fare that are not well, and the targets of VPC links; a JSON array. */
  public String backends() {
    return BackendReport.all(backends.statuses());
  }

  /** Metrics in the Prometheus text format. */
  public String scrape() {
    return metrics.scrape();
  }

  /** Takes no new request, lets those in flight end, then leaves the cluster. */
  @Override
  public void close() {
    await(door.close());
    limits.close();
    // Also where requests did not end in time: what was counted and logged is to be told.
    records.close();
    cluster.close();
    functionHost.ifPresent(FunctionHost::close);
    await(vertx.close());
    clock.tick();
    workers.close();
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
