package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.FunctionCall;
import io.gatehouse.runtime.exchange.Functions;
import io.gatehouse.runtime.exchange.GatewayException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;

/** Functions that answer before they return, called from an event loop, which must not wait. */
public record WaitingFunctions(Vertx vertx, Functions functions) implements Functions {

  @Override
  public boolean hosts(String account) {
    return functions.hosts(account);
  }

  @Override
  public void invoke(FunctionCall call, Reply reply) {
    Onto onto = new Onto(vertx.getOrCreateContext(), call, reply, new ArrayList<>());
    vertx
        .executeBlocking(
            () -> {
              functions.invoke(call.logging(onto.lines()::add), onto);
              return null;
            },
            false)
        .onFailure(bug -> reply.fail(GatewayException.bug(new IllegalStateException(bug))));
  }

  /** Brings the answer, and the lines before it, back to the loop. */
  private record Onto(Context loop, FunctionCall call, Reply reply, List<String> lines)
      implements Reply {

    @Override
    public void answer(BackendResponse response) {
      loop.runOnContext(
          v -> {
            lines.forEach(call.log());
            reply.answer(response);
          });
    }

    @Override
    public void fail(GatewayException failure) {
      loop.runOnContext(
          v -> {
            lines.forEach(call.log());
            reply.fail(failure);
          });
    }
  }
}
