package io.gatehouse.runtime.mapping;

import io.gatehouse.runtime.exchange.Exchange;
import io.gatehouse.runtime.exchange.Step;

/** Makes the integration's request, in the way that was decided for this method. */
public final class MapRequest implements Step {

  @Override
  public void apply(Exchange x) {
    x.backendRequest(x.method().requestMapping().map(x));
  }
}
