package io.gatehouse.runtime.door;

import io.gatehouse.runtime.backend.StreamedBody;
import io.gatehouse.runtime.backend.VertxHeaders;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.Request;
import io.gatehouse.runtime.exchange.Response;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Timeline;
import io.gatehouse.runtime.observe.Observer;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request at the door: makes its exchange, has it served, and writes the response. Confined to
 * its event loop.
 */
final class Visit {

  private static final Logger LOG = LoggerFactory.getLogger(Visit.class);

  private static final long MOST_BODY_BYTES = 10L << 20;

  /**
   * A body that nobody wanted is read and thrown away within these bounds before the answer is
   * written: most callers read only when they have sent, and a connection that is closed on them is
   * reset before they learn why.
   */
  private static final long MOST_DISCARDED_BYTES = 32L << 20;

  private static final long LINGER_MILLIS = 5_000;

  private final FrontDoor.Parts parts;
  private final Vertx vertx;
  private final HttpDate date;
  private final HttpServerRequest in;
  private final HttpServerResponse out;
  private boolean over;
  private long discarded;
  private Runnable afterDiscard;

  Visit(FrontDoor.Parts parts, Vertx vertx, HttpDate date, HttpServerRequest in) {
    this.parts = parts;
    this.vertx = vertx;
    this.date = date;
    this.in = in;
    this.out = in.response();
  }

  void begin() {
    long start = parts.nanos().getAsLong();
    long bodyLength = bodyLength(in.headers());
    if (bodyLength != 0) {
      in.pause();
    }
    Body body =
        bodyLength == 0
            ? Body.EMPTY
            : new StreamedBody(
                in, bodyLength, MOST_BODY_BYTES, this::proceed, () -> in.connection().close());
    RequestTarget target = RequestTarget.parse(in.uri());
    String host = in.getHeader(HttpHeaders.HOST);
    Exchange x = exchange(target, host, body, start);
    if (!parts.inFlight().enter()) {
      over = true; // not ours to leave
      refuse(
          x,
          GatewayException.of(
              ResponseType.DEFAULT_5XX, 503, "Service Unavailable", Reason.OVERLOADED));
      return;
    }
    out.exceptionHandler(gone -> close(x));
    out.closeHandler(v -> close(x));
    if (target == null) {
      refuse(x, GatewayException.of(ResponseType.DEFAULT_4XX, Reason.TARGET_MALFORMED));
    } else if (host == null && in.version() != HttpVersion.HTTP_1_0) {
      refuse(x, GatewayException.of(ResponseType.DEFAULT_4XX, Reason.HOST_MISSING));
    } else if (bodyLength > MOST_BODY_BYTES) {
      refuse(x, GatewayException.of(ResponseType.REQUEST_TOO_LARGE, Reason.BODY_TOO_LARGE));
    } else {
      parts.pipeline().serve(x, this::deliver);
    }
  }

  private Exchange exchange(RequestTarget target, String host, Body body, long start) {
    long now = parts.clock().millis();
    String trace = in.getHeader("X-Amzn-Trace-Id");
    Request request =
        new Request(
            in.method().name(),
            target == null ? "/" : target.path(),
            target == null ? "" : target.query(),
            host == null ? "" : host,
            new VertxHeaders(in.headers()),
            body,
            in.remoteAddress().hostAddress(),
            in.isSSL() ? "https" : "http",
            in.version() == HttpVersion.HTTP_1_0 ? "HTTP/1.0" : "HTTP/1.1");
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

  /**
   * In bytes, 0 for none, -1 for chunked. Netty has refused a length that is no number, or two that
   * differ.
   */
  private static long bodyLength(MultiMap headers) {
    if (headers.contains(HttpHeaders.TRANSFER_ENCODING)) {
      return -1;
    }
    String length = headers.get(HttpHeaders.CONTENT_LENGTH);
    return length == null ? 0 : Long.parseLong(length.strip());
  }

  /** The body is wanted: a caller that waits for the word may send it. */
  private void proceed() {
    if ("100-continue".equalsIgnoreCase(in.getHeader(HttpHeaders.EXPECT))) {
      out.writeContinue();
    }
  }

  private void refuse(Exchange x, GatewayException refusal) {
    parts.pipeline().refuse(x, refusal, this::deliver);
  }

  private void deliver(Exchange x) {
    if (out.closed()) {
      abandon(x);
      close(x);
    } else if (in.isEnded() || bodyLength(in.headers()) == 0) {
      write(x);
    } else if (isUploading(x) || in.headers().contains(HttpHeaders.EXPECT)) {
      // A backend that answers early may still be reading; a caller that waits for the word may
      // never send.
      out.headers().set(HttpHeaders.CONNECTION, "close");
      write(x);
    } else {
      discardThen(() -> write(x));
    }
  }

  private static boolean isUploading(Exchange x) {
    return x.refusal() == null
        && x.request().body() instanceof StreamedBody stream
        && stream.begun();
  }

  private void discardThen(Runnable write) {
    afterDiscard = write;
    long timer = vertx.setTimer(LINGER_MILLIS, t -> giveUpReading());
    in.handler(this::discard);
    in.endHandler(
        v -> {
          vertx.cancelTimer(timer);
          endDiscard();
        });
    in.resume();
  }

  private void discard(Buffer piece) {
    discarded += piece.length();
    if (discarded > MOST_DISCARDED_BYTES) {
      giveUpReading();
    }
  }

  private void giveUpReading() {
    out.headers().set(HttpHeaders.CONNECTION, "close");
    endDiscard();
  }

  private void endDiscard() {
    Runnable write = afterDiscard;
    afterDiscard = null;
    if (write != null && !out.closed()) {
      write.run();
    }
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
      in.connection().close();
    }
  }

  private void write(Exchange x, Response response) {
    out.setStatusCode(response.status());
    MultiMap headers = out.headers();
    response.headers().forEach(headers::add);
    headers.set(HttpHeaders.DATE, date.of(x.startMillis()));
    boolean headersOnly =
        in.method().name().equals("HEAD") || response.status() == 204 || response.status() == 304;
    switch (response.body()) {
      case Body.Bytes bytes -> {
        if (!headersOnly) {
          headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.bytes().length));
        }
        var written =
            headersOnly || bytes.bytes().length == 0
                ? out.end()
                : out.end(Buffer.buffer(bytes.bytes()));
        written.onComplete(done -> close(x));
      }
      case StreamedBody stream -> {
        if (stream.length() >= 0) {
          headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(stream.length()));
        } else if (in.version() != HttpVersion.HTTP_1_0) {
          out.setChunked(true);
        } else {
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
      in.connection().close();
      close(x);
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
    parts.inFlight().leave();
    abandon(x);
    if ("close".equals(out.headers().get(HttpHeaders.CONNECTION))) {
      in.connection().close();
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
}
