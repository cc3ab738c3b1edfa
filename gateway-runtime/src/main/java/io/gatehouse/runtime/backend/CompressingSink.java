package io.gatehouse.runtime.backend;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.WriteStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Compresses what is written through it; each piece can be read as soon as it has arrived. */
final class CompressingSink implements WriteStream<Buffer> {

  private static final int PIECE = 8192;

  private final WriteStream<Buffer> sink;
  private final ByteArrayOutputStream ready = new ByteArrayOutputStream();
  private final OutputStream coder;

  /**
   * @param gzip whether in gzip's format, else in zlib's
   */
  CompressingSink(WriteStream<Buffer> sink, boolean gzip) {
    this.sink = sink;
    try {
      this.coder =
          gzip ? new GZIPOutputStream(ready, PIECE, true) : new DeflaterOutputStream(ready, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Future<Void> write(Buffer piece) {
    try {
      coder.write(piece.getBytes());
      coder.flush();
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
    return sink.write(taken());
  }

  @Override
  public Future<Void> end() {
    try {
      coder.close();
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
    return sink.end(taken());
  }

  private Buffer taken() {
    Buffer bytes = Buffer.buffer(ready.toByteArray());
    ready.reset();
    return bytes;
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
