package io.gatehouse.admin.recorded;

import io.gatehouse.model.seal.Seal;
import io.gatehouse.model.snapshot.Snapshot.BackendAccessSnapshot;
import io.gatehouse.model.snapshot.Snapshot.StageSnapshot;
import io.gatehouse.runtime.Settings;
import io.gatehouse.runtime.admit.FairShare;
import io.gatehouse.runtime.admit.SampleTrace;
import io.gatehouse.runtime.backend.AddressRange;
import io.gatehouse.runtime.backend.AwsEndpoints;
import io.gatehouse.runtime.backend.BackendClient;
import io.gatehouse.runtime.backend.EgressGuard;
import io.gatehouse.runtime.backend.Reach;
import io.gatehouse.runtime.cache.ResponseCache;
import io.gatehouse.runtime.compile.LiveSnapshots;
import io.gatehouse.runtime.compile.StageCompiler;
import io.gatehouse.runtime.door.AddressCount;
import io.gatehouse.runtime.door.FairWorkers;
import io.gatehouse.runtime.door.FrontDoor;
import io.gatehouse.runtime.door.InFlight;
import io.gatehouse.runtime.door.Limits;
import io.gatehouse.runtime.door.Origins;
import io.gatehouse.runtime.door.RequestIds;
import io.gatehouse.runtime.pipeline.BodiesInHand;
import io.gatehouse.runtime.pipeline.GatewayResponses;
import io.gatehouse.runtime.pipeline.Metering;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** A gateway node's own door and pipeline on a loopback port, handed its snapshots by a test. */
final class LoopbackNode implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 20;

  private final Vertx vertx = Vertx.vertx();
  private final LiveSnapshots live = new LiveSnapshots();
  private final FairWorkers workers = new FairWorkers(1, 8);
  private final BackendClient backends;
  private final int port;

  LoopbackNode() throws Exception {
    backends =
        new BackendClient(
            vertx,
            new Reach(
                new EgressGuard(AddressRange.parseList("127.0.0.1/32")),
                Optional.of(new Seal(new byte[Seal.KEY_BYTES])),
                live,
                AwsEndpoints.NONE,
                "",
                new RecordedFunctions(),
                InstantSource.system()),
            System::nanoTime,
            29_000,
            BackendClient.Bounds.USUAL);
    Limits limits = Settings.fromEnvironment(Map.of()).limits();
    port = freePort();
    BodiesInHand bodies = new BodiesInHand(64 << 20, 10 << 20);
    InFlight inFlight = new InFlight(8);
    FairShare fairShare = new FairShare(8, inFlight::count);
    Pipeline pipeline =
        new Pipeline(
            new Pipeline.Parts(
                live,
                ResponseCache.none(),
                new GatewayResponses(""),
                bodies,
                workers,
                new SampleTrace(ThreadLocalRandom::current, System::nanoTime),
                fairShare,
                new Metering(
                    io.gatehouse.runtime.limit.Limits.NONE,
                    backends::loop,
                    InstantSource.system(),
                    false),
                () -> 0.5,
                System::nanoTime));
    FrontDoor.Parts parts =
        new FrontDoor.Parts(
            pipeline,
            inFlight,
            new AddressCount(limits.connectionsPerAddress()),
            limits,
            Origins.DIRECT,
            new RequestIds(ThreadLocalRandom::current),
            List.of(bodies, fairShare),
            InstantSource.system(),
            System::nanoTime,
            "127.0.0.1",
            port);
    vertx
        .deployVerticle(new FrontDoor(parts))
        .toCompletionStage()
        .toCompletableFuture()
        .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void serve(StageSnapshot stage) {
    live.put(StageCompiler.compile(stage, backends));
  }

  /** What integrations of the account may use. */
  void access(BackendAccessSnapshot access) {
    live.put(access);
  }

  int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws Exception {
    workers.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
