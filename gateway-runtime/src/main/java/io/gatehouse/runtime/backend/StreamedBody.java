package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;

/** A body that is still arriving on some connection, paused until somebody moves it. */
public final class StreamedBody implements Body.Stream {

  /** Told once, when the body has been moved or cannot be. */
  public interface Outcome extends Pump.Outcome {}

  private final ReadStream<Buffer> source;
  private final long length;
  private final long most;
  private final Runnable beforeFirst;
  private final Runnable cancel;
  private final Patience patience;
  private Coding coding = Coding.NONE;
  private int mostCopied;
  private Copy copy;
  private Beginning beginning;
  private Pump pump;
  private Gatherer gatherer;

  /**
   * @param source paused
   * @param length as announced, -1 when unknown
   * @param most bytes, 0 for no limit
   * @param beforeFirst run before anything is asked of the source
   * @param cancel ends the connection that it comes from
   */
  public StreamedBody(
      ReadStream<Buffer> source, long length, long most, Runnable beforeFirst, Runnable cancel) {
    this(source, length, most, beforeFirst, cancel, Patience.ENDLESS);
  }

  /**
   * @param patience for the whole of it, where it is gathered
   */
  StreamedBody(
      ReadStream<Buffer> source,
      long length,
      long most,
      Runnable beforeFirst,
      Runnable cancel,
      Patience patience) {
    this.source = source;
    this.length = length;
    this.most = most;
    this.beforeFirst = beforeFirst;
    this.cancel = cancel;
    this.patience = patience;
  }

  /** How long to wait for a whole body. */
  interface Patience {

    Patience ENDLESS = late -> () -> {};

    /**
     * @param late run when the time is over
     * @return stops the clock
     */
    Runnable begin(Runnable late);

    /**
     * What took so long, or null.
     *
     * @param received bytes
     */
    default String late(long received) {
      return null;
    }

    /** What a body that is not well formed fails with, or null where it just ended too soon. */
    default GatewayException invalid(Throwable cause) {
      return null;
    }
  }

  /** What becomes of the content while it moves. */
  private enum Coding {
    NONE,
    GZIP,
    ZLIB
  }

  @Override
  public long length() {
    return coding == Coding.NONE ? length : -1;
  }

  @Override
  public Stream compressed(boolean gzip) {
    coding = gzip ? Coding.GZIP : Coding.ZLIB;
    return this;
  }

  @Override
  public Stream copied(int most, Copy into) {
    mostCopied = most;
    copy = into;
    return this;
  }

  @Override
  public void remember(int most) {
    if (beginning == null) {
      beginning = new Beginning(most);
    }
  }

  @Override
  public byte[] remembered() {
    return beginning == null ? new byte[0] : beginning.bytes();
  }

  /** Moves it, once. */
  public void moveTo(WriteStream<Buffer> sink, Outcome outcome) {
    beforeFirst.run();
    WriteStream<Buffer> to =
        coding == Coding.NONE ? sink : new CompressingSink(sink, coding == Coding.GZIP);
    if (copy != null) {
      to = new CopyingSink(to, mostCopied, copy);
    }
    pump = new Pump(source, to, length, most, beginning, outcome);
    pump.start();
  }

  @Override
  public void gather(Gathering into) {
    gatherer = new Gatherer(source, most > 0 ? Math.min(most, into.most()) : into.most(), into);
    if (length > gatherer.most()) {
      gatherer.refuse(into.tooLarge());
    } else {
      beforeFirst.run();
      gatherer.start(patience);
    }
  }

  public boolean begun() {
    return pump != null || gatherer != null;
  }

  /** Nobody wants it, or the rest of it, any more. */
  public void cancel() {
    boolean left = pump == null || pump.stop();
    if (gatherer == null ? left : gatherer.stop()) {
      cancel.run();
    }
  }
}
