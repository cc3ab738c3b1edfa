package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;

/** Makes the caller's response, in the way that was decided for this method. */
public final class MapResponse implements Step {

  @Override
  public void apply(Exchange x) {
    x.response(x.method().responseMapping().map(x, x.backendResponse()));
  }

  @Override
  public GatewayException tooCostly() {
    return GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR, Reason.RESPONSE_TEMPLATE_BUDGET);
  }
}
