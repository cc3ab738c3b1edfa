package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.util.concurrent.CompletableFuture;

/** Gathers an answer's body into memory, up to a bound. Confined to one event loop. */
final class Collecting implements Backend.Reply, StreamedBody.Outcome, WriteStream<Buffer> {

  private final CompletableFuture<BackendResponse> whole;
  private final int mostBytes;
  private final Buffer gathered = Buffer.buffer();
  private BackendResponse head;

  Collecting(CompletableFuture<BackendResponse> whole, int mostBytes) {
    this.whole = whole;
    this.mostBytes = mostBytes;
  }

  @Override
  public void answer(BackendResponse response) {
    head = response;
    if (response.body() instanceof StreamedBody stream) {
      stream.moveTo(this, this);
    } else {
      whole.complete(response);
    }
  }

  @Override
  public void fail(GatewayException failure) {
    whole.completeExceptionally(failure);
  }

  @Override
  public Future<Void> write(Buffer piece) {
    if (whole.isDone() || gathered.length() + piece.length() > mostBytes) {
      tooLarge();
    } else {
      gathered.appendBuffer(piece);
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<Void> end() {
    whole.complete(
        new BackendResponse(head.status(), head.headers(), new Body.Bytes(gathered.getBytes())));
    return Future.succeededFuture();
  }

  @Override
  public void ended() {
    // told by end()
  }

  @Override
  public void tooLarge() {
    ((StreamedBody) head.body()).cancel();
    fail(
        GatewayException.of(
            ResponseType.INTEGRATION_FAILURE,
            500,
            "Internal server error",
            Reason.BACKEND_ANSWER_TOO_LARGE));
  }

  @Override
  public void failed(Throwable cause) {
    fail(GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_UNREACHABLE));
  }

  @Override
  public boolean writeQueueFull() {
    return false;
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
    return this;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int size) {
    return this;
  }

  @Override
  public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
    return this;
  }
}
