package io.gatehouse.runtime.door;

import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.ReadStream;
import java.util.concurrent.TimeUnit;

/**
 * A request's body as it arrives. Fails for whoever reads it when the caller's framing breaks or
 * when it comes too slowly; time in which nobody reads does not count.
 */
final class CallerBody implements ReadStream<Buffer> {

  private final HttpServerRequest in;
  private final Watch watch;
  private final long spanNanos;
  private final long leastBytes;
  private Handler<Throwable> onFailure;
  private Handler<Void> onEnd;
  private GatewayException failure;
  private boolean ended;
  private boolean reading;
  private long spanStart;
  private long spanBytes;

  /**
   * @param in paused from here on
   */
  CallerBody(HttpServerRequest in, Watch watch, Limits limits) {
    this.in = in;
    this.watch = watch;
    this.spanNanos = TimeUnit.MILLISECONDS.toNanos(limits.bodyTimeoutMillis());
    this.leastBytes = Math.max(1, limits.bodyTimeoutMillis() * Limits.BODY_BYTES_A_SECOND / 1000);
    in.pause();
    in.endHandler(v -> end());
    in.exceptionHandler(this::lost);
  }

  boolean ended() {
    return ended;
  }

  /** Why the body is not what it should be, or null. */
  GatewayException failure() {
    return failure;
  }

  /** Nothing more will come; whoever reads is told, also if that is only later. */
  void fail(GatewayException why) {
    if (!ended && failure == null) {
      failure = why;
      reading = false;
      if (onFailure != null) {
        onFailure.handle(why);
      }
    }
  }

  private void lost(Throwable cause) {
    if (failure == null && onFailure != null) {
      onFailure.handle(cause);
    }
  }

  private void end() {
    ended = true;
    reading = false;
    if (onEnd != null && failure == null) {
      onEnd.handle(null);
    }
  }

  void glance(long now) {
    if (reading && now - spanStart > spanNanos) {
      if (spanBytes < leastBytes) {
        fail(Refusals.of(Reason.BODY_TIMEOUT));
      } else {
        spanStart = now;
        spanBytes = 0;
      }
    }
  }

  @Override
  public CallerBody handler(Handler<Buffer> onPiece) {
    if (ended) {
      return this;
    }
    in.handler(
        onPiece == null
            ? null
            : piece -> {
              spanBytes += piece.length();
              if (failure == null) {
                onPiece.handle(piece);
              }
            });
    return this;
  }

  @Override
  public CallerBody pause() {
    reading = false;
    if (!ended) {
      in.pause();
    }
    return this;
  }

  @Override
  public CallerBody resume() {
    return fetch(Long.MAX_VALUE);
  }

  @Override
  public CallerBody fetch(long amount) {
    if (!ended && failure == null) {
      reading = true;
      spanStart = watch.nanos();
      spanBytes = 0;
      in.fetch(amount);
    }
    return this;
  }

  @Override
  public CallerBody exceptionHandler(Handler<Throwable> handler) {
    onFailure = handler;
    if (failure != null && handler != null) {
      handler.handle(failure);
    }
    return this;
  }

  @Override
  public CallerBody endHandler(Handler<Void> handler) {
    onEnd = handler;
    return this;
  }
}
