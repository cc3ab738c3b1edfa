package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.Body;
import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** All of the backend's body, within the size and the time that an integration has. */
final class WholeResponse extends WholeBody {

  WholeResponse(
      Exchange x,
      Consumer<Exchange> deliver,
      BodiesInHand bodies,
      GatewayResponses gatewayResponses,
      BiConsumer<Exchange, Consumer<Exchange>> next) {
    super(x, deliver, bodies, gatewayResponses, next);
  }

  @Override
  void keep(byte[] content) {
    x.backendBody(new Body.Bytes(content));
  }

  @Override
  public long most() {
    return bodies.largest();
  }

  @Override
  public GatewayException tooLarge() {
    return GatewayException.of(
        ResponseType.INTEGRATION_FAILURE,
        500,
        "Internal server error",
        Reason.BACKEND_ANSWER_TOO_LARGE);
  }

  @Override
  public GatewayException broken(Throwable cause) {
    return GatewayException.of(ResponseType.INTEGRATION_FAILURE, Reason.BACKEND_BODY_INCOMPLETE);
  }

  @Override
  public GatewayException late() {
    return GatewayException.of(ResponseType.INTEGRATION_TIMEOUT, Reason.BACKEND_BODY_LATE);
  }
}
