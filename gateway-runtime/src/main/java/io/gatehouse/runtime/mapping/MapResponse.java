package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Step;

/** Makes the caller's response, in the way that was decided for this method. */
public final class MapResponse implements Step {

  @Override
  public void apply(Exchange x) {
    x.response(x.method().responseMapping().map(x, x.backendResponse()));
  }
}
