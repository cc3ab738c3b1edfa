package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendRequest;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpVersion;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of a backend, from the first byte sent to the last of its answer. Confined to one event
 * loop; answers its reply exactly once.
 */
final class HttpCall extends Deadlines.Waiting implements StreamedBody.Patience {

  private static final Logger LOG = LoggerFactory.getLogger(HttpCall.class);

  /** What the client's own clock waits longer than ours, which says more when it strikes. */
  static final int GRACE_MILLIS = 100;

  /** Safe to send again when a kept-alive connection turns out to be dead (RFC 9110, 9.2.2). */
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE");

  /** Bytes that need no reader on the other side. */
  private static final int SENT_AT_ONCE = 32 << 10;

  private final HttpBackend backend;
  private final BackendRequest request;
  private final Reply reply;
  private final Deadlines deadlines;
  private final Phases phases;
  private Judged judged;
  private AddressState address;
  private HttpClientRequest sent;
  private int informed;
  private boolean counted;
  private boolean retried;
  private boolean answered;

  HttpCall(HttpBackend backend, BackendRequest request, Reply reply) {
    this.backend = backend;
    this.request = request;
    this.reply = reply;
    this.phases = new Phases(nanos());
    this.deadlines = backend.client().deadlines();
  }

  void start() {
    deadlines.begin(this, backend.target().timeoutMillis());
    if (backend.callsOfAccount().incrementAndGet() > backend.client().mostCallsOfAccount()) {
      fail(Failures.share());
      return;
    }
    resolve();
  }

  private long nanos() {
    return backend.client().nanos();
  }

  private void resolve() {
    var addresses = backend.addresses(request);
    if (addresses.succeeded()) {
      choose(addresses.result(), null);
    } else {
      addresses.onComplete(
          done -> {
            if (done.succeeded()) {
              choose(done.result(), null);
            } else {
              fail(Failures.resolving(done.cause()));
            }
          });
    }
  }

  /**
   * @param failed the address that has just failed, or null
   */
  private void choose(Judged among, AddressState failed) {
    if (answered) {
      return;
    }
    judged = among;
    phases.resolved(nanos());
    address = among.state().choose(among.allowed(), failed, repeatable(), nanos());
    if (address == null) {
      fail(among.state().open());
      return;
    }
    connect();
  }

  private void connect() {
    if (judged.state().isLink()) {
      count();
    }
    backend
        .client()
        .client()
        .request(backend.options(request, address.address(), judged.secure()))
        .onComplete(
            done -> {
              if (answered) {
                if (done.succeeded()) {
                  done.result().reset();
                }
              } else if (done.succeeded()) {
                begin(done.result());
              } else {
                notConnected(done.cause());
              }
            });
  }

  /** Nothing was sent, so any request may go to another address. */
  private void notConnected(Throwable cause) {
    GatewayException failure = told(Failures.connecting(cause));
    if (failure.reason() == Reason.BACKEND_BUSY) {
      fail(failure); // ours, not the address's
      return;
    }
    uncount();
    address.failed(failure);
    boolean another = !retried && hasAnother();
    retried = true;
    if (another) {
      choose(judged, address);
    } else {
      fail(failure);
    }
  }

  private boolean hasAnother() {
    for (AddressState other : judged.allowed()) {
      if (other != address && (!other.unwell() || judged.state().isLink())) {
        return true;
      }
    }
    return false;
  }

