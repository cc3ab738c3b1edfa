package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;

/** Brings a body into memory, piece by piece. Confined to one event loop. */
final class Gatherer {

  private final ReadStream<Buffer> source;
  private final long most;
  private final Gathering into;
  private Buffer gathered = Buffer.buffer();
  private Runnable stopClock = () -> {};
  private boolean done;
  private boolean whole;

  Gatherer(ReadStream<Buffer> source, long most, Gathering into) {
    this.source = source;
    this.most = most;
    this.into = into;
  }

  /** Bytes. */
  long most() {
    return most;
  }

  void start(StreamedBody.Patience patience) {
    stopClock =
        patience.begin(() -> giveUp(into.late().with(patience.late(done ? 0 : gathered.length()))));
    source.handler(this::add);
    source.endHandler(v -> end());
    source.exceptionHandler(
        cause -> {
          GatewayException invalid = patience.invalid(cause);
          refuse(invalid == null ? into.broken(cause) : invalid);
        });
    source.resume();
  }

  /**
   * Reads no further and tells nobody.
   *
   * @return false when there was nothing left to read
   */
  boolean stop() {
    if (!done) {
      finish();
    }
    return !whole;
  }

  private void add(Buffer piece) {
    if (done) {
      return;
    }
    if (gathered.length() + (long) piece.length() > most) {
      giveUp(into.tooLarge());
      return;
    }
    try {
      into.piece(piece.length());
      gathered.appendBuffer(piece);
    } catch (GatewayException noRoom) {
      giveUp(noRoom);
    }
  }

  private void end() {
    if (!done) {
      byte[] content = gathered.getBytes();
      whole = true;
      finish();
      into.whole(content);
    }
  }

  private void giveUp(GatewayException failure) {
    if (!done) {
      source.pause();
      refuse(failure);
    }
  }

  /** Ends it without having read it all. */
  void refuse(GatewayException failure) {
    if (!done) {
      finish();
      into.failed(failure);
    }
  }

  private void finish() {
    done = true;
    gathered = null;
    stopClock.run();
  }
}
