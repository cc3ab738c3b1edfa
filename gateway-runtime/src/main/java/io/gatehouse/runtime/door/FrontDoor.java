package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.observe.Observer;
import io.gatehouse.runtime.pipeline.Pipeline;
import io.netty.channel.ChannelHandlerContext;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.http1.Http1ServerConnection;
import io.vertx.core.internal.ContextInternal;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The listener of one event loop; all of a node's listeners share one port. */
public final class FrontDoor extends VerticleBase {

  /** What every listener of a node shares. */
  public record Parts(
      Pipeline pipeline,
      InFlight inFlight,
      AddressCount addresses,
      Limits limits,
      Origins origins,
      RequestIds ids,
      List<Observer> observers,
      InstantSource clock,
      LongSupplier nanos,
      String host,
      int port) {}

  /** What every connection of one event loop shares. */
  record Loop(
      Limits limits,
      AddressCount addresses,
      Watch watch,
      HttpDate date,
      HeadScan headScan,
      byte[] headBytes) {}

  private static final int DRAIN_SECONDS = 30;

  private final Parts parts;
  private final Loop loop;
  private Consumer<ChannelHandlerContext> startHttp2;
  private HttpServer server;

  public FrontDoor(Parts parts) {
    this.parts = parts;
    this.loop =
        new Loop(
            parts.limits(),
            parts.addresses(),
            new Watch(parts.nanos()),
            new HttpDate(),
            new HeadScan(),
            new byte[parts.limits().headerBytes()]);
  }

  @Override
  public Future<?> start() {
    Limits limits = parts.limits();
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost(parts.host())
            .setPort(parts.port())
            .setMaxInitialLineLength(limits.headerBytes())
            .setMaxHeaderSize(limits.headerBytes())
            .setIdleTimeout(Math.toIntExact(limits.idleMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setHttp2ClearTextEnabled(false) // see Http2Door
            .setDecompressionSupported(false)
            .setCompressionSupported(false)
            .setHandle100ContinueAutomatically(false)
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024);
    if (limits.http2()) {
      startHttp2 = new Http2Door((ContextInternal) context, limits, this::serveHttp2)::start;
    }
    vertx.setPeriodic(limits.glanceMillis(), t -> loop.watch().glance());
    server =
        vertx
            .createHttpServer(options)
            .connectionHandler(this::connected)
            .requestHandler(
                request -> {
                  throw new IllegalStateException("every connection has a handler of its own");
                });
    return server.listen();
  }

  private void connected(HttpConnection connection) {
    var http1 = (Http1ServerConnection) connection;
    Caller caller = new Caller(loop);
    Consumer<ChannelHandlerContext> switching =
        startHttp2 == null
            ? null
            : ctx -> {
              caller.leaveToHttp2();
              startHttp2.accept(ctx);
            };
    http1
        .channel()
        .pipeline()
        .addFirst(MessageFraming.NAME, new MessageFraming(caller, loop, switching));
    http1.handler(request -> new Visit(parts, loop, vertx, caller, request).begin());
    http1.invalidRequestHandler(
        request -> new Visit(parts, loop, vertx, caller, request).beginRefused(why(request)));
    caller.count(http1.channel());
  }

  /** The decoder should find nothing wrong that we have let through; if it does, it is right. */
  private static GatewayException why(HttpServerRequest request) {
    return request.decoderResult().cause() instanceof GatewayException refusal
        ? refusal
        : Refusals.of(Reason.HEADER_INVALID);
  }

  private void serveHttp2(HttpServerRequest request, boolean whole) {
    Visit visit = new Visit(parts, loop, vertx, null, request);
    Reason wrong = Http2Head.wrong(request);
    if (wrong != null) {
      visit.beginRefused(Refusals.of(wrong));
    } else {
      visit.beginHttp2(whole);
    }
  }

  /** Takes no new connection and lets the requests in flight end. */
  @Override
  public Future<?> stop() {
    return server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS);
  }
}
