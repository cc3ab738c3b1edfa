package io.gatehouse.runtime.door;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/**
 * A body that nobody wanted is read and thrown away within bounds before the answer is written:
 * most callers read only when they have sent, and a connection that is closed on them is reset
 * before they learn why.
 */
final class UnwantedBody {

  private static final long MOST_BYTES = 32L << 20;
  private static final long MOST_MILLIS = 5_000;

  private final Vertx vertx;
  private final CallerBody body;
  private final Consumer<Boolean> then;
  private final long timer;
  private long read;
  private boolean over;

  private UnwantedBody(Vertx vertx, CallerBody body, Consumer<Boolean> then) {
    this.vertx = vertx;
    this.body = body;
    this.then = then;
    this.timer = vertx.setTimer(MOST_MILLIS, t -> end(false));
  }

  /**
   * @param then told once whether the body was read to its end
   */
  static void discard(Vertx vertx, CallerBody body, Consumer<Boolean> then) {
    UnwantedBody unwanted = new UnwantedBody(vertx, body, then);
    body.handler(unwanted::count);
    body.endHandler(v -> unwanted.end(true));
    body.exceptionHandler(broken -> unwanted.end(false));
    body.resume();
  }

  private void count(Buffer piece) {
    read += piece.length();
    if (read > MOST_BYTES) {
      end(false);
    }
  }

  private void end(boolean whole) {
    if (!over) {
      over = true;
      vertx.cancelTimer(timer);
      then.accept(whole);
    }
  }
}
