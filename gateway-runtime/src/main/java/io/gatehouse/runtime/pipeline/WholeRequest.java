package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** All of the caller's body, whose size and pace the door watches. */
final class WholeRequest extends WholeBody {

  WholeRequest(
      Exchange x,
      Consumer<Exchange> deliver,
      BodiesInHand bodies,
      GatewayResponses gatewayResponses,
      BiConsumer<Exchange, Consumer<Exchange>> next) {
    super(x, deliver, bodies, gatewayResponses, next);
  }

  @Override
  void keep(byte[] content) {
    x.request(x.request().headers(), new Body.Bytes(content));
  }

  @Override
  public long most() {
    return Long.MAX_VALUE;
  }

  @Override
  public GatewayException tooLarge() {
    return GatewayException.of(ResponseType.REQUEST_TOO_LARGE, Reason.BODY_TOO_LARGE);
  }

  @Override
  public GatewayException broken(Throwable cause) {
    return cause instanceof GatewayException refusal
        ? refusal // the door's, of the body's framing or pace
        : GatewayException.of(ResponseType.DEFAULT_4XX, Reason.CALLER_GONE);
  }

  @Override
  public GatewayException late() {
    return broken(null);
  }
}
