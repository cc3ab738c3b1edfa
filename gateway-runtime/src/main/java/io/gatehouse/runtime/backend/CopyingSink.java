package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Body.Copy;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;

/** Copies what is written through it, as long as that is not too much. */
final class CopyingSink implements WriteStream<Buffer> {

  private final WriteStream<Buffer> sink;
  private final int most;
  private final Copy into;
  private Buffer copied = Buffer.buffer();

  CopyingSink(WriteStream<Buffer> sink, int most, Copy into) {
    this.sink = sink;
    this.most = most;
    this.into = into;
  }

  @Override
  public Future<Void> write(Buffer piece) {
    copy(piece);
    return sink.write(piece);
  }

  @Override
  public Future<Void> end(Buffer piece) {
    copy(piece);
    told();
    return sink.end(piece);
  }

  @Override
  public Future<Void> end() {
    told();
    return sink.end();
  }

  private void copy(Buffer piece) {
    if (copied == null) {
      return;
    }
    if (copied.length() + (long) piece.length() > most) {
      copied = null;
      into.none();
    } else {
      copied.appendBuffer(piece);
    }
  }

  private void told() {
    if (copied != null) {
      byte[] whole = copied.getBytes();
      copied = null;
      into.whole(whole);
    }
  }

  @Override
  public boolean writeQueueFull() {
    return sink.writeQueueFull();
  }

  @Override
  public WriteStream<Buffer> exceptionHandler(Handler<Throwable> handler) {
    sink.exceptionHandler(handler);
    return this;
  }

  @Override
  public WriteStream<Buffer> setWriteQueueMaxSize(int size) {
    sink.setWriteQueueMaxSize(size);
    return this;
  }

  @Override
  public WriteStream<Buffer> drainHandler(Handler<Void> handler) {
    sink.drainHandler(handler);
    return this;
  }
}
