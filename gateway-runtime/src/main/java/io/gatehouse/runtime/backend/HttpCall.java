package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.netty.handler.codec.DecoderException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import java.net.ConnectException;
import java.util.Set;
import javax.net.ssl.SSLException;

/**
 * One call of a backend, from the first byte sent to the head of its answer. Confined to one event
 * loop; answers its reply exactly once.
 */
final class HttpCall extends Deadlines.Waiting {

  /** Safe to send again when a kept-alive connection turns out to be dead (RFC 9110, 9.2.2). */
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  private final HttpBackend backend;
  private final BackendRequest request;
  private final Reply reply;
  private final Deadlines deadlines;
  private final long began;
  private HttpClientRequest sent;
  private boolean retried;
  private boolean answered;

  HttpCall(HttpBackend backend, BackendRequest request, Reply reply) {
    this.backend = backend;
    this.request = request;
    this.reply = reply;
    this.began = backend.client().nanos();
    this.deadlines = backend.client().deadlines();
    deadlines.begin(this, backend.target().timeoutMillis());
  }

  void start() {
    var address = backend.address(request);
    if (address.succeeded()) {
      connect(address.result());
    } else {
      address.onComplete(
          done -> {
            if (done.succeeded()) {
              connect(done.result());
            } else {
              fail(done.cause() instanceof GatewayException g ? g : network());
            }
          });
    }
  }

  private void connect(SocketAddress address) {
    if (answered) {
      return;
    }
    backend
        .client()
        .client()
        .request(backend.options(request, address))
        .onComplete(
            done -> {
              if (answered) {
                if (done.succeeded()) {
                  done.result().reset();
                }
              } else if (done.succeeded()) {
                begin(done.result());
              } else {
                fail(connecting(done.cause()));
              }
            });
  }

  private void begin(HttpClientRequest out) {
    try {
      send(out);
    } catch (RuntimeException bug) {
      fail(GatewayException.bug(bug));
      out.reset();
    }
  }

  private void send(HttpClientRequest out) {
    sent = out;
    MultiMap headers = out.headers();
    request.headers().forEach(headers::add);
    out.response()
        .onComplete(
            done -> {
              if (done.succeeded()) {
                answer(done.result());
              } else {
                broken(done.cause());
              }
            });
    out.exceptionHandler(this::broken);
    sendBody(out, headers);
  }

  private void sendBody(HttpClientRequest out, MultiMap headers) {
    switch (request.body()) {
      case Body.Bytes(byte[] bytes) when bytes.length == 0 -> {
        if (request.method().equals("POST")
            || request.method().equals("PUT")
            || request.method().equals("PATCH")) {
          headers.set(HttpHeaders.CONTENT_LENGTH, "0");
        }
        out.end();
      }
      case Body.Bytes(byte[] bytes) -> {
        headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
        out.end(Buffer.buffer(bytes));
      }
      case StreamedBody stream -> {
        if (stream.length() >= 0) {
          headers.set(HttpHeaders.CONTENT_LENGTH, Long.toString(stream.length()));
        } else {
          out.setChunked(true);
        }
        stream.moveTo(out, new Upload(out));
      }
      default -> throw new IllegalStateException("no way to send a " + request.body().getClass());
    }
  }

  /** The caller's body on its way to the backend. */
  private final class Upload implements StreamedBody.Outcome {
    private final HttpClientRequest out;

    Upload(HttpClientRequest out) {
      this.out = out;
    }

    @Override
    public void ended() {}

    @Override
    public void tooLarge() {
      fail(GatewayException.of(ResponseType.REQUEST_TOO_LARGE, Reason.BODY_TOO_LARGE));
      out.reset(); // after the answer is settled: the reset itself fails the call
    }

    @Override
    public void failed(Throwable cause) {
      fail(
          cause instanceof GatewayException refusal
              ? refusal // the door's, of the body's framing or pace
              : GatewayException.of(ResponseType.DEFAULT_4XX, Reason.CALLER_GONE));
      out.reset();
    }
  }

  private void answer(HttpClientResponse in) {
    if (answered) {
      return;
    }
    in.pause();
    answered = true;
    deadlines.end(this);
    reply.answer(
        new BackendResponse(
            in.statusCode(),
            new VertxHeaders(in.headers()),
            BackendBody.of(in, request.method(), this::untilTimeout)));
  }

  /** A body that is wanted whole must come within what is left of the integration's time. */
  private Runnable untilTimeout(Runnable late) {
    long passed = (backend.client().nanos() - began) / 1_000_000;
    long id =
        backend
            .vertx()
            .setTimer(Math.max(1, backend.target().timeoutMillis() - passed), t -> late.run());
    return () -> backend.vertx().cancelTimer(id);
  }

  @Override
  void late() {
    if (!answered) {
      fail(GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT));
      if (sent != null) {
        sent.reset();
      }
    }
  }

  /** The connection failed after the request was begun. */
  private void broken(Throwable cause) {
    if (answered) {
      return;
    }
    boolean bodyUntouched = !(request.body() instanceof StreamedBody stream && stream.begun());
    if (!retried
        && bodyUntouched
        && IDEMPOTENT.contains(request.method())
        && !(cause instanceof DecoderException)) {
      retried = true;
      start();
    } else {
      fail(
          cause instanceof DecoderException || cause instanceof IllegalArgumentException
              ? GatewayException.of(
                  ResponseType.INTEGRATION_FAILURE,
                  502,
                  "Internal server error",
                  Reason.BACKEND_INVALID_ANSWER)
              : network());
    }
  }

  private static GatewayException connecting(Throwable cause) {
    if (cause instanceof ConnectionPoolTooBusyException) {
      return GatewayException.of(
          ResponseType.INTEGRATION_FAILURE, 503, "Service Unavailable", Reason.BACKEND_BUSY);
    }
    // Recorded: a refused connection answers 500, a connection lost on the way 504.
    return cause instanceof ConnectException || cause instanceof SSLException
        ? GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            500,
            "Internal server error",
            Reason.BACKEND_UNREACHABLE)
        : network();
  }

  private static GatewayException network() {
    return GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE);
  }

  private void fail(GatewayException failure) {
    if (!answered) {
      answered = true;
      deadlines.end(this);
      reply.fail(failure);
    }
  }
}
