package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.Reason;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.function.Consumer;

/**
 * Stands before the HTTP/1 decoder of one connection and lets through only what every reader must
 * understand in the same way: the decoder repairs, this refuses. Heads are looked at whole, chunk
 * lines byte by byte, content not at all. After the first thing that is wrong nothing of the
 * connection is read as HTTP any more.
 */
final class MessageFraming extends ChannelDuplexHandler {

  static final String NAME = "messageFraming";

  private static final String DECODER = "httpDecoder";
  private static final HttpMethod UNKNOWN_METHOD = new HttpMethod("-");

  /** What the coming bytes are. */
  private enum Part {
    PREFACE,
    HEAD,
    CONTENT,
    CHUNKS,
    REFUSED
  }

  private final Caller caller;
  private final FrontDoor.Loop loop;
  private final Consumer<ChannelHandlerContext> startHttp2;
  private final HeadLines lines = new HeadLines();
  private ChunkScan chunks;
  private ChannelHandlerContext ctx;
  private Part part;
  private ByteBuf held;
  private long content;
  private boolean blank;
  private Reason wrong;

  /**
   * @param startHttp2 rebuilds the pipeline for HTTP/2, or null where that is not spoken
   */
  MessageFraming(Caller caller, FrontDoor.Loop loop, Consumer<ChannelHandlerContext> startHttp2) {
    this.caller = caller;
    this.loop = loop;
    this.startHttp2 = startHttp2;
    this.part = startHttp2 == null ? Part.HEAD : Part.PREFACE;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    caller.arrived(this);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (held != null) {
      held.release();
      held = null;
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (part == Part.REFUSED) {
      in.release();
      return;
    }
    if (held != null) {
      // Of a head that comes in pieces, within its limit.
      ByteBuf whole = ctx.alloc().buffer(held.readableBytes() + in.readableBytes());
      whole.writeBytes(held).writeBytes(in);
      held.release();
      in.release();
      held = null;
      in = whole;
    }
    if (part == Part.PREFACE && !isHttp1(in)) {
      return;
    }
    pass(in);
  }

  /** Whether the connection's first bytes are no HTTP/2; else they have been taken care of. */
  private boolean isHttp1(ByteBuf in) {
    int known = Http2Door.prefaceBytes(in);
    if (known < 0) {
      part = Part.HEAD;
      return true;
    }
    if (known < Http2Door.PREFACE.length) {
      held = in;
    } else {
      caller.headArrived();
      startHttp2.accept(ctx);
      ctx.fireChannelRead(in);
      ctx.pipeline().remove(this);
    }
    return false;
  }

  /** Hands on what is right, in as few pieces as it can; ends early at what is wrong. */
  private void pass(ByteBuf in) {
    int from = in.readerIndex();
    int at = from;
    int end = in.writerIndex();
    while (at < end && part != Part.REFUSED) {
      switch (part) {
        case CONTENT -> {
          int piece = (int) Math.min(content, end - at);
          at += piece;
          content -= piece;
          if (content == 0) {
            part = Part.HEAD;
          }
        }
        case CHUNKS -> {
          boolean hidden = chunks.inTrailer();
          int next = chunk(in, at, end);
          boolean hides = hidden || chunks.inTrailer();
          if (hides || chunks.broken()) {
            forward(in, from, hidden ? from : at);
            from = next;
          }
          if (chunks.broken()) {
            breakBody(Reason.FRAMING_CHUNK_INVALID);
          }
          at = next;
        }
        default -> {
          if (!lines.begun() && !blank && in.getByte(at) == '\r' && end - at > 1) {
            forward(in, from, at);
            at = blankLine(in, at);
            from = at;
            continue;
          }
          int size = head(in, at, end);
          if (size <= 0) {
            forward(in, from, at);
            if (size < 0) {
              refuse(wrong);
            } else if (at < end) {
              held = in.retainedSlice(at, end - at);
              caller.headBegun();
            }
            from = end;
            at = end;
          } else {
            at += size;
          }
        }
      }
    }
    if (part == Part.REFUSED) {
      in.release();
    } else if (from == in.readerIndex() && at == end) {
      ctx.fireChannelRead(in);
    } else {
      forward(in, from, end);
      in.release();
    }
  }

  private void forward(ByteBuf in, int from, int to) {
    if (to > from && part != Part.REFUSED) {
      ctx.fireChannelRead(in.retainedSlice(from, to - from));
    }
  }

  /** One step through a chunked body; the index after it. */
  private int chunk(ByteBuf in, int at, int end) {
    long skipped = Math.min(chunks.content(), end - at);
    if (skipped > 0) {
      chunks.skip(skipped);
      return at + (int) skipped;
    }
    chunks.next(in.getByte(at));
    if (chunks.ended()) {
      part = Part.HEAD;
    }
    return at + 1;
  }

  /**
   * One empty line before a request has been common for too long to refuse it (RFC 9112, 2.2). The
   * index after it.
   */
  private int blankLine(ByteBuf in, int at) {
    blank = true;
    return in.getByte(at + 1) == '\n' ? at + 2 : at;
  }

  /** The size of a whole and good head, 0 when more is to come, -1 when it is {@link #wrong}. */
  private int head(ByteBuf in, int at, int end) {
    int most = loop.limits().headerBytes();
    if (!lines.begun() && !blank && end - at == 1 && in.getByte(at) == '\r') {
      return 0; // the next byte will tell whether it is an empty line
    }
    int size = lines.end(in, at, Math.min(end, at + most));
    if (size == 0 && end - at < most) {
      return 0;
    }
    caller.headArrived();
    wrong = null;
    if (size > 0) {
      wrong = scan(in, at, size);
    } else {
      wrong =
          size < 0
              ? lines.wrong()
              : lines.inFirst() ? Reason.URL_TOO_LONG : Reason.HEADERS_TOO_LARGE;
    }
    lines.reset();
    blank = false;
    return wrong == null ? size : -1;
  }

  private Reason scan(ByteBuf in, int at, int size) {
    HeadScan scan = loop.headScan();
    byte[] head = loop.headBytes();
    in.getBytes(at, head, 0, size);
    Reason found = scan.scan(head, size);
    if (found == null) {
      content = scan.bodyLength();
      if (content == HeadScan.CHUNKED) {
        part = Part.CHUNKS;
        chunks = new ChunkScan(loop.limits().headerBytes());
        chunks.begin();
      } else {
        part = content > 0 ? Part.CONTENT : Part.HEAD;
      }
    }
    return found;
  }

  /** Answers in the turn of the request that is wrong, after all that came before it. */
  private void refuse(Reason reason) {
    part = Part.REFUSED;
    answer(reason);
  }

  private void answer(Reason reason) {
    DefaultHttpRequest request = new DefaultHttpRequest(HttpVersion.HTTP_1_1, UNKNOWN_METHOD, "-");
    request.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    request.setDecoderResult(DecoderResult.failure(Refusals.of(reason)));
    ctx.pipeline().context(DECODER).fireChannelRead(request);
  }

  /** As {@link #refuse}, from outside of a read. */
  void refuseNow(Reason reason) {
    refuse(reason);
    ctx.fireChannelReadComplete();
  }

  /** Refuses a connection that has only begun, as soon as it can be written to. */
  void refuseAll(Reason reason) {
    part = Part.REFUSED;
    ctx.executor()
        .execute(
            () -> {
              answer(reason);
              ctx.fireChannelReadComplete();
            });
  }

  private void breakBody(Reason reason) {
    part = Part.REFUSED;
    caller.bodyBroken(Refusals.of(reason));
  }

  /** Whether the beginning of a head has come and its end has not. */
  boolean inHead() {
    return held != null;
  }

  /** Ends the connection at once. */
  void cut() {
    part = Part.REFUSED;
    ctx.close();
  }

  boolean reads() {
    return ctx.channel().config().isAutoRead();
  }

  /** A caller that may still be sending learns why before its connection is reset. */
  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    boolean sending = part == Part.REFUSED || part == Part.CONTENT || part == Part.CHUNKS;
    part = Part.REFUSED;
    if (!sending || !caller.linger(ctx, promise)) {
      ctx.close(promise);
    }
  }
}
