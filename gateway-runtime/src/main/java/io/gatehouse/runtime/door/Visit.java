package io.gatehouse.runtime.door;

import io.gatehouse.runtime.backend.StreamedBody;
import io.gatehouse.runtime.backend.VertxHeaders;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.observe.Observer;
import io.netty.buffer.Unpooled;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request at the door: makes its exchange, has it served, and writes the response. Confined to
 * its event loop.
 */
final class Visit extends Watch.Watched {

  private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

  private static final long NO_ERROR = 0;
  private static final long INTERNAL_ERROR = 2;

  private final FrontDoor.Parts parts;
  private final FrontDoor.Loop loop;
  private final Vertx vertx;
  private final Caller caller;
  private final HttpServerRequest in;
  private final HttpServerResponse out;
  private final boolean http2;
  private CallerBody body;
  private boolean counted;
  private boolean over;
  private boolean closing;
  private boolean writing;
  private long written;
  private long writtenAt;

  /**
   * @param caller null for HTTP/2
   */
  Visit(
      FrontDoor.Parts parts,
      FrontDoor.Loop loop,
      Vertx vertx,
      Caller caller,
      HttpServerRequest in) {
    this.parts = parts;
    this.loop = loop;
    this.vertx = vertx;
    this.caller = caller;
    this.in = in;
    this.out = in.response();
    this.http2 = caller == null;
  }

  /** An HTTP/1 request. */
  void begin() {
    begin(bodyLength(in.headers()));
  }

  /**
   * @param whole there is no body
   */
  void beginHttp2(boolean whole) {
    String length = whole ? "0" : in.getHeader(HttpHeaders.CONTENT_LENGTH);
    begin(length == null ? -1 : Long.parseLong(length));
  }

  /** A request that is not understood, and after which its connection cannot be either. */
  void beginRefused(GatewayException refusal) {
    if (http2) {
      in.pause();
    }
    Exchange x = exchange(null, null, Body.EMPTY, parts.nanos().getAsLong());
    closing = true;
    if (enter(x)) {
      refuse(x, refusal);
    }
  }

  private void begin(long bodyLength) {
    long start = parts.nanos().getAsLong();
    RequestTarget target = RequestTarget.parse(in.uri());
    String host = http2 ? Http2Head.text(in.authority()) : in.getHeader(HttpHeaders.HOST);
    Exchange x = exchange(target, host, body(bodyLength), start);
    if (caller != null) {
      caller.begin(this);
    }
    if (!enter(x)) {
      return;
    }
    if (target == null) {
      closing = true;
      refuse(x, Refusals.of(Reason.TARGET_MALFORMED));
    } else if (bodyLength > loop.limits().bodyBytes()) {
      refuse(x, Refusals.of(Reason.BODY_TOO_LARGE));
    } else {
      parts.pipeline().serve(x, this::deliver);
    }
  }

  private Body body(long length) {
    if (length == 0) {
      return Body.EMPTY;
    }
    body = new CallerBody(in, loop.watch(), loop.limits());
    return new StreamedBody(body, length, loop.limits().bodyBytes(), this::proceed, this::cut);
  }

  /** Counts the exchange, or refuses it at once when the node is full. */
  private boolean enter(Exchange x) {
    counted = parts.inFlight().enter();
    if (!counted) {
      refuse(x, Refusals.of(Reason.OVERLOADED));
      return false;
    }
    loop.watch().enter(this);
    out.exceptionHandler(gone -> close(x));
    out.closeHandler(v -> close(x));
    return true;
  }

  private Exchange exchange(RequestTarget target, String host, Body body, long start) {
    long now = parts.clock().millis();
    String trace = in.getHeader("X-Amzn-Trace-Id");
    Origins.Origin origin =
        parts.origins().of(in.remoteAddress().hostAddress(), in.headers(), in.isSSL());
    Request request =
        new Request(
            in.method().name(),
            target == null ? "/" : target.path(),
            target == null ? "" : target.query(),
            host == null ? "" : host,
            new VertxHeaders(in.headers()),
            body,
            origin.address(),
            origin.scheme(),
            protocol(),
            in.remoteAddress().hostAddress(),
            origin.endpoint());
    return new Exchange(
        request,
        parts.ids().requestId(),
        parts.ids().extendedId(),
        trace != null && trace.length() <= 256 && trace.startsWith("Root=")
            ? trace
            : parts.ids().traceId(now),
        now,
        new Timeline(start));
  }

