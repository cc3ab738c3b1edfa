package io.gatehouse.runtime.functions;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The Lambda Runtime API of one execution environment, on a port of its own of the loopback
 * interface. Where functions are users of their own, a connection of any other user is refused: one
 * function cannot take another's events.
 */
final class RuntimeApi implements AutoCloseable {

  private static final String ROOT = "/2018-06-01/runtime/";
  private static final String INVOCATION = ROOT + "invocation/";
  private static final int LISTEN_SECONDS = 10;

  /** Connections whose owner is being looked up; an honest runtime has one. */
  private static final int MOST_STRANGERS = 16;

  /** No process makes the node hold more open than this, whether it says anything or not. */
  static final int MOST_CONNECTIONS = 64;

  private static final int JUDGES = 2;

  private static final int STRANGER_MILLIS = 100;

  /** Of bodies that come in at once: no process gets the node to hold more. */
  private static final long MOST_GATHERED = 2L * Mailbox.MOST_RESPONSE_BYTES + 2;

  private final Vertx vertx;
  private final Mailbox mailbox;
  private final OptionalInt owner;

  /** Every open connection, and whether it is the owner's. */
  private final Map<HttpConnection, Future<Boolean>> judged = new ConcurrentHashMap<>();

  private final AtomicInteger strangers = new AtomicInteger();
  private final AtomicLong gathered = new AtomicLong();

  /** Of its own: a flood of strangers must not keep the node's other work waiting. */
  private final WorkerExecutor judges;

  private HttpServer server;

  private RuntimeApi(Vertx vertx, Mailbox mailbox, OptionalInt owner) {
    this.vertx = vertx;
    this.mailbox = mailbox;
    this.owner = owner;
    this.judges = vertx.createSharedWorkerExecutor("function-peers", JUDGES);
  }

