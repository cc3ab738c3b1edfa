package io.gatehouse.runtime.backend;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/**
 * Moves a body from one connection to another with back-pressure: no more is read than the other
 * side takes, so a slow reader holds one write queue and no more. A body whose whole arrives at
 * once goes out with its end in one write.
 */
final class Pump {

  /** What became of it; exactly one is called, once, unless the sink fails first. */
  interface Outcome {
    void ended();

    void tooLarge();

    void failed(Throwable cause);
  }

  private final ReadStream<Buffer> source;
  private final WriteStream<Buffer> sink;
  private final long length;
  private final long most;
  private final Beginning beginning;
  private final Outcome outcome;
  private long moved;
  private boolean done;

  /**
   * @param length as announced, -1 when unknown
   * @param most bytes, 0 for no limit
   * @param beginning takes the first bytes; null for nobody
   */
  Pump(
      ReadStream<Buffer> source,
      WriteStream<Buffer> sink,
      long length,
      long most,
      Beginning beginning,
      Outcome outcome) {
    this.source = source;
    this.sink = sink;
    this.length = length;
    this.most = most;
    this.beginning = beginning;
    this.outcome = outcome;
  }

  void start() {
    source.handler(this::move);
    source.endHandler(v -> end());
    source.exceptionHandler(this::fail);
    source.resume();
  }

  /**
   * Reads no further and tells nobody.
   *
   * @return false when there was nothing left to stop
   */
  boolean stop() {
    boolean running = !done;
    done = true;
    source.handler(null);
    return running;
  }

  private void move(Buffer piece) {
    if (done) {
      return;
    }
    moved += piece.length();
    if (beginning != null) {
      beginning.add(piece);
    }
    if (most > 0 && moved > most) {
      done = true;
      source.pause();
      outcome.tooLarge();
    } else if (moved == length) {
      done = true;
      sink.end(piece).onComplete(written -> outcome.ended());
    } else {
      sink.write(piece);
      if (sink.writeQueueFull()) {
        source.pause();
        sink.drainHandler(v -> source.resume());
      }
    }
  }

  private void end() {
    if (!done) {
      done = true;
      sink.end().onComplete(written -> outcome.ended());
    }
  }

  private void fail(Throwable cause) {
    if (!done) {
      done = true;
      outcome.failed(cause);
    }
  }
}
