package io.gatehouse.runtime.functions;

import io.gatehouse.runtime.exchange.Backend;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whoever waits for an invocation: answered once, on its own event loop where it has one, and told
 * so when it has waited long enough, though the function goes on.
 */
final class Caller {

  private final Vertx vertx;
  private final FunctionCall call;
  private final Backend.Reply reply;
  private final Context loop;
  private final AtomicBoolean answered = new AtomicBoolean();
  private long timer = -1;

  private Caller(Vertx vertx, FunctionCall call, Backend.Reply reply, Context loop) {
    this.vertx = vertx;
    this.call = call;
    this.reply = reply;
    this.loop = loop;
  }

  static Caller of(Vertx vertx, FunctionCall call, Backend.Reply reply) {
    Caller caller = new Caller(vertx, call, reply, Vertx.currentContext());
    if (call.timeoutMillis() > 0) {
      caller.timer = vertx.setTimer(call.timeoutMillis(), t -> caller.late());
    }
    return caller;
  }

  /**
   * @param lines what the function wrote
   */
  void answer(BackendResponse response, List<String> lines) {
    once(
        () -> {
          lines.forEach(call.log());
          reply.answer(response);
        });
  }

  void fail(RuntimeException bug) {
    once(() -> reply.fail(GatewayException.bug(bug)));
  }

  private void late() {
    once(
        () ->
            reply.fail(
                GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT)));
  }

  private void once(Runnable answer) {
    if (answered.compareAndSet(false, true)) {
      vertx.cancelTimer(timer);
      if (loop == null) {
        answer.run();
      } else {
        loop.runOnContext(v -> answer.run());
      }
    }
  }
}
