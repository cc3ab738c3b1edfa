package io.gatehouse.runtime.door;

import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The listener of one event loop; all of a node's listeners share one port. */
public final class FrontDoor extends VerticleBase {

  /** What every listener of a node shares. */
  public record Parts(
      Pipeline pipeline,
      InFlight inFlight,
      RequestIds ids,
      List<Observer> observers,
      InstantSource clock,
      LongSupplier nanos,
      String host,
      int port) {}

  /** Request line and headers together, as the vendor's limit on both. */
  private static final int MOST_HEADER_BYTES = 10_240;

  /** Of a connection on which nothing moves; above the longest integration timeout. */
  private static final int IDLE_SECONDS = 65;

  private static final int DRAIN_SECONDS = 30;

  private final Parts parts;
  private final HttpDate date = new HttpDate();
  private HttpServer server;

  public FrontDoor(Parts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(parts.host())
            .setPort(parts.port())
            .setMaxInitialLineLength(MOST_HEADER_BYTES)
            .setMaxHeaderSize(MOST_HEADER_BYTES)
            .setIdleTimeout(IDLE_SECONDS)
            .setIdleTimeoutUnit(TimeUnit.SECONDS)
            .setHttp2ClearTextEnabled(false)
            .setDecompressionSupported(false)
            .setCompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024);
    server = vertx.createHttpServer(options).requestHandler(this::serve);
    return server.listen();
  }

  private void serve(HttpServerRequest request) {
    new Visit(parts, vertx, date, request).begin();
  }

  /** Takes no new connection and lets the requests in flight end. */
  @Override
  public Future<?> stop() {
    return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
  }
}
