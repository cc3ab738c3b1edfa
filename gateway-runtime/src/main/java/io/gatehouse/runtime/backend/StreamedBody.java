package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Body;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** A body that is still arriving on some connection, paused until somebody moves it. */
public final class StreamedBody implements Body {

  /** Told once, when the body has been moved or cannot be. */
  public interface Outcome extends Pump.Outcome {}

  private final ReadStream<Buffer> source;
  private final long length;
  private final long most;
  private final Runnable beforeFirst;
  private final Runnable cancel;
  private Pump pump;

  /**
   * @param source paused
   * @param length as announced, -1 when unknown
   * @param most bytes, 0 for no limit
   * @param beforeFirst run before anything is asked of the source
   * @param cancel ends the connection that it comes from
   */
  public StreamedBody(
      ReadStream<Buffer> source, long length, long most, Runnable beforeFirst, Runnable cancel) {
    this.source = source;
    this.length = length;
    this.most = most;
    this.beforeFirst = beforeFirst;
    this.cancel = cancel;
  }

  @Override
  public long length() {
    return length;
  }

  /** Moves it, once. */
  public void moveTo(WriteStream<Buffer> sink, Outcome outcome) {
    beforeFirst.run();
    pump = new Pump(source, sink, length, most, outcome);
    pump.start();
  }

  public boolean begun() {
    return pump != null;
  }

  /** Nobody wants it, or the rest of it, any more. */
  public void cancel() {
    if (pump == null || pump.stop()) {
      cancel.run();
    }
  }
}