  /**
   * Waits until it listens.
   *
   * @param owner the only user who may connect; none for everybody on this machine
   */
  static RuntimeApi listen(Vertx vertx, Mailbox mailbox, OptionalInt owner) throws IOException {
    RuntimeApi api = new RuntimeApi(vertx, mailbox, owner);
    CountDownLatch done = new CountDownLatch(1);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    api.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(0)
                    .setTcpNoDelay(true)
                    .setHttp2ClearTextEnabled(false) // or it waits for a word before it judges
                    .setMaxHeaderSize(64 << 10) // errors come with their traces in a header
                    .setMaxInitialLineLength(8 << 10))
            .connectionHandler(api::opened)
            .requestHandler(api::admit);
    api.server
        .listen()
        .onComplete(
            listening -> {
              failure.set(listening.cause());
              done.countDown();
            });
    try {
      if (!done.await(LISTEN_SECONDS, TimeUnit.SECONDS) || failure.get() != null) {
        throw new IOException("the Runtime API cannot listen on 127.0.0.1", failure.get());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return api;
  }

  int port() {
    return server.actualPort();
  }

  /** Judged as soon as it is there: one that never asks anything must not stay open either. */
  private void opened(HttpConnection connection) {
    if (strangers.get() >= MOST_STRANGERS) {
      connection.close();
      return;
    }
    Future<Boolean> ours = judge(connection.remoteAddress().port());
    judged.put(connection, ours);
    connection.closeHandler(v -> judged.remove(connection));
    ours.onSuccess(owners -> keepOrClose(connection, owners));
  }

  private void keepOrClose(HttpConnection connection, boolean ours) {
    if (ours && judged.size() > MOST_CONNECTIONS) {
      connection.close();
    } else if (!ours) {
      judged.remove(connection);
      // A stranger that has asked something has a moment to read why not.
      vertx.setTimer(STRANGER_MILLIS, t -> connection.close());
    }
  }

  private Future<Boolean> judge(int peer) {
    if (owner.isEmpty()) {
      return Future.succeededFuture(true);
    }
    strangers.incrementAndGet();
    return judges
        .executeBlocking(() -> PeerOwner.uid(peer, port()).equals(owner), false)
        .otherwise(false)
        .onComplete(done -> strangers.decrementAndGet());
  }

  private void admit(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    Future<Boolean> ours = judged.get(connection);
    if (ours == null) {
      admit(request, false); // judged already, or one too many
    } else if (ours.isComplete()) {
      admit(request, ours.result());
    } else {
      request.pause();
      ours.onSuccess(
          owners -> {
            admit(request, owners);
            request.resume();
          });
    }
  }

  private void admit(HttpServerRequest request, boolean ours) {
    if (ours) {
      serve(request);
    } else {
      answer(request, 403, error("Forbidden", "This is not your Runtime API"));
      request.connection().close();
    }
  }

  private void serve(HttpServerRequest request) {
    String path = request.path();
    boolean post = request.method().equals(HttpMethod.POST);
    if (path.equals(INVOCATION + "next") && request.method().equals(HttpMethod.GET)) {
      next(request);
    } else if (post && path.equals(ROOT + "init/error")) {
      gather(request, body -> verdict(request, mailbox.initError(reported(request, body))));
    } else if (post && path.startsWith(INVOCATION) && path.endsWith("/response")) {
      String id = id(path, "/response");
      gather(request, body -> verdict(request, mailbox.respond(id, Outcome.returned(body))));
    } else if (post && path.startsWith(INVOCATION) && path.endsWith("/error")) {
      String id = id(path, "/error");
      gather(request, body -> verdict(request, mailbox.respond(id, reported(request, body))));
    } else {
      answer(request, 404, error("NotFound", "The Runtime API has no such path"));
    }
  }

  private static String id(String path, String end) {
    return path.substring(
        INVOCATION.length(), Math.max(INVOCATION.length(), path.length() - end.length()));
  }

  private static Outcome reported(HttpServerRequest request, byte[] body) {
    String type = request.getHeader("Lambda-Runtime-Function-Error-Type");
    return Outcome.reported(body, type == null ? "" : type);
  }

  private void next(HttpServerRequest request) {
    var context = vertx.getOrCreateContext();
    Consumer<Event> taker = event -> context.runOnContext(v -> hand(request.response(), event));
    request
        .connection()
        .closeHandler(
            v -> {
              judged.remove(request.connection());
              mailbox.forget(taker);
            });
    if (mailbox.next(taker) != Mailbox.Verdict.ACCEPTED) {
      verdict(request, Mailbox.Verdict.NOT_NOW);
    }
  }

  private static void hand(HttpServerResponse response, Event event) {
    if (!response.ended() && !response.closed()) {
      if (!event.clientContext().isEmpty()) {
        response.putHeader("Lambda-Runtime-Client-Context", event.clientContext());
      }
      response
          .putHeader("Content-Type", "application/json")
          .putHeader("Lambda-Runtime-Aws-Request-Id", event.id())
          .putHeader("Lambda-Runtime-Deadline-Ms", Long.toString(event.deadlineMillis()))
          .putHeader("Lambda-Runtime-Invoked-Function-Arn", event.functionArn())
          .putHeader("Lambda-Runtime-Trace-Id", event.traceId())
          .end(Buffer.buffer(event.payload()));
    }
  }

  /** Keeps one byte more than is taken, and lets the rest pass by. */
  private void gather(HttpServerRequest request, Consumer<byte[]> whole) {
    Buffer kept = Buffer.buffer();
    AtomicBoolean over = new AtomicBoolean();
    Runnable forget =
        () -> {
          if (over.compareAndSet(false, true)) {
            gathered.addAndGet(-kept.length());
          }
        };
    request.handler(
        chunk -> {
          int room = Math.min(chunk.length(), Mailbox.MOST_RESPONSE_BYTES + 1 - kept.length());
          if (room > 0 && !over.get()) {
            kept.appendBuffer(chunk, 0, room);
            if (gathered.addAndGet(room) > MOST_GATHERED) {
              request.connection().close();
            }
          }
        });
    request.exceptionHandler(e -> forget.run());
    request.endHandler(
        v -> {
          forget.run();
          whole.accept(kept.getBytes());
        });
  }

  private static void verdict(HttpServerRequest request, Mailbox.Verdict verdict) {
    switch (verdict) {
      case ACCEPTED -> answer(request, 202, "{\"status\":\"OK\"}\n");
      case WRONG_ID -> answer(request, 400, error("InvalidRequestID", "Invalid request ID"));
      case NOT_NOW ->
          answer(request, 403, error("InvalidStateTransition", "State transition is not allowed"));
      case TOO_LARGE ->
          answer(
              request,
              413,
              error(
                  "RequestEntityTooLarge",
                  "Exceeded maximum allowed payload size ("
                      + Mailbox.MOST_RESPONSE_BYTES
                      + " bytes)."));
    }
  }

  private static String error(String type, String message) {
    return "{\"errorMessage\":\"" + message + "\",\"errorType\":\"" + type + "\"}\n";
  }

  private static void answer(HttpServerRequest request, int status, String document) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/json")
        .end(document);
  }

  @Override
  public void close() {
    server.close();
    judges.close();
  }
}