  private String protocol() {
    return switch (in.version()) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      case HTTP_2, HTTP_3 -> "HTTP/2.0";
    };
  }

  /** In bytes, 0 for none, -1 for chunked; what is no length has been refused. */
  private static long bodyLength(MultiMap headers) {
    if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return -1;
    }
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  /** The body is wanted: a caller that waits for the word may send it. */
  private void proceed() {
    if ("100-continue".equalsIgnoreCase(in.getHeader(HttpHeaders.EXPECT))
        && body.failure() == null) {
      out.writeContinue();
    }
  }

  /** What arrives is no body; whoever reads it learns so, and its caller after that. */
  void bodyBroken(GatewayException why) {
    if (body != null) {
      body.fail(why);
    }
  }

  private void refuse(Exchange x, GatewayException refusal) {
    parts.pipeline().refuse(x, refusal, this::deliver);
  }

  private void deliver(Exchange x) {
    if (out.closed()) {
      abandon(x);
      close(x);
    } else if (body == null || body.ended()) {
      write(x);
    } else if (body.failure() != null) {
      writeLast(x);
    } else if (isUploading(x) || in.headers().contains(HttpHeaders.EXPECT)) {
      // A backend that answers early may still be reading; a caller that waits for the word may
      // never send.
      closing = true;
      write(x);
    } else if (http2) {
      write(x); // the rest of the stream is refused without harm to the others
    } else {
      UnwantedBody.discard(vertx, body, whole -> writeAfter(x, whole));
    }
  }

  private static boolean isUploading(Exchange x) {
    return x.refusal() == null
        && x.request().body() instanceof StreamedBody stream
        && stream.begun();
  }

  private void writeAfter(Exchange x, boolean wholeBody) {
    closing |= !wholeBody;
    if (out.closed()) {
      close(x);
    } else if (body.failure() != null) {
      writeLast(x);
    } else {
      write(x);
    }
  }

  /** Where a message has no end that can be found there is no next one. */
  private void writeLast(Exchange x) {
    closing = true;
    if (x.refusal() != body.failure()) {
      abandon(x);
      parts.pipeline().refuseInstead(x, body.failure());
    }
    write(x);
  }

  private void write(Exchange x) {
    try {
      write(x, x.response());
    } catch (IllegalArgumentException e) {
      // The door writes no header that is not one, wherever it came from.
      LOG.warn("the answer to request {} has an invalid header: {}", x.id(), e.getMessage());
      out.headers().clear();
      abandon(x);
      parts.pipeline().invalidAnswer(x);
      write(x, x.response());
    } catch (RuntimeException bug) {
      LOG.error("the answer to request {} could not be written", x.id(), bug);
      cut();
    }
  }

  private void write(Exchange x, Response response) {
    out.setStatusCode(response.status());
    MultiMap headers = out.headers();
    if (http2) {
      response.headers().forEach((name, value) -> Http2Head.add(headers, name, value));
    } else {
      response.headers().forEach(headers::add);
    }
    headers.set(HttpHeaders.DATE, loop.date().of(x.startMillis()));
    if (closing && !http2) {
      headers.set(HttpHeaders.CONNECTION, "close");
    }
    boolean headersOnly =
        in.method().name().equals("HEAD") || response.status() == 204 || response.status() == 304;
    writing = true;
    writtenAt = loop.watch().nanos();
    switch (response.body()) {
      case Body.Bytes bytes -> {
        if (!headersOnly) {
          headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.bytes().length));
        }
        var sent =
            headersOnly || bytes.bytes().length == 0
                ? out.end()
                : out.end(BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.bytes()))); // no copy
        sent.onComplete(done -> close(x));
      }
      case StreamedBody stream -> {
        if (stream.length() >= 0) {
          headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(stream.length()));
        } else if (in.version() == HttpVersion.HTTP_1_1) {
          out.setChunked(true);
        } else if (!http2) {
          closing = true;
          headers.set(HttpHeaders.CONNECTION, "close");
        }
        stream.moveTo(out, new Download(x));
      }
      default -> throw new IllegalStateException("no way to write a " + response.body().getClass());
    }
  }

  /** The backend's body on its way to the caller. */
  private final class Download implements StreamedBody.Outcome {
    private final Exchange x;

    Download(Exchange x) {
      this.x = x;
    }

    @Override
    public void ended() {
      close(x);
    }

    @Override
    public void tooLarge() {
      throw new IllegalStateException("answers have no limit");
    }

    @Override
    public void failed(Throwable cause) {
      // The head is gone: cutting the connection is the only way left to say that the body is not
      // whole.
      cut();
      close(x);
    }
  }

  /** Of HTTP/2 only the stream. */
  private void cut() {
    if (http2) {
      out.reset(INTERNAL_ERROR);
    } else {
      in.connection().close();
    }
  }

  /** A caller must take what it asked for, and send what it announced, at some pace. */
  @Override
  void glance(long now) {
    if (body != null) {
      body.glance(now);
    }
    if (writing) {
      if (out.bytesWritten() != written || !(out.ended() || out.writeQueueFull())) {
        written = out.bytesWritten();
        writtenAt = now;
      } else if (now - writtenAt
          > TimeUnit.MILLISECONDS.toNanos(loop.limits().writeTimeoutMillis())) {
        writing = false;
        if (http2) {
          cut();
        } else {
          caller.cut();
        }
      }
    }
  }

  /** A caller that is gone, or an answer that is not sent, must not hold a backend's connection. */
  private static void abandon(Exchange x) {
    if (x.hasBackendResponse() && x.backendResponse().body() instanceof StreamedBody rest) {
      rest.cancel();
    }
  }

  private void close(Exchange x) {
    if (over) {
      return;
    }
    over = true;
    writing = false;
    if (counted) {
      loop.watch().leave(this);
      parts.inFlight().leave();
    }
    abandon(x);
    endConnection();
    if (!x.hasResponse()) {
      x.refusal(Refusals.of(Reason.CALLER_GONE));
    }
    long end = parts.nanos().getAsLong();
    for (Observer observer : parts.observers()) {
      try {
        observer.over(x, end, out.bytesWritten());
      } catch (RuntimeException e) {
        LOG.error("{} failed on request {}", observer.getClass().getSimpleName(), x.id(), e);
      }
    }
  }

  private void endConnection() {
    if (!http2) {
      if (closing) {
        in.connection().close();
      }
    } else if (out.ended() && body != null && !body.ended() && !out.closed()) {
      out.reset(NO_ERROR); // the answer is whole, and nobody reads the rest of the body
    }
  }
}
