package io.gatehouse.runtime.backend;

import io.gatehouse.runtime.exchange.Backend.Reply;
import io.gatehouse.runtime.exchange.BackendResponse;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;

/**
 * A call of a function on this installation, no longer than its integration may take. Confined to
 * one event loop; answers its reply exactly once.
 */
final class HostedCall extends Deadlines.Waiting implements Reply {

  private final Reply reply;
  private final Deadlines deadlines;
  private boolean answered;

  HostedCall(Reply reply, Deadlines deadlines, int timeoutMillis) {
    this.reply = reply;
    this.deadlines = deadlines;
    deadlines.begin(this, timeoutMillis);
  }

  @Override
  public void answer(BackendResponse response) {
    if (settle()) {
      reply.answer(response);
    }
  }

  @Override
  public void fail(GatewayException failure) {
    if (settle()) {
      reply.fail(failure);
    }
  }

  @Override
  void late() {
    fail(GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_TIMEOUT));
  }

  private boolean settle() {
    if (answered) {
      return false;
    }
    answered = true;
    deadlines.end(this);
    return true;
  }
}
