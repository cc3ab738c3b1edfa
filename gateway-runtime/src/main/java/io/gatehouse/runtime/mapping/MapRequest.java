package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.GatewayException;
import io.gatehouse.runtime.exchange.Reason;
import io.gatehouse.runtime.exchange.ResponseType;
import io.gatehouse.runtime.exchange.Step;

/** Makes the integration's request, in the way that was decided for this method. */
public final class MapRequest implements Step {

  @Override
  public void apply(Exchange x) {
    x.backendRequest(x.method().requestMapping().map(x));
  }

  @Override
  public GatewayException tooCostly() {
    return GatewayException.of(
        ResponseType.API_CONFIGURATION_ERROR, Reason.REQUEST_TEMPLATE_BUDGET);
  }
}