  private void begin(HttpClientRequest out) {
    phases.connected(nanos());
    count(); // before, where it says who is chosen
    try {
      send(out);
    } catch (RuntimeException bug) {
      LOG.error("a request to {} met a bug", backend.target().host(), bug);
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
                broken(out, done.cause());
              }
            });
    out.exceptionHandler(cause -> broken(out, cause));
    if (out.version() == HttpVersion.HTTP_2) {
      out.continueHandler(v -> informed(out)); // in HTTP/1 the codec counts them
      out.earlyHintsHandler(v -> informed(out));
    }
    sendBody(out, headers);
  }

  private void informed(HttpClientRequest out) {
    if (++informed > BackendCodec.MOST_INFORMATIONAL) {
      broken(out, BackendCodec.endless());
      out.reset();
    }
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
        phases.sent(nanos());
      }
      case Body.Bytes(byte[] bytes) -> {
        headers.set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length));
        var end = out.end(Buffer.buffer(bytes));
        if (bytes.length <= SENT_AT_ONCE) {
          phases.sent(nanos());
        } else {
          end.onComplete(v -> phases.sent(nanos()));
        }
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
    public void ended() {
      phases.sent(nanos());
    }

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
    if (in.statusCode() < 200 || in.statusCode() > 999) {
      fail(told(Failures.status(in.statusCode())));
      in.exceptionHandler(known -> {});
      sent.reset(); // what comes next on this connection is nobody's answer
      return;
    }
    in.pause();
    answered = true;
    address.answered();
    deadlines.end(this);
    phases.answered(nanos());
    Body body = BackendBody.of(in, request.method(), this);
    if (body instanceof StreamedBody) {
      in.end().onComplete(over -> over());
    } else {
      over();
    }
    reply.answer(new BackendResponse(in.statusCode(), new VertxHeaders(in.headers()), body));
  }

  /** A body that is wanted whole must come within what is left of the integration's time. */
  @Override
  public Runnable begin(Runnable late) {
    long passed = (nanos() - phases.began()) / 1_000_000;
    long id =
        backend
            .vertx()
            .setTimer(Math.max(1, backend.target().timeoutMillis() - passed), t -> late.run());
    return () -> backend.vertx().cancelTimer(id);
  }

  @Override
  public String late(long received) {
    return phases.timedOut(nanos(), Phases.Phase.BODY) + "; " + received + " bytes of it came";
  }

  @Override
  public GatewayException invalid(Throwable cause) {
    return Failures.body(cause);
  }

  @Override
  void late() {
    if (!answered) {
      Phases.Phase in = phase();
      GatewayException failure =
          GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT)
              .with(phases.timedOut(nanos(), in));
      if (address != null
          && !judged.state().isLink()
          && (in == Phases.Phase.CONNECTING || in == Phases.Phase.HANDSHAKE)) {
        address.failed(failure); // what a backend takes its time for is its own affair
      }
      fail(failure);
      if (sent != null) {
        sent.reset();
      }
    }
  }

  private Phases.Phase phase() {
    Phases.Phase known = phases.current();
    if (known != Phases.Phase.CONNECTING) {
      return known;
    }
    if (address.inFlight() >= backend.client().mostConnections()) {
      return Phases.Phase.QUEUEING;
    }
    return judged.secure()
            && backend
                .client()
                .handshakes()
                .isPending(backend.target(request).host(), backend.target().port())
        ? Phases.Phase.HANDSHAKE
        : known;
  }

  /** The connection failed after the request was begun. */
  private void broken(HttpClientRequest out, Throwable cause) {
    if (answered || out != sent) {
      return;
    }
    GatewayException failure = told(Failures.broken(cause));
    boolean bodyUntouched = !(request.body() instanceof StreamedBody stream && stream.begun());
    if (!retried && bodyUntouched && Failures.mayRetry(cause, repeatable())) {
      retried = true;
      sent = null;
      uncount();
      connect(); // the connection may have been dead for long, which is no failure of the address
    } else {
      if (Failures.isOfConnection(failure)) {
        address.failed(failure);
      }
      fail(failure);
    }
  }

  private boolean repeatable() {
    return IDEMPOTENT.contains(request.method());
  }

  /** With what is known of where the time went. */
  private GatewayException told(GatewayException failure) {
    String what = failure.detail() == null ? failure.reason().text() : failure.detail();
    return failure.with(what + phases.told(nanos(), phases.current()));
  }

  private void count() {
    if (!counted) {
      counted = true;
      address.begun();
    }
  }

  private void uncount() {
    if (counted) {
      counted = false;
      address.ended();
    }
  }

  private void over() {
    uncount();
    backend.callsOfAccount().decrementAndGet();
  }

  private void fail(GatewayException failure) {
    if (!answered) {
      answered = true;
      deadlines.end(this);
      over();
      reply.fail(failure);
    }
  }
}
