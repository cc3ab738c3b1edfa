package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import java.util.function.Consumer;

/** A body on its way into memory, counted as it comes. */
abstract class WholeBody implements Gathering {

  final Exchange x;
  final Consumer<Exchange> deliver;
  private final BodiesInHand bodies;
  private final GatewayResponses gatewayResponses;

  WholeBody(
      Exchange x,
      Consumer<Exchange> deliver,
      BodiesInHand bodies,
      GatewayResponses gatewayResponses) {
    this.x = x;
    this.deliver = deliver;
    this.bodies = bodies;
    this.gatewayResponses = gatewayResponses;
  }

  @Override
  public void piece(int bytes) {
    bodies.hold(x, bytes);
  }

  @Override
  public void failed(GatewayException failure) {
    gatewayResponses.answer(x, failure);
    deliver.accept(x);
  }
}
