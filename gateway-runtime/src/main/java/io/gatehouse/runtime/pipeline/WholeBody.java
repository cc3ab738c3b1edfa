package io.gatehouse.runtime.pipeline;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Gathering;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A body on its way into memory, counted as it comes; then the exchange goes on. */
abstract class WholeBody implements Gathering {

  final Exchange x;
  final BodiesInHand bodies;
  private final Consumer<Exchange> deliver;
  private final GatewayResponses gatewayResponses;
  private final BiConsumer<Exchange, Consumer<Exchange>> next;

  WholeBody(
      Exchange x,
      Consumer<Exchange> deliver,
      BodiesInHand bodies,
      GatewayResponses gatewayResponses,
      BiConsumer<Exchange, Consumer<Exchange>> next) {
    this.x = x;
    this.deliver = deliver;
    this.bodies = bodies;
    this.gatewayResponses = gatewayResponses;
    this.next = next;
  }

  abstract void keep(byte[] content);

  @Override
  public void piece(int bytes) {
    bodies.hold(x, bytes);
  }

  @Override
  public void whole(byte[] content) {
    keep(content);
    next.accept(x, deliver);
  }

  @Override
  public void failed(GatewayException failure) {
    gatewayResponses.answer(x, failure);
    deliver.accept(x);
  }
}
