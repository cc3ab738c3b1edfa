package io.gatehouse.runtime.door;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.vertx.core.http.Http2ServerConfig;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.QueryParamDecoderConfig;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.http.impl.HttpServerRequestImpl;
import io.vertx.core.http.impl.http2.codec.Http2CodecServerChannelInitializer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.http.QueryParamDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * HTTP/2 for callers that begin with its preface. The server's own way to find that out would take
 * connections before we see them and would also follow the {@code Upgrade} header, which changes
 * the protocol in the middle of a message; so the pipeline is rebuilt here instead.
 */
final class Http2Door {

  /** What every HTTP/2 connection begins with. */
  static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final int MOST_STREAMS = 100;
  private static final int MOST_RESETS = 200;
  private static final Duration RESETS_IN = Duration.ofSeconds(30);
  private static final int MOST_SMALL_CONTINUATIONS = 16;

  /** Takes a request and whether it came without a body. */
  interface Requests {
    void serve(HttpServerRequest request, boolean whole);
  }

  private final ContextInternal context;
  private final Requests requests;
  private final Http2CodecServerChannelInitializer codec;

  Http2Door(ContextInternal context, Limits limits, Requests requests) {
    this.context = context;
    this.requests = requests;
    Http2ServerConfig config =
        new Http2ServerConfig()
            .setInitialSettings(
                new Http2Settings()
                    .setMaxConcurrentStreams(MOST_STREAMS)
                    .setMaxHeaderListSize(limits.headerBytes()))
            .setRstFloodMaxRstFramePerWindow(MOST_RESETS)
            .setRstFloodWindowDuration(RESETS_IN)
            .setMaxSmallContinuationFrames(MOST_SMALL_CONTINUATIONS);
    codec =
        new Http2CodecServerChannelInitializer(
            null,
            null,
            null,
            null,
            false,
            false,
            config,
            null,
            context::duplicate,
            this::connected,
            null,
            false);
  }

  /** How many bytes of the preface there are, or -1 when it is none. */
  static int prefaceBytes(ByteBuf in) {
    int size = Math.min(in.readableBytes(), PREFACE.length);
    for (int i = 0; i < size; i++) {
      if (in.getByte(in.readerIndex() + i) != PREFACE[i]) {
        return -1;
      }
    }
    return size;
  }

  /** Makes an HTTP/1 connection on which nothing was read yet one of HTTP/2. */
  void start(ChannelHandlerContext ctx) {
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.remove("httpDecoder");
    pipeline.remove("httpEncoder");
    codec.configureHttp2(context, pipeline, false);
  }

  private void connected(HttpServerConnection connection) {
    var frames = (Http2ConnectionHandler) connection.channelHandlerContext().handler();
    connection.streamHandler(
        stream -> {
          boolean whole = !frames.connection().stream((int) stream.id()).state().remoteSideOpen();
          new HttpServerRequestImpl(
                  request -> requests.serve(request, whole),
                  stream,
                  stream.context(),
                  false,
                  0,
                  0,
                  0,
                  new QueryParamDecoder(new QueryParamDecoderConfig()),
                  "")
              .init();
        });
  }
}
