package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * HTTP/1.1 towards a backend, one request after the other, more wary than the client's own: an
 * answer whose length can be read in two ways is none, informational answers go no further, and a
 * connection on which more comes than was asked for carries no second request.
 */
final class BackendCodec
    extends CombinedChannelDuplexHandler<HttpResponseDecoder, HttpRequestEncoder> {

  static final int MOST_LINE_BYTES = 8192;
  static final int MOST_HEAD_BYTES = 64 << 10;

  /** More of them for one request are no information. */
  static final int MOST_INFORMATIONAL = 32;

  private final Deque<HttpMethod> asked = new ArrayDeque<>(2);

  private BackendCodec() {
    init(new Answers(), new Requests());
  }

  /** Takes the place of the client's own on a connection of HTTP/1. */
  static void install(ChannelPipeline pipeline) {
    if (pipeline.get(HttpClientCodec.class) != null) {
      pipeline.replace(HttpClientCodec.class, "codec", new BackendCodec());
    }
  }

  static InvalidAnswer endless() {
    return new InvalidAnswer(
        Reason.BACKEND_ANSWER_ENDLESS,
        "more than " + MOST_INFORMATIONAL + " informational answers came, and no other");
  }

  private final class Requests extends HttpRequestEncoder {
    @Override
    protected void encode(ChannelHandlerContext ctx, Object message, List<Object> out)
        throws Exception {
      if (message instanceof HttpRequest request) {
        asked.add(request.method());
      }
      super.encode(ctx, message, out);
    }
  }

  private final class Answers extends HttpResponseDecoder {

    private HttpResponse current;
    private boolean informational;
    private int informed;

    Answers() {
      super(
          new HttpDecoderConfig()
              .setMaxInitialLineLength(MOST_LINE_BYTES)
              .setMaxHeaderSize(MOST_HEAD_BYTES));
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws Exception {
      int before = out.size();
      super.decode(ctx, in, out);
      for (int i = before; i < out.size(); i++) {
        if (!passes(out.get(i), in)) {
          ReferenceCountUtil.release(out.remove(i--));
        }
      }
    }

    private boolean passes(Object message, ByteBuf rest) {
      if (message instanceof HttpResponse head) {
        int status = head.status().code();
        informational =
            status >= 100 && status < 200 && status != 101 && head.decoderResult().isSuccess();
        if (!informational) {
          current = head;
          checkCoding(head);
        } else if (++informed > MOST_INFORMATIONAL) {
          informational = false;
          head.setDecoderResult(DecoderResult.failure(endless()));
        }
        return !informational;
      }
      if (informational) {
        informational = !(message instanceof LastHttpContent);
        return false;
      }
      if (message instanceof LastHttpContent) {
        ended(rest);
      }
      return true;
    }

    /** Chunked is the one coding that says where an answer ends. */
    private void checkCoding(HttpResponse head) {
      String coding = head.headers().get(HttpHeaderNames.TRANSFER_ENCODING);
      if (coding != null
          && head.decoderResult().isSuccess()
          && !(coding.equalsIgnoreCase("chunked")
              && head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING).size() == 1)) {
        head.setDecoderResult(
            DecoderResult.failure(
                new InvalidAnswer(
                    Reason.BACKEND_ANSWER_AMBIGUOUS,
                    "the answer has a Transfer-Encoding that is not just chunked")));
      }
    }

    /** The answer is over; what lies behind it was not asked for. */
    private void ended(ByteBuf rest) {
      asked.poll();
      informed = 0;
      if (current != null && rest.isReadable()) {
        current.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      }
      current = null;
    }

    @Override
    protected boolean isContentAlwaysEmpty(HttpMessage message) {
      return HttpMethod.HEAD.equals(asked.peek()) || super.isContentAlwaysEmpty(message);
    }

    @Override
    protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
      throw new InvalidAnswer(
          Reason.BACKEND_ANSWER_AMBIGUOUS,
          "the answer has a Content-Length and a Transfer-Encoding");
    }
  }
}
